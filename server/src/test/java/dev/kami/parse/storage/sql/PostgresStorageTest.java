package dev.kami.parse.storage.sql;

import dev.kami.parse.storage.StorageAdapter;
import dev.kami.parse.storage.StorageAdapterContract;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** The contract on PostgreSQL. */
@ParameterizedClass(name = "PostgreSQL {0}")
@MethodSource("dev.kami.parse.storage.sql.TestPostgres#servers")
class PostgresStorageTest implements StorageAdapterContract {
    @Parameter
    TestPostgres server;

    private String address;
    private SqlStorage storage;

    @BeforeEach
    void open() {
        address = server.prepared();
        storage = TestPostgres.open(address);
    }

    @Override
    public StorageAdapter storage() {
        return storage;
    }

    @AfterEach
    void close() {
        storage.close();
        server.drop(address);
    }
}
