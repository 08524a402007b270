package dev.kami.parse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kami.parse.value.ParseValue.Obj;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Rate limits and request ids where they meet stored sessions. */
@Timeout(60)
class SessionsAtTheEdgeTest {
    private static ParseServer limited(String zone) {
        return Servers.start(options -> options.set(
                "rateLimit",
                List.of(Map.of(
                        "requestPath",
                        "/classes/*path",
                        "requestTimeWindow",
                        60_000,
                        "requestCount",
                        2,
                        "includeInternalRequests",
                        true,
                        "zone",
                        zone))));
    }

    private static String signUp(ParseServer server, String name) {
        var answer = (Obj)
                Servers.json(Servers.post(server, "/users", "{\"username\":\"" + name + "\",\"password\":\"p\"}"));
        return answer.text("sessionToken");
    }

    private static String logIn(ParseServer server, String name) {
        var answer = (Obj)
                Servers.json(Servers.post(server, "/login", "{\"username\":\"" + name + "\",\"password\":\"p\"}"));
        return answer.text("sessionToken");
    }

    private static HttpResponse<String> asks(ParseServer server, String token) {
        return Servers.send(Servers.request(server, "/classes/Game").header("X-Parse-Session-Token", token));
    }

    @Test
    void aLimitForEachUserCountsAllHisSessions() {
        try (ParseServer server = limited("user")) {
            String ann = signUp(server, "ann");
            String elsewhere = logIn(server, "ann");
            String bob = signUp(server, "bob");

            assertThat(asks(server, ann).statusCode()).isEqualTo(200);
            assertThat(asks(server, elsewhere).statusCode()).isEqualTo(200);
            HttpResponse<String> refused = asks(server, ann);
            assertThat(refused.statusCode()).isEqualTo(429);
            assertThat(refused.body()).isEqualTo("{\"code\":100,\"error\":\"Too many requests.\"}");
            assertThat(asks(server, bob).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void aLimitForEachSessionCountsItAlone() {
        try (ParseServer server = limited("session")) {
            String ann = signUp(server, "ann");
            String elsewhere = logIn(server, "ann");

            asks(server, ann);
            asks(server, ann);
            assertThat(asks(server, ann).statusCode()).isEqualTo(429);
            assertThat(asks(server, elsewhere).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void aRequestIdIsUsedUpWhoeverComesWithIt() {
        try (ParseServer server = Servers.start(
                options -> options.set("idempotencyOptions", Map.of("paths", List.of("users", "installations"))))) {
            String body = "{\"installationId\":\"i1\",\"deviceType\":\"ios\"}";
            String ann = signUp(server, "ann");

            assertThat(Servers.send(Servers.request(server, "/installations")
                                    .header("X-Parse-Request-Id", "once")
                                    .POST(BodyPublishers.ofString(body)))
                            .statusCode())
                    .isEqualTo(201);
            assertThat(Servers.send(Servers.request(server, "/installations")
                                    .header("X-Parse-Request-Id", "once")
                                    .header("X-Parse-Session-Token", ann)
                                    .POST(BodyPublishers.ofString(body)))
                            .body())
                    .isEqualTo("{\"code\":159,\"error\":\"Duplicate request\"}");
        }
    }
}
