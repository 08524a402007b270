package dev.kami.parse.storage.sql;

import dev.kami.parse.storage.OperationCaseContract;
import dev.kami.parse.storage.StorageAdapter;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** The table of operations on PostgreSQL. */
@ParameterizedClass(name = "PostgreSQL {0}")
@MethodSource("dev.kami.parse.storage.sql.TestPostgres#servers")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PostgresOperationCasesTest implements OperationCaseContract {
    @Parameter
    TestPostgres server;

    private String address;
    private SqlStorage storage;

    /** The server is known when the first test runs. */
    @Override
    public StorageAdapter storage() {
        if (storage == null) {
            address = server.prepared();
            storage = TestPostgres.open(address);
        }
        return storage;
    }

    @AfterAll
    void close() {
        storage.close();
        server.drop(address);
    }
}
