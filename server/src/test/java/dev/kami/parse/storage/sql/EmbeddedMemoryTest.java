package dev.kami.parse.storage.sql;

import dev.kami.parse.storage.StorageAdapter;
import dev.kami.parse.storage.StorageAdapterContract;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;

/** The contract on H2 in memory. */
class EmbeddedMemoryTest implements StorageAdapterContract {
    private final StorageAdapter storage =
            EmbeddedDatabase.memory(UUID.randomUUID().toString());

    @Override
    public StorageAdapter storage() {
        return storage;
    }

    @AfterEach
    void close() {
        storage.close();
    }
}
