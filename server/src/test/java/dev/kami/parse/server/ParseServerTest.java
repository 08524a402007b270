package dev.kami.parse.server;

import static dev.kami.parse.server.Servers.get;
import static dev.kami.parse.server.Servers.json;
import static dev.kami.parse.server.Servers.post;
import static dev.kami.parse.server.Servers.request;
import static dev.kami.parse.server.Servers.send;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kami.parse.api.Health;
import dev.kami.parse.auth.Caller;
import dev.kami.parse.http.PortUnavailable;
import dev.kami.parse.options.Options;
import dev.kami.parse.storage.StorageOpenException;
import dev.kami.parse.value.ParseValue;
import dev.kami.parse.value.ParseValue.Array;
import dev.kami.parse.value.ParseValue.Obj;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class ParseServerTest {
    @Test
    void servesFromStartToStop() {
        ParseServer server = Servers.start(_ -> {});
        assertThat(server.state()).isEqualTo(Health.State.OK);
        assertThat(get(server, "/health").body()).isEqualTo("{\"status\":\"ok\"}");
        String id = Servers.createScore(server, 1337);
        assertThat(((Obj) json(get(server, "/classes/GameScore/" + id))).get("score"))
                .isEqualTo(ParseValue.of(1337));
        int port = server.port();
        server.stop();
        server.stop();
        assertThatThrownBy(() -> Servers.CLIENT.send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/parse/health"))
                                .build(),
                        java.net.http.HttpResponse.BodyHandlers.ofString()))
                .isInstanceOf(IOException.class);
    }

    @Test
    void theAddressOfACreatedObjectLeadsToIt() {
        try (ParseServer server = Servers.start(_ -> {})) {
            HttpResponse<String> created = post(server, "/classes/GameScore", "{}");
            assertThat(created.statusCode()).isEqualTo(201);
            String location = created.headers().firstValue("Location").orElseThrow();
            assertThat(location).startsWith(server.url() + "/classes/GameScore/");
            var found = send(HttpRequest.newBuilder(URI.create(location)).header("X-Parse-Application-Id", "A"));
            assertThat(found.statusCode()).isEqualTo(200);
        }
    }

    @Test
    void theAddressIsThePublicOneWhenThereIsOne() {
        try (ParseServer server = Servers.start(o -> o.set("publicServerURL", "https://example.com/1/"))) {
            assertThat(post(server, "/classes/GameScore", "{}").headers().firstValue("Location"))
                    .hasValueSatisfying(
                            location -> assertThat(location).startsWith("https://example.com/1/classes/GameScore/"));
        }
    }

    @Test
    void twoServersInOneProcessShareNothing() {
        try (ParseServer first = Servers.start(_ -> {});
                ParseServer second = Servers.start(o -> o.set("appId", "B").set("masterKey", "N"))) {
            Servers.createScore(first, 1);
            assertThat(get(second, "/classes/GameScore").statusCode()).isEqualTo(403);
            var asB = HttpRequest.newBuilder(URI.create(second.url() + "/classes/GameScore"))
                    .header("X-Parse-Application-Id", "B");
            assertThat(send(asB).body()).isEqualTo("{\"results\":[]}");
            first.stop();
            assertThat(get(second, "/health").body()).isEqualTo("{\"status\":\"ok\"}");
        }
    }

    @Test
    void theOperationsAreThereForTheProgramAroundIt() {
        try (ParseServer server = Servers.start(_ -> {})) {
            server.operations().create(Caller.SERVER, "GameScore", Obj.of("score", ParseValue.of(7)));
            assertThat(get(server, "/classes/GameScore").body()).contains("\"score\":7");
        }
    }

    @Test
    void mayBeMountedOnAServerThatIsThere() {
        Options options = Options.builder()
                .set("appId", "A")
                .set("masterKey", "M")
                .set("databaseURI", "h2:mem:" + UUID.randomUUID())
                .set("allowClientClassCreation", true)
                .set("logsFolder", null)
                .set("silent", true)
                .build();
        HttpRouting.Builder routing = HttpRouting.builder().get("/own", (_, response) -> response.send("mine"));
        try (ParseServer parse = ParseServer.mountOn(routing, options)) {
            WebServer host = WebServer.builder()
                    .host("127.0.0.1")
                    .port(0)
                    .addRouting(routing)
                    .build()
                    .start();
            try {
                String address = "http://127.0.0.1:" + host.port();
                assertThat(send(HttpRequest.newBuilder(URI.create(address + "/own")))
                                .body())
                        .isEqualTo("mine");
                assertThat(send(HttpRequest.newBuilder(URI.create(address + "/parse/health")))
                                .body())
                        .isEqualTo("{\"status\":\"ok\"}");
                var create = HttpRequest.newBuilder(URI.create(address + "/parse/classes/GameScore"))
                        .header("X-Parse-Application-Id", "A")
                        .POST(BodyPublishers.ofString("{\"score\":1}"));
                assertThat(send(create).statusCode()).isEqualTo(201);
                assertThat(parse.state()).isEqualTo(Health.State.OK);
            } finally {
                host.stop();
            }
        }
    }

    @Test
    void aPortInUseIsSaidSo(@TempDir Path folder) throws IOException {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> Servers.start(
                            o -> o.set("port", taken.getLocalPort()).set("databaseURI", "h2:file:" + folder + "/db")))
                    .isInstanceOfSatisfying(PortUnavailable.class, e -> assertThat(e.advice())
                            .startsWith("Unable to listen on port " + taken.getLocalPort()
                                    + ". The port is already in use."));
        }
        Servers.start(o -> o.set("databaseURI", "h2:file:" + folder + "/db")).stop();
    }

    @Test
    void aDatabaseInUseIsSaidSoAndThePortIsFreeAgain(@TempDir Path folder) throws IOException {
        int port;
        try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        try (ParseServer first = Servers.start(o -> o.set("databaseURI", "h2:file:" + folder + "/db"))) {
            assertThatThrownBy(() ->
                            Servers.start(o -> o.set("port", port).set("databaseURI", "h2:file:" + folder + "/db")))
                    .isInstanceOf(StorageOpenException.class)
                    .hasMessageContaining("is in use by another server");
            assertThat(first.state()).isEqualTo(Health.State.OK);
        }
        Servers.start(o -> o.set("port", port)).stop();
    }

    @Test
    void objectsAreThereAfterTheNextStart(@TempDir Path folder) {
        String id;
        try (ParseServer server = Servers.start(o -> o.set("databaseURI", "h2:file:" + folder + "/db"))) {
            id = Servers.createScore(server, 5);
        }
        try (ParseServer server = Servers.start(o -> o.set("databaseURI", "h2:file:" + folder + "/db"))) {
            assertThat(get(server, "/classes/GameScore/" + id).body()).contains("\"score\":5");
        }
    }

    @Test
    void runningRequestsAreFinishedBeforeTheEnd() throws Exception {
        var inside = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        ParseServer server = Servers.start(_ -> {});
        server.features().functions().define("slow", _ -> {
            inside.countDown();
            try {
                assertThat(goOn.await(20, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
                throw new AssertionError("a working request was interrupted", e);
            }
            return ParseValue.of("done");
        });
        var answer = CompletableFuture.supplyAsync(() -> post(server, "/functions/slow", "{}"));
        assertThat(inside.await(20, TimeUnit.SECONDS)).isTrue();
        var stopped = CompletableFuture.runAsync(server::stop);
        org.awaitility.Awaitility.await().until(() -> server.state() == Health.State.STOPPING);
        goOn.countDown();
        assertThat(answer.get(20, TimeUnit.SECONDS).body()).isEqualTo("{\"result\":\"done\"}");
        stopped.get(20, TimeUnit.SECONDS);
    }

    @Test
    void aRequestIdActsOnceAndIsForgottenInTime() throws Exception {
        try (ParseServer server =
                Servers.start(o -> o.set("idempotencyOptions", Map.of("paths", List.of("classes/.*"), "ttl", 1)))) {
            HttpRequest.Builder once = request(server, "/classes/GameScore")
                    .header("X-Parse-Request-Id", "one")
                    .POST(BodyPublishers.ofString("{}"));
            assertThat(send(once).statusCode()).isEqualTo(201);
            HttpResponse<String> again = send(once);
            assertThat(again.statusCode()).isEqualTo(400);
            assertThat(again.body()).isEqualTo("{\"code\":159,\"error\":\"Duplicate request\"}");
            org.awaitility.Awaitility.await()
                    .atMost(10, TimeUnit.SECONDS)
                    .until(() -> send(once).statusCode() == 201);
        }
    }

    @Test
    void manyRequestsWithOneIdActOnce() {
        try (ParseServer server =
                Servers.start(o -> o.set("idempotencyOptions", Map.of("paths", List.of("classes/.*"))))) {
            HttpRequest once = request(server, "/classes/GameScore")
                    .header("X-Parse-Request-Id", "one")
                    .POST(BodyPublishers.ofString("{}"))
                    .build();
            var answers = java.util.stream.IntStream.range(0, 20)
                    .mapToObj(_ -> Servers.CLIENT.sendAsync(once, HttpResponse.BodyHandlers.ofString()))
                    .toList();
            assertThat(answers.stream()
                            .map(CompletableFuture::join)
                            .filter(answer -> answer.statusCode() == 201)
                            .count())
                    .isEqualTo(1);
            assertThat(((Array) ((Obj) json(get(server, "/classes/GameScore"))).get("results")).items())
                    .hasSize(1);
        }
    }

    @Test
    void aFailedTransactionLeavesNothing() {
        try (ParseServer server = Servers.start(_ -> {})) {
            Servers.createScore(server, 1);
            HttpResponse<String> answer = post(server, "/batch", """
                    {"transaction":true,"requests":[
                      {"method":"POST","path":"/parse/classes/GameScore","body":{"score":2}},
                      {"method":"POST","path":"/parse/classes/GameScore","body":{"score":"text"}}]}""");
            assertThat(answer.statusCode()).isEqualTo(500);
            assertThat(answer.body()).isEqualTo("{\"code\":1,\"message\":\"Internal server error.\"}");
            assertThat(((Obj) json(get(server, "/classes/GameScore?count=1&limit=0"))).get("count"))
                    .isEqualTo(ParseValue.of(1));
        }
    }

    @Test
    void aTransactionStoresAll() {
        try (ParseServer server = Servers.start(_ -> {})) {
            HttpResponse<String> answer = post(server, "/batch", """
                    {"transaction":true,"requests":[
                      {"method":"POST","path":"/parse/classes/GameScore","body":{"score":2}},
                      {"method":"POST","path":"/parse/classes/Other","body":{"name":"x"}}]}""");
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(get(server, "/classes/Other").body()).contains("\"name\":\"x\"");
        }
    }

    @Test
    void theBackupRouteDoesNotExistForOthers() {
        try (ParseServer server = Servers.start(_ -> {})) {
            HttpResponse<String> answer = post(server, "/kami/backup", "{\"file\":\"/nowhere\"}");
            assertThat(answer.statusCode()).isEqualTo(404);
            assertThat(answer.body()).contains("Cannot POST");
        }
    }

    @Test
    void theMarkOfARunningServerIsReadableForItsOwnerOnly(@TempDir Path folder) throws IOException {
        try (ParseServer server = Servers.start(o -> o.set("databaseURI", "h2:file:" + folder + "/db"))) {
            var mark = RunningMark.read(folder.resolve("db")).orElseThrow();
            assertThat(mark.url()).isEqualTo("http://127.0.0.1:" + server.port() + "/parse");
            assertThat(Files.getPosixFilePermissions(folder.resolve("db.server.json")))
                    .containsExactlyInAnyOrder(
                            java.nio.file.attribute.PosixFilePermission.OWNER_READ,
                            java.nio.file.attribute.PosixFilePermission.OWNER_WRITE);
            Servers.createScore(server, 3);
            assertThat(BackupClient.backup(mark, folder.resolve("copy.zip"))).isTrue();
            assertThat(folder.resolve("copy.zip")).isNotEmptyFile();
            assertThatThrownBy(() -> BackupClient.backup(mark, Path.of("/proc/nowhere/copy.zip")))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("cannot be written");
            assertThat(BackupClient.backup(new RunningMark(mark.url(), "wrong"), folder.resolve("x.zip")))
                    .isFalse();
        }
        assertThat(RunningMark.read(folder.resolve("db"))).isEmpty();
    }

    @Test
    void numbersOfRoutesAndOfTheDatabaseAreCounted() {
        try (ParseServer server = Servers.start(o -> o.set("metrics", true))) {
            Servers.createScore(server, 1);
            String text = send(request(server, "/metrics").header("X-Parse-Master-Key", "M"))
                    .body();
            assertThat(text)
                    .contains("parse_http_request_seconds_count{method=\"POST\",route=\"/classes/:className\"} 1\n")
                    .contains(
                            "parse_http_responses_total{method=\"POST\",route=\"/classes/:className\",status=\"2xx\"} 1\n")
                    .contains("parse_storage_seconds_count{call=\"insert\"} 1\n");
        }
    }
}
