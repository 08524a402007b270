package dev.kami.parse.storage.sql;

import dev.kami.parse.storage.OperationCaseContract;
import dev.kami.parse.storage.StorageAdapter;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;

/** The table of operations on H2. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OperationCasesTest implements OperationCaseContract {
    private final StorageAdapter storage =
            EmbeddedDatabase.memory(UUID.randomUUID().toString());

    @Override
    public StorageAdapter storage() {
        return storage;
    }

    @AfterAll
    void close() {
        storage.close();
    }
}
