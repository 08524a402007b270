package dev.kami.parse.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kami.parse.value.ParseValue.Obj;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a client may not see, it may not find out by asking "is it like this?" either: GHSA-h4mf-75hf-67w4,
 * GHSA-2m6g-crv8-p3c6, GHSA-72hp-qff8-4pvv, GHSA-r2m8-pxm9-9c4g, GHSA-fcv6-fg5r-jm9q, GHSA-wmwx-jr2p-4j4r.
 */
class HiddenValuesTest {
    private static ParseServer server;
    private static String token;
    private static String annSession;

    @BeforeAll
    static void start() {
        server = Servers.start(_ -> {});
        var ann = (Obj) Servers.json(Servers.post(
                server,
                "/users",
                "{\"username\":\"ann\",\"password\":\"secret\",\"email\":\"ann@example.org\","
                        + "\"ACL\":{\"*\":{\"read\":true}}}"));
        var bob = (Obj) Servers.json(Servers.post(server, "/users", "{\"username\":\"bob\",\"password\":\"secret\"}"));
        token = bob.text("sessionToken");
        annSession = ann.text("sessionToken");
        var session = (Obj) Servers.json(
                Servers.send(Servers.request(server, "/sessions/me").header("X-Parse-Session-Token", annSession)));
        Servers.post(
                server,
                "/classes/Door",
                "{\"session\":{\"__type\":\"Pointer\",\"className\":\"_Session\",\"objectId\":\""
                        + session.text("objectId") + "\"},\"owner\":{\"__type\":\"Pointer\",\"className\":\"_User\","
                        + "\"objectId\":\"" + ann.text("objectId") + "\"}}");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static HttpResponse<String> asBob(String path) {
        return Servers.send(Servers.request(server, path).header("X-Parse-Session-Token", token));
    }

    private static String where(String constraint) {
        return "where=" + URLEncoder.encode(constraint.replace('\'', '"'), StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "_hashed_password",
                "_email_verify_token",
                "_email_verify_token_expires_at",
                "_perishable_token",
                "_perishable_token_expires_at",
                "_failed_login_count",
                "_account_lockout_expires_at",
                "_password_history",
                "_password_changed_at",
                "_session_token",
                "_auth_data_anonymous",
                "_tombstone"
            })
    void noInternalFieldIsAskedForSortedByOrShown(String field) {
        for (String constraint : new String[] {
            "{'" + field + "':{'$exists':true}}",
            "{'" + field + "':{'$regex':'^a'}}",
            "{'" + field + ".x':{'$gt':0}}",
            "{'$or':[{'$and':[{'" + field + "':{'$ne':null}}]}]}"
        }) {
            for (String path : new String[] {"/users?", "/classes/_User?", "/users?count=1&limit=0&"}) {
                HttpResponse<String> answer = asBob(path + where(constraint));
                assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
                assertThat(answer.body()).matches("\\{\"code\":(105|119),.*");
            }
            String inner = "{'owner':{'$inQuery':{'className':'_User','where':" + constraint + "}}}";
            HttpResponse<String> answer = asBob("/classes/Door?" + where(inner));
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        }
        for (String order : new String[] {field, "-" + field, "username," + field}) {
            assertThat(asBob("/users?order=" + order).statusCode()).as(order).isEqualTo(400);
        }
        String shown = asBob("/users?keys=username," + field).body()
                + asBob("/users?includeAll=true").body()
                + asBob("/classes/Door?include=owner&keys=owner." + field).body();
        assertThat(shown).doesNotContain(field);
    }

    /** Field {@code email} of others is protected by default. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "/users|{'email':{'$regex':'^ann'}}",
                "/users|{'email.x':'a'}",
                "/users|{'$nor':[{'$or':[{'email':{'$gt':'a'}}]}]}",
                "/classes/Door|{'owner':{'$inQuery':{'className':'_User','where':{'email':'ann@example.org'}}}}",
                "/classes/Door|{'owner':{'$notInQuery':{'className':'_User','where':{'$or':[{'email':'a'}]}}}}",
                "/classes/Door|{'name':{'$select':{'query':{'className':'_User','where':{'email':'a'}},'key':'username'}}}"
            })
    void noProtectedFieldIsAskedFor(String path, String constraint) {
        HttpResponse<String> answer = asBob(path + "?" + where(constraint));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(answer.body()).startsWith("{\"code\":119,");
    }

    @Test
    void aProtectedFieldIsNoKeyOfASubQuery() {
        Servers.post(server, "/classes/Guess", "{\"mail\":\"ann@example.org\"}");
        HttpResponse<String> answer = asBob("/classes/Guess?"
                + where("{'mail':{'$select':{'query':{'className':'_User','where':{}},'key':'email'}}}"));

        assertThat(answer.body()).doesNotContain("ann@example.org");
    }

    @Test
    void tokensOfOthersAreNotFoundByPatterns() {
        for (String constraint : new String[] {
            "{'sessionToken':{'$regex':'^r:'}}",
            "{'sessionToken':'" + annSession + "'}",
            "{'sessionToken':{'$gt':''}}",
            "{'$or':[{'sessionToken':{'$exists':true}},{'user':{'$exists':true}}]}"
        }) {
            assertThat(asBob("/sessions?" + where(constraint)).body())
                    .as(constraint)
                    .doesNotContain(annSession);
            assertThat(Servers.get(server, "/classes/_Session?" + where(constraint))
                            .body())
                    .isEqualTo("{\"code\":209,\"error\":\"Permission denied\"}");
        }
        assertThat(asBob("/users?" + where("{'sessionToken':{'$regex':'^r:'}}")).body())
                .doesNotContain("r:");
    }

    @Test
    void aPointerToASessionOfSomebodyElseLeadsNowhere() {
        String shown = asBob("/classes/Door?include=session,session.user,owner").body()
                + Servers.get(server, "/classes/Door?include=session").body()
                + asBob("/classes/Door?includeAll=true").body();

        assertThat(shown).doesNotContain(annSession).doesNotContain("ann@example.org");
        assertThat(asBob("/classes/Door?"
                                + where("{'session':{'$inQuery':{'className':'_Session','where':{'sessionToken':"
                                        + "{'$regex':'^r:'}}}}}"))
                        .body())
                .isEqualTo("{\"results\":[]}");
    }

    /** A token is a text; anything else is refused before somebody looks for it. */
    @ParameterizedTest
    @ValueSource(strings = {"{\"$regex\":\"^r:\"}", "{\"$ne\":null}", "[\"r:0\"]", "true", "5"})
    void aTokenThatIsNoTextIsRefused(String value) {
        var request = HttpRequest.newBuilder(
                        Servers.request(server, "/users/me").build().uri())
                .header("Content-Type", "text/plain")
                .POST(BodyPublishers.ofString(
                        "{\"_method\":\"GET\",\"_ApplicationId\":\"A\",\"_SessionToken\":" + value + "}"));

        HttpResponse<String> answer = Servers.send(request);

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).isEqualTo("{\"error\":\"unauthorized\"}");
    }
}
