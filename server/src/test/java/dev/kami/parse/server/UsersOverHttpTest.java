package dev.kami.parse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kami.parse.value.ParseValue.Obj;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Users and sessions as clients meet them: headers, keys in the body, sanitized texts. */
class UsersOverHttpTest {
    private ParseServer server;
    private String token;

    @BeforeEach
    void start() {
        server = Servers.start(_ -> {});
        Obj user = (Obj) Servers.json(Servers.post(
                server, "/users", "{\"username\":\"ann\",\"password\":\"secret\",\"email\":\"ann@example.org\"}"));
        token = user.text("sessionToken");
    }

    @AfterEach
    void stop() {
        server.stop();
    }

    private HttpResponse<String> get(String path, String... headers) {
        var request = Servers.request(server, path);
        return Servers.send(headers.length == 0 ? request : request.headers(headers));
    }

    private HttpResponse<String> post(String path, String body, String... headers) {
        var request = Servers.request(server, path).POST(BodyPublishers.ofString(body));
        return Servers.send(headers.length == 0 ? request : request.headers(headers));
    }

    @Test
    void theHeaderSaysWhoAsks() {
        Obj me = (Obj) Servers.json(get("/users/me", "X-Parse-Session-Token", token));

        assertThat(me.text("username")).isEqualTo("ann");
        assertThat(me.text("email")).isEqualTo("ann@example.org");
    }

    @Test
    void browsersSendAllKeysInTheBody() {
        var request = HttpRequest.newBuilder(
                        Servers.request(server, "/users/me").build().uri())
                .header("Content-Type", "text/plain")
                .POST(BodyPublishers.ofString(
                        "{\"_method\":\"GET\",\"_ApplicationId\":\"A\",\"_SessionToken\":\"" + token + "\"}"));

        assertThat(((Obj) Servers.json(Servers.send(request))).text("username")).isEqualTo("ann");
    }

    @Test
    void anUnknownTokenIsRefusedOnEveryRouteButLogIn() {
        String refusal = "{\"code\":209,\"error\":\"Invalid session token\"}";

        for (String path : List.of("/classes/Game", "/users", "/users/me", "/sessions/me", "/config")) {
            assertThat(get(path, "X-Parse-Session-Token", "r:unknown").body()).isEqualTo(refusal);
        }
        assertThat(post("/functions/f", "{}", "X-Parse-Session-Token", "r:unknown")
                        .body())
                .isEqualTo(refusal);
        assertThat(post("/logout", "{}", "X-Parse-Session-Token", "r:unknown").body())
                .isEqualTo(refusal);
        for (String path : List.of("/login", "/login/")) {
            assertThat(post(
                                    path,
                                    "{\"username\":\"ann\",\"password\":\"secret\"}",
                                    "X-Parse-Session-Token",
                                    "r:unknown")
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void refusalsSayNoMoreThanTheyMust() {
        assertThat(get("/users/me").body()).isEqualTo("{\"code\":209,\"error\":\"Permission denied\"}");
        assertThat(post("/loginAs", "{\"userId\":\"x\"}").body())
                .isEqualTo("{\"code\":119,\"error\":\"Permission denied\"}");
        assertThat(post("/users", "{\"username\":\"x\",\"password\":\"p\",\"emailVerified\":true}")
                        .body())
                .isEqualTo("{\"code\":119,\"error\":\"Permission denied\"}");
    }

    @Test
    void theInstallationOfALogInIsKeptAndHasOneSession() {
        String body = "{\"username\":\"ann\",\"password\":\"secret\"}";
        String first =
                ((Obj) Servers.json(post("/login", body, "X-Parse-Installation-Id", "phone"))).text("sessionToken");
        assertThat(((Obj) Servers.json(get("/sessions/me", "X-Parse-Session-Token", first))).text("installationId"))
                .isEqualTo("phone");

        post("/login", body, "X-Parse-Installation-Id", "phone");

        assertThat(get("/users/me", "X-Parse-Session-Token", first).statusCode())
                .isEqualTo(400);
    }

    @Test
    void aBatchSignsUpAndLogsIn() {
        HttpResponse<String> answer = post(
                "/batch",
                "{\"requests\":[{\"method\":\"POST\",\"path\":\"/parse/users\",\"body\":{\"username\":\"bob\",\"password\":"
                        + "\"p\"}},{\"method\":\"POST\",\"path\":\"/parse/login\",\"body\":{\"username\":\"ann\","
                        + "\"password\":\"secret\"}}]}");

        assertThat(answer.body().split("\"sessionToken\"")).hasSize(3);
    }

    @Test
    void otherRequestsAreAnsweredWhileFiftyUsersLogIn() throws Exception {
        var sent = new CountDownLatch(50);
        var waits = Collections.synchronizedList(new ArrayList<Long>());
        try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
            var logIns = new ArrayList<Future<Integer>>();
            for (int i = 0; i < 50; i++) {
                logIns.add(clients.submit(() -> {
                    sent.countDown();
                    return post("/login", "{\"username\":\"ann\",\"password\":\"secret\"}")
                            .statusCode();
                }));
            }
            sent.await(20, TimeUnit.SECONDS);
            while (logIns.stream().filter(logIn -> !logIn.isDone()).count() > 10) {
                long start = System.nanoTime();
                assertThat(get("/classes/Game").statusCode()).isEqualTo(200);
                waits.add(System.nanoTime() - start);
            }
            for (Future<Integer> logIn : logIns) {
                assertThat(logIn.get(60, TimeUnit.SECONDS)).isEqualTo(200);
            }
        }
        waits.sort(null);
        // A log-in takes 70 ms of a processor; fifty before the answer would be more than a second.
        assertThat(Duration.ofNanos(waits.get(waits.size() / 2))).isLessThan(Duration.ofMillis(500));
    }
}
