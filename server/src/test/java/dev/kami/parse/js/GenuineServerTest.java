package dev.kami.parse.js;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kami.parse.storage.sql.TestPostgres;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The genuine server (npm {@code parse-server}) and this one on one PostgreSQL database, at the same time: {@code
 * src/test/js-genuine}. The genuine server asks PostGIS for distances, which this database has not, so near queries are not
 * among the tests; everything else it does without.
 */
class GenuineServerTest {
    private static final String MAINTENANCE_KEY = "maintenance";

    @TempDir
    Path folder;

    private final TestPostgres postgres = TestPostgres.server();
    private String database;

    @BeforeEach
    void install() throws Exception {
        NodeProject.GENUINE.install();
        database = postgres.create();
    }

    @AfterEach
    void drop() {
        postgres.drop(database);
    }

    @Test
    void bothUseADatabaseOfTheGenuineServer() throws Exception {
        int port = ServerProcess.freePort();
        Process genuine = genuine(port);
        try (var kami = kami()) {
            test(kami, port);
        } finally {
            NodeProject.end(genuine);
        }
    }

    @Test
    void bothUseADatabaseOfThisServer() throws Exception {
        int port = ServerProcess.freePort();
        try (var kami = kami()) {
            Process genuine = genuine(port);
            try {
                test(kami, port);
            } finally {
                NodeProject.end(genuine);
            }
        }
    }

    private ServerProcess kami() throws Exception {
        return ServerProcess.start(
                ServerProcess.freePort(),
                "beside-genuine",
                folder,
                "--databaseURI",
                database,
                "--maintenanceKey",
                MAINTENANCE_KEY,
                "--allowClientClassCreation",
                "true",
                "--accountLockout",
                "{\"threshold\":5,\"duration\":5}",
                "--passwordPolicy",
                "{\"maxPasswordHistory\":3}");
    }

    private Process genuine(int port) {
        var variables = Map.of(
                "PORT",
                String.valueOf(port),
                "DATABASE_URI",
                database,
                "APP_ID",
                ServerProcess.APP_ID,
                "MASTER_KEY",
                ServerProcess.MASTER_KEY,
                "MAINTENANCE_KEY",
                MAINTENANCE_KEY);
        Process process = NodeProject.GENUINE.process("genuine.log", variables, List.of("node", "server.mjs"));
        Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> {
            assertThat(process.isAlive())
                    .as(() -> NodeProject.GENUINE.log("genuine.log"))
                    .isTrue();
            return NodeProject.GENUINE.log("genuine.log").contains("listening");
        });
        return process;
    }

    private static void test(ServerProcess kami, int genuinePort) throws Exception {
        var variables =
                Map.of("GENUINE_URL", "http://127.0.0.1:" + genuinePort + "/parse", "MAINTENANCE_KEY", MAINTENANCE_KEY);
        NodeProject.GENUINE.test(kami, "both-test.log", variables, "both.test.mjs");
    }
}
