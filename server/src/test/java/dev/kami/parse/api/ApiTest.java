package dev.kami.parse.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kami.parse.api.ApiFixture.Reply;
import dev.kami.parse.api.Incoming.SentKeys;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ApiTest {
    private static SentKeys sent(String appId, String master, String maintenance) {
        return new SentKeys(appId, master, maintenance, null, null, null, null, null, null);
    }

    @Nested
    class TheKeys {
        private final ApiFixture api =
                new ApiFixture(options -> options.set("maintenanceKey", "MT").set("readOnlyMasterKey", "R")).open();

        private String auth(SentKeys keys) {
            return api.get("/classes/C").keys(keys).send().json().text("auth");
        }

        @Test
        void sayWhoAsks() {
            assertThat(auth(sent("A", null, null))).isEqualTo("Nobody");
            assertThat(auth(sent("A", "M", null))).isEqualTo("Master");
            assertThat(auth(sent("A", "R", null))).isEqualTo("ReadOnlyMaster");
            assertThat(auth(sent("A", null, "MT"))).isEqualTo("Maintenance");
            assertThat(auth(sent("A", "M", "MT"))).isEqualTo("Maintenance");
        }

        @Test
        void thatAreWrongAreNoError() {
            assertThat(auth(sent("A", "wrong", "wrong"))).isEqualTo("Nobody");
            assertThat(auth(sent("A", "", ""))).isEqualTo("Nobody");
        }

        @ParameterizedTest
        @ValueSource(strings = {"B", "", "a"})
        void ofAnUnknownAppAreRefused(String appId) {
            Reply reply = api.get("/classes/C").keys(sent(appId, "M", null)).send();
            assertThat(reply.status()).isEqualTo(403);
            assertThat(reply.body()).isEqualTo("{\"error\":\"unauthorized\"}");
            assertThat(api.calls).isEmpty();
        }

        @ParameterizedTest
        @CsvSource({"M,", ",MT"})
        void fromAnotherAddressAreRefusedAndLogged(String master, String maintenance) {
            Reply reply = api.get("/classes/C")
                    .keys(sent("A", master, maintenance))
                    .from("10.0.0.1")
                    .send();
            assertThat(reply.status()).isEqualTo(403);
            assertThat(reply.body()).isEqualTo("{\"error\":\"unauthorized\"}");
            assertThat(api.log)
                    .anyMatch(line -> line.contains("IP address '10.0.0.1' is not set in Parse Server option"));
        }

        @Test
        void forReadingAreGoodFromEverywhereByDefault() {
            assertThat(api.get("/classes/C")
                            .keys(sent("A", "R", null))
                            .from("10.0.0.1")
                            .send()
                            .json()
                            .text("auth"))
                    .isEqualTo("ReadOnlyMaster");
        }

        @Test
        void forReadingMayBeKeptToAddresses() {
            var guarded = new ApiFixture(options ->
                            options.set("readOnlyMasterKey", "R").set("readOnlyMasterKeyIps", List.of("::1")))
                    .open();
            assertThat(guarded.get("/classes/C")
                            .keys(sent("A", "R", null))
                            .send()
                            .status())
                    .isEqualTo(403);
        }

        @Test
        void ofClientsAreNeededWhenThereAreAny() {
            var guarded =
                    new ApiFixture(options -> options.set("clientKey", "CK").set("restAPIKey", "RK")).open();
            assertThat(guarded.get("/classes/C").send().status()).isEqualTo(403);
            assertThat(guarded.get("/classes/C")
                            .keys(new SentKeys("A", null, null, null, null, "RK", null, null, null))
                            .send()
                            .status())
                    .as("the key of another kind")
                    .isEqualTo(403);
            assertThat(guarded.get("/classes/C")
                            .keys(new SentKeys("A", null, null, null, null, null, null, null, "RK"))
                            .send()
                            .status())
                    .isEqualTo(200);
            assertThat(guarded.get("/classes/C").master().send().status()).isEqualTo(200);
        }
    }

    @Nested
    class Sessions {
        private final ApiFixture api = new ApiFixture().open();

        @Test
        void becomeUsers() {
            assertThat(api.get("/classes/C").session("r:ann").send().json().text("auth"))
                    .isEqualTo("User");
        }

        @Test
        void thatAreUnknownAreRefused() {
            Reply reply = api.get("/classes/C").session("r:gone").send();
            assertThat(reply.status()).isEqualTo(400);
            assertThat(reply.body()).isEqualTo("{\"code\":209,\"error\":\"Invalid session token\"}");
        }

        @ParameterizedTest
        @ValueSource(strings = {"/login", "/login/"})
        void areDroppedAtLogin(String path) {
            assertThat(api.post(path, "{}").session("r:gone").send().json().text("auth"))
                    .isEqualTo("Nobody");
        }

        @Test
        void ofTheOldKindAreKnownWhereTheyAreUpgraded() {
            assertThat(api.post("/upgradeToRevocableSession", "{}")
                            .session("old")
                            .send()
                            .status())
                    .isEqualTo(200);
            assertThat(api.get("/classes/C").session("old").send().status()).isEqualTo(400);
        }

        @Test
        void doNotMatterBesideTheMasterKey() {
            var keys = new SentKeys("A", "M", null, "r:gone", null, null, null, null, null);
            assertThat(api.get("/classes/C").keys(keys).send().json().text("auth"))
                    .isEqualTo("Master");
        }
    }

    @Nested
    class WhileStarting {
        private final ApiFixture api = new ApiFixture();

        @Test
        void healthSaysSoAndWhenToComeBack() {
            api.health.become(Health.State.STARTING);
            Reply reply = api.get("/health").keys(SentKeys.NONE).send();
            assertThat(reply.status()).isEqualTo(503);
            assertThat(reply.body()).isEqualTo("{\"status\":\"starting\"}");
            assertThat(reply.headers()).containsEntry("Retry-After", "1");
        }

        @Test
        void requestsAreRefusedWithTheState() {
            Reply reply = api.get("/classes/C").send();
            assertThat(reply.status()).isEqualTo(500);
            assertThat(reply.body()).isEqualTo("{\"code\":1,\"error\":\"Invalid server state: initialized\"}");
        }

        @Test
        void anUnknownAppIsToldNothing() {
            assertThat(api.get("/classes/C").keys(SentKeys.NONE).send().status())
                    .isEqualTo(403);
        }

        @Test
        void thenAllIsWell() {
            api.open();
            Reply reply = api.request("POST", "/health").keys(SentKeys.NONE).send();
            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.body()).isEqualTo("{\"status\":\"ok\"}");
        }
    }

    @Nested
    class Allowed {
        private final ApiFixture api = new ApiFixture(options -> options.set(
                        "routeAllowList", List.of("classes/Public", "classes/Public/.*", "batch", "health")))
                .open();

        @ParameterizedTest
        @ValueSource(strings = {"/classes/Public", "//classes//Public/", "/classes/Public/x", "/health"})
        void pathsPass(String path) {
            assertThat(api.get(path).send().status()).isEqualTo(200);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "/classes/Secret",
                    "/classes/Secret%2F..%2FPublic",
                    "/classes/PublicX",
                    "/classes/%50ublic",
                    "/functions/f",
                    "/nothing"
                })
        void otherPathsDoNot(String path) {
            Reply reply = api.get(path).send();
            assertThat(reply.status()).isEqualTo(400);
            assertThat(reply.body()).isEqualTo("{\"code\":119,\"error\":\"Permission denied\"}");
        }

        @Test
        void theMasterKeyPassesAll() {
            assertThat(api.get("/classes/Secret").master().send().status()).isEqualTo(200);
        }

        @Test
        void requestsInABatchAreCheckedToo() {
            Reply reply = api.post("/batch", """
                            {"requests":[{"method":"GET","path":"/parse/classes/Public"},
                                         {"method":"GET","path":"/parse/classes/Secret"}]}""").send();
            assertThat(reply.json().text("error")).isEqualTo("Permission denied");
            assertThat(api.calls).isEmpty();
        }

        @Test
        void anEmptyListAllowsNothing() {
            var closed = new ApiFixture(options -> options.set("routeAllowList", List.of())).open();
            assertThat(closed.get("/classes/Public").send().status()).isEqualTo(400);
        }
    }

    @Nested
    class RequestIds {
        private final ApiFixture api = new ApiFixture(options -> options.set(
                        "idempotencyOptions", java.util.Map.of("paths", List.of("classes/.*", "functions/once"))))
                .open();

        @Test
        void actOnce() {
            assertThat(api.post("/classes/C", "{}").requestId("1").send().status())
                    .isEqualTo(200);
            Reply second = api.post("/classes/C", "{}").requestId("1").send();
            assertThat(second.status()).isEqualTo(400);
            assertThat(second.body()).isEqualTo("{\"code\":159,\"error\":\"Duplicate request\"}");
            assertThat(api.calls).hasSize(1);
        }

        @Test
        void matterOnlyForWritesToTheirPaths() {
            api.get("/classes/C").requestId("1").send();
            api.request("DELETE", "/classes/C/x").requestId("1").send();
            api.post("/functions/often", "{}").requestId("1").send();
            api.post("/login", "{}").requestId("1").send();
            assertThat(api.requestIds).isEmpty();
            api.post("/functions/once", "{}").requestId("1").send();
            api.request("PUT", "/classes/C/x").requestId("2").send();
            assertThat(api.requestIds).containsExactly("1", "2");
        }
    }

    @Nested
    class Numbers {
        @Test
        void areThereForTheMasterKeyWhenSwitchedOn() {
            var api = new ApiFixture(options -> options.set("metrics", true)).open();
            assertThat(api.get("/metrics").send().status()).isEqualTo(403);
            Reply reply = api.get("/metrics").master().send();
            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.body())
                    .contains(
                            "parse_http_responses_total{method=\"GET\",route=\"/classes/:className\",status=\"2xx\"} 0");
        }

        @Test
        void areNotThereByDefault() {
            var api = new ApiFixture().open();
            assertThat(api.get("/metrics").master().send().status()).isEqualTo(404);
        }
    }

    @Test
    void anUnknownRouteIsAPageForThoseWhoMayAsk() {
        var api = new ApiFixture().open();
        assertThat(api.get("/nothing").send().status()).isEqualTo(404);
        assertThat(api.get("/nothing").send().body()).contains("<pre>Cannot GET /parse/nothing</pre>");
        assertThat(api.get("/nothing").keys(SentKeys.NONE).send().status()).isEqualTo(403);
    }

    @Test
    void refusalsAreSentInFullWhenTheOptionSaysSo() {
        var api = new ApiFixture(options ->
                        options.set("enableSanitizedErrorResponse", false).set("routeAllowList", List.of()))
                .open();
        assertThat(api.get("/classes/C").send().body())
                .isEqualTo("{\"code\":119,\"error\":\"Route not allowed by routeAllowList: GET classes/C\"}");
    }
}
