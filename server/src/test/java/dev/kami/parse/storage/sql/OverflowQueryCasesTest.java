package dev.kami.parse.storage.sql;

import dev.kami.parse.query.QueryCases;
import dev.kami.parse.schema.ClassSchema;
import dev.kami.parse.schema.SchemaChange.AddField;
import dev.kami.parse.schema.SchemaChange.CreateClass;
import dev.kami.parse.schema.SystemClasses;
import dev.kami.parse.storage.QueryCaseContract;
import dev.kami.parse.storage.StorageAdapter;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;

/** The table of queries on H2 when no field has a column of its own: all of them came inside a transaction. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OverflowQueryCasesTest implements QueryCaseContract {
    private final StorageAdapter storage = filled();

    private static StorageAdapter filled() {
        StorageAdapter storage = EmbeddedDatabase.memory(UUID.randomUUID().toString());
        ClassSchema schema = QueryCases.schema();
        String name = schema.className();
        storage.change(name, List.of(new CreateClass(SystemClasses.initial(name))));
        try {
            storage.inTransaction(() -> {
                schema.fields().forEach((field, type) -> storage.change(name, List.of(new AddField(field, type))));
                return null;
            });
        } catch (Exception e) {
            throw new AssertionError(e);
        }
        QueryCases.objects().forEach(object -> storage.insert(schema, object));
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
