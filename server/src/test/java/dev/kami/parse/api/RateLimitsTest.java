package dev.kami.parse.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kami.parse.api.ApiFixture.Reply;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RateLimitsTest {
    private static final String CLIENT = "10.0.0.1";

    /** Two requests a second to one path. */
    private static ApiFixture limited(String path, Map<String, Object> more) {
        var limit =
                new HashMap<String, Object>(Map.of("requestPath", path, "requestCount", 2, "requestTimeWindow", 1000));
        limit.putAll(more);
        return new ApiFixture(
                        options -> options.set("rateLimit", List.of(limit)).set("masterKeyIps", List.of("0.0.0.0/0")))
                .open();
    }

    private static int third(ApiFixture api, String path) {
        api.get(path).from(CLIENT).send();
        api.get(path).from(CLIENT).send();
        return api.get(path).from(CLIENT).send().status();
    }

    @Test
    void oneTooManyIsRefusedUntilTheWindowEnds() {
        ApiFixture api = limited("/classes/:className", Map.of());
        assertThat(third(api, "/classes/C")).isEqualTo(429);
        Reply refused = api.get("/classes/C").from(CLIENT).send();
        assertThat(refused.body()).isEqualTo("{\"code\":100,\"error\":\"Too many requests.\"}");
        api.advance(Duration.ofMillis(1001));
        assertThat(api.get("/classes/C").from(CLIENT).send().status()).isEqualTo(200);
    }

    @Test
    void theTextMayBeChosen() {
        ApiFixture api = limited("/classes/*rest", Map.of("errorResponseMessage", "Slow down."));
        third(api, "/classes/C");
        assertThat(api.get("/classes/C").from(CLIENT).send().json().text("error"))
                .isEqualTo("Slow down.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"//classes/C", "/classes//C", "/classes/C/", "/classes/%43", "/CLASSES/C"})
    void noOtherSpellingOfThePathEscapes(String spelling) {
        ApiFixture api = limited("/classes/C", Map.of());
        third(api, "/classes/C");
        assertThat(api.get(spelling).from(CLIENT).send().status()).isEqualTo(429);
    }

    @Test
    void otherPathsAndAddressesAreFree() {
        ApiFixture api = limited("/classes/C", Map.of());
        third(api, "/classes/C");
        assertThat(api.get("/classes/D").from(CLIENT).send().status()).isEqualTo(200);
        assertThat(api.get("/classes/C").from("10.0.0.2").send().status()).isEqualTo(200);
    }

    @Test
    void thisMachineAndTheMasterKeyAreFree() {
        ApiFixture api = limited("/classes/C", Map.of());
        third(api, "/classes/C");
        assertThat(api.get("/classes/C").send().status()).isEqualTo(200);
        assertThat(api.get("/classes/C").master().from(CLIENT).send().status()).isEqualTo(200);
    }

    @Test
    void bothMayBeCounted() {
        ApiFixture api = limited("/classes/C", Map.of("includeMasterKey", true, "includeInternalRequests", true));
        for (int i = 0; i < 2; i++) {
            assertThat(api.get("/classes/C").master().send().status()).isEqualTo(200);
        }
        assertThat(api.get("/classes/C").master().send().status()).isEqualTo(429);
    }

    @Test
    void aLimitMayBeForSomeMethods() {
        ApiFixture api = limited("/classes/C", Map.of("requestMethods", List.of("POST")));
        assertThat(third(api, "/classes/C")).isEqualTo(200);
        for (int i = 0; i < 2; i++) {
            api.post("/classes/C", "{}").from(CLIENT).send();
        }
        assertThat(api.post("/classes/C", "{}").from(CLIENT).send().status()).isEqualTo(429);
        assertThat(api.get("/classes/C").sentAs("POST").from(CLIENT).send().status())
                .as("a POST that says it is a GET")
                .isEqualTo(429);
    }

    @Test
    void aZoneMayBeTheSession() {
        ApiFixture api = limited("/classes/C", Map.of("zone", "session"));
        for (int i = 0; i < 2; i++) {
            api.get("/classes/C").session("r:ann").from(CLIENT).send();
        }
        assertThat(api.get("/classes/C")
                        .session("r:ann")
                        .from("10.0.0.9")
                        .send()
                        .status())
                .isEqualTo(429);
        assertThat(api.get("/classes/C").from(CLIENT).send().status()).isEqualTo(200);
    }

    @Test
    void aZoneMayBeTheUser() {
        ApiFixture api = limited("/classes/C", Map.of("zone", "user"));
        for (int i = 0; i < 2; i++) {
            api.get("/classes/C").session("r:ann").from("10.0.0." + i).send();
        }
        assertThat(api.get("/classes/C")
                        .session("r:ann")
                        .from("10.0.0.9")
                        .send()
                        .status())
                .isEqualTo(429);
    }

    /** GHSA-4jj8-x76w-v7h7: a zone that somebody is not in is no way around the limit. */
    @ParameterizedTest
    @ValueSource(strings = {"user", "session"})
    void whoeverIsNotLoggedInIsCountedByAddressInEveryZone(String zone) {
        ApiFixture api = limited("/classes/C", Map.of("zone", zone));
        assertThat(third(api, "/classes/C")).isEqualTo(429);
        assertThat(api.get("/classes/C").from("10.0.0.9").send().status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"user", "session"})
    void madeUpTokensAreNoWayAroundALimitOfLogIns(String zone) {
        ApiFixture api = limited("/login", Map.of("zone", zone));
        for (int i = 0; i < 2; i++) {
            api.post("/login", "{}").session("r:made-up-" + i).from(CLIENT).send();
        }
        assertThat(api.post("/login", "{}")
                        .session("r:made-up")
                        .from(CLIENT)
                        .send()
                        .status())
                .isEqualTo(429);
    }

    @Test
    void aZoneMayBeEverybody() {
        ApiFixture api = limited("/classes/C", Map.of("zone", "global"));
        for (int i = 0; i < 2; i++) {
            api.get("/classes/C").from("10.0.0." + i).send();
        }
        assertThat(api.get("/classes/C").from("10.0.0.9").send().status()).isEqualTo(429);
    }

    @Test
    void requestsInABatchCountAndAreRefusedWith400() {
        ApiFixture api = limited("/classes/C", Map.of());
        Reply reply = api.post("/batch", """
                        {"requests":[{"method":"GET","path":"/parse/classes/C"},
                                     {"method":"GET","path":"/parse/classes/C"},
                                     {"method":"GET","path":"/parse/classes/C"}]}""").from(CLIENT).send();
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.body()).isEqualTo("{\"code\":100,\"error\":\"Too many requests.\"}");
        assertThat(api.calls).isEmpty();
    }
}
