package dev.kami.parse.storage.sql;

import dev.kami.parse.storage.QueryCaseContract;
import dev.kami.parse.storage.StorageAdapter;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;

/** The table of queries on H2, every field in a column of its own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class QueryCasesTest implements QueryCaseContract {
    private final StorageAdapter storage = filled();

    private static StorageAdapter filled() {
        StorageAdapter storage = EmbeddedDatabase.memory(UUID.randomUUID().toString());
        QueryCaseContract.fill(storage);
        return storage;
    }

    @Override
    public StorageAdapter storage() {
        return storage;
    }

    @AfterAll
    void close() {
        storage.close();
    }
}
