package dev.kami.parse.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kami.parse.api.Health;
import dev.kami.parse.storage.StorageOpenException;
import dev.kami.parse.storage.sql.ShakyConnection;
import dev.kami.parse.storage.sql.TestPostgres;
import dev.kami.parse.value.ParseValue.Array;
import dev.kami.parse.value.ParseValue.Obj;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whole servers on PostgreSQL: how they start, and what two of them know of each other. */
@Timeout(90)
class PostgresServerTest {
    private final TestPostgres postgres = TestPostgres.server();
    private String database;

    @BeforeEach
    void create() {
        database = postgres.create();
    }

    @AfterEach
    void drop() {
        postgres.drop(database);
    }

    private ParseServer start() {
        return Servers.start(options -> options.set("databaseURI", database));
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static HttpResponse<String> health(int port) throws Exception {
        URI address = URI.create("http://127.0.0.1:" + port + "/parse/health");
        return Servers.CLIENT.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString());
    }

    @Test
    void aServerWaitsForItsDatabaseAndSaysThatItStarts() throws Exception {
        int port = freePort();
        try (var way = ShakyConnection.to(database);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            way.cut();
            var started = CompletableFuture.supplyAsync(
                    () -> Servers.start(options ->
                            options.set("databaseURI", way.uri(database)).set("port", port)),
                    threads);
            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .ignoreExceptionsInstanceOf(IOException.class)
                    .until(() -> health(port).body().contains("starting"));
            assertThat(health(port).statusCode()).isEqualTo(503);
            assertThat(health(port).headers().firstValue("Retry-After")).hasValue("1");
            way.mend();
            try (ParseServer server = started.get(30, TimeUnit.SECONDS)) {
                assertThat(health(port).body()).isEqualTo("{\"status\":\"ok\"}");
                Servers.createScore(server, 1);
            }
        }
    }

    @Test
    void whatCannotBeOpenedIsToldWithoutThePassword() {
        String wrong = database.replace("postgres@", "stranger:secret@");
        assertThatThrownBy(() -> Servers.start(options -> options.set("databaseURI", wrong)))
                .isInstanceOf(StorageOpenException.class)
                .hasMessageContaining("refuses user stranger")
                .hasMessageNotContaining("secret");
    }

    @Test
    void aClassAndAFieldOfOneServerAreUsedByTheOtherAfterItsNotice() {
        try (ParseServer one = start();
                ParseServer two = start()) {
            String id = Servers.createScore(one, 7);
            Awaitility.await()
                    .atMost(Duration.ofSeconds(5))
                    .until(() -> Servers.get(two, "/classes/GameScore/" + id).statusCode() == 200);
            assertThat(Servers.post(one, "/classes/GameScore", "{\"name\":\"x\"}")
                            .statusCode())
                    .isEqualTo(201);
            Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> Servers.post(
                            two, "/classes/GameScore", "{\"name\":5}")
                    .body()
                    .contains("expected String but got Number"));
            var found = (Obj) Servers.json(Servers.get(two, "/classes/GameScore?where=%7B%22name%22%3A%22x%22%7D"));
            assertThat(((Array) found.get("results")).items()).hasSize(1);
        }
    }

    @Test
    void theStateOfThePoolIsAMetric() {
        try (ParseServer server =
                Servers.start(options -> options.set("databaseURI", database).set("metrics", true))) {
            Servers.createScore(server, 1);
            String text = Servers.send(Servers.request(server, "/metrics").header("X-Parse-Master-Key", "M"))
                    .body();
            assertThat(text)
                    .contains("parse_storage_connections{state=\"active\"} 0")
                    .containsPattern("parse_storage_connections\\{state=\"open\"} [1-9]");
        }
    }

    @Test
    void aServerLeavesBackupsToTheDatabase() {
        try (ParseServer server = start()) {
            assertThat(server.state()).isEqualTo(Health.State.OK);
            assertThatThrownBy(() -> server.backup(Path.of("never")))
                    .isInstanceOf(StorageOpenException.class)
                    .hasMessageContaining("pg_dump");
        }
    }
}
