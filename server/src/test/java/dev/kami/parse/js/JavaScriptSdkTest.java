package dev.kami.parse.js;

import dev.kami.parse.storage.sql.TestPostgres;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the Node tests of {@code src/test/js}, which use the published JavaScript SDK, against a server. */
class JavaScriptSdkTest {
    @Test
    void theJavaScriptSdkWorksAgainstTheServer(@TempDir Path folder) throws Exception {
        NodeProject.SDK.install();
        try (var server = ServerProcess.start(ServerProcess.freePort(), "server", folder)) {
            NodeProject.SDK.test(server, "node-test.log", Map.of());
        }
    }

    @Test
    void theJavaScriptSdkWorksAgainstTheServerOnPostgres(@TempDir Path folder) throws Exception {
        NodeProject.SDK.install();
        TestPostgres postgres = TestPostgres.server();
        String database = postgres.create();
        try (var server =
                ServerProcess.start(ServerProcess.freePort(), "server-postgres", folder, "--databaseURI", database)) {
            NodeProject.SDK.test(server, "node-test-postgres.log", Map.of());
        } finally {
            postgres.drop(database);
        }
    }
}
