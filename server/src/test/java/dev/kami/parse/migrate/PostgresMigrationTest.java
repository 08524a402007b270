package dev.kami.parse.migrate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kami.parse.schema.ClassSchema;
import dev.kami.parse.storage.StorageAdapter;
import dev.kami.parse.storage.sql.EmbeddedDatabase;
import dev.kami.parse.storage.sql.TestPostgres;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An application that outgrows the embedded store, and comes back. */
@Timeout(120)
class PostgresMigrationTest {
    private final Progress progress = new Progress(new PrintStream(OutputStream.nullOutputStream()), false);

    private void migrate(StorageAdapter from, StorageAdapter to) {
        Outcome outcome =
                Migration.between(from, "from", to, "to", false, progress).run();
        assertThat(outcome.report()).contains("Everything is equal.").doesNotContain("DIFFERENT");
        assertThat(outcome.equal()).isTrue();
    }

    @Test
    void anApplicationIsTheSameOnPostgresAndBack() {
        TestPostgres postgres = TestPostgres.server();
        String address = postgres.create();
        try (StorageAdapter first = EmbeddedDatabase.memory(UUID.randomUUID().toString());
                StorageAdapter second = TestPostgres.open(address);
                StorageAdapter third = EmbeddedDatabase.memory(UUID.randomUUID().toString())) {
            Sample.fill(first);
            migrate(first, second);
            migrate(second, third);
            for (ClassSchema schema : first.loadSchemas()) {
                assertThat(Sample.stored(second, schema.className())).isEqualTo(schema);
                assertThat(Sample.stored(third, schema.className())).isEqualTo(schema);
            }
        } finally {
            postgres.drop(address);
        }
    }
}
