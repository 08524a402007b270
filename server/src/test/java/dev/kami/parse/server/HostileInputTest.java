package dev.kami.parse.server;

import static dev.kami.parse.server.Servers.get;
import static dev.kami.parse.server.Servers.json;
import static dev.kami.parse.server.Servers.request;
import static dev.kami.parse.server.Servers.send;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kami.parse.value.ParseValue.Array;
import dev.kami.parse.value.ParseValue.Obj;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What nobody sends by accident. Each of these is answered with an error of the protocol within a second, nothing is
 * written, no class appears, and the server goes on.
 */
@Timeout(120)
class HostileInputTest {
    private static ParseServer server;
    private static String id;

    /** @param body {@code null} for none */
    private record Case(String what, String method, String path, byte[] body) {
        Case(String what, String method, String path, String body) {
            this(what, method, path, body == null ? null : body.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public String toString() {
            return what;
        }
    }

    @BeforeAll
    static void start() {
        server = Servers.start(_ -> {});
        id = Servers.createScore(server, 1);
        Servers.post(
                server,
                "/classes/GameScore",
                "{\"name\":\"a\",\"tags\":[1],\"info\":{\"a\":1},\"flag\":true,"
                        + "\"when\":{\"__type\":\"Date\",\"iso\":\"2020-01-01T00:00:00.000Z\"},"
                        + "\"friend\":{\"__type\":\"Pointer\",\"className\":\"GameScore\",\"objectId\":\"" + id + "\"},"
                        + "\"place\":{\"__type\":\"GeoPoint\",\"latitude\":1,\"longitude\":2}}");
    }

    @AfterAll
    static void stop() {
        server.stop();
    }

    private static String nested(int depth, String open, String close) {
        return open.repeat(depth) + "1" + close.repeat(depth);
    }

    private static String where(String json) {
        return "?where=" + URLEncoder.encode(json, StandardCharsets.UTF_8);
    }

    static Stream<Case> writes() {
        var cases = new ArrayList<Case>();
        for (String body : List.of(
                "",
                "{",
                "}",
                "{\"a\"}",
                "{\"a\":}",
                "{\"a\":1,}",
                "{a:1}",
                "{'a':1}",
                "[]",
                "null",
                "7",
                "\"text\"",
                "{\"a\":1}{\"b\":2}",
                "{\"a\":NaN}",
                "{\"a\":Infinity}",
                "{\"a\":01}",
                "{\"a\":\"\\x\"}",
                "{\"a\":\"\\u12\"}",
                "{\"a\":\"line\nbreak\"}",
                "<xml/>")) {
            if (!body.isEmpty()) {
                cases.add(new Case("bad JSON " + body.replace('\n', ' '), "POST", "/classes/Fresh", body));
            }
        }
        cases.add(new Case(
                "a number of 1,000,000 digits", "POST", "/classes/Fresh", "{\"a\":" + "9".repeat(1_000_000) + "}"));
        cases.add(new Case("a number beyond a double", "POST", "/classes/Fresh", "{\"a\":1e999}"));
        cases.add(new Case("a key of 10 MB", "POST", "/classes/Fresh", "{\"" + "k".repeat(10_000_000) + "\":1}"));
        cases.add(new Case(
                "a key of 10 MB inside", "POST", "/classes/Fresh", "{\"a\":{\"" + "k".repeat(10_000_000) + "\":1}}"));
        cases.add(new Case("arrays 10,000 deep", "POST", "/classes/Fresh", "{\"a\":" + nested(10_000, "[", "]") + "}"));
        cases.add(new Case("objects 10,000 deep", "POST", "/classes/Fresh", nested(10_000, "{\"a\":", "}")));
        cases.add(new Case("open arrays, 1,000,000 of them", "POST", "/classes/Fresh", "[".repeat(1_000_000)));
        cases.add(new Case("prototype key __proto__", "POST", "/classes/Fresh", "{\"__proto__\":{\"a\":1}}"));
        cases.add(new Case("prototype key inside", "POST", "/classes/Fresh", "{\"a\":{\"__proto__\":{\"x\":1}}}"));
        cases.add(
                new Case("prototype key in an array", "POST", "/classes/Fresh", "{\"a\":[{\"b\":{\"__proto__\":1}}]}"));
        cases.add(new Case("constructor", "POST", "/classes/Fresh", "{\"constructor\":{\"prototype\":{\"a\":1}}}"));
        cases.add(new Case("constructor inside", "POST", "/classes/Fresh", "{\"a\":{\"constructor\":1}}"));
        cases.add(new Case("code", "POST", "/classes/Fresh", "{\"a\":{\"_bsontype\":\"Code\",\"code\":\"x\"}}"));
        for (String name : List.of(
                "a\\\"; DROP TABLE \\\"GameScore\\\"; --",
                "a') OR 1=1 --",
                "a b",
                "a-b",
                "1a",
                "_a",
                "$a",
                "",
                "a\\u0000b",
                "a\\nb",
                "ä",
                "a;b",
                "a/b",
                "`a`")) {
            cases.add(new Case("field name " + name, "POST", "/classes/Fresh", "{\"" + name + "\":1}"));
        }
        for (String name : List.of(
                "A%22%3B%20DROP%20TABLE%20%22GameScore%22%3B%20--",
                "A'%20OR%20'1'='1",
                "_Hidden",
                "_SCHEMA",
                "_Join:users:_Role",
                "1A",
                "A-B",
                "A%0aB",
                "A%2fB",
                "..",
                "%2e%2e",
                "%C3%84",
                "A".repeat(5_000))) {
            cases.add(new Case("class name " + name, "POST", "/classes/" + name, "{\"a\":1}"));
        }
        for (String value : List.of(
                "{\"__type\":\"Date\",\"iso\":\"yesterday\"}",
                "{\"__type\":\"Date\",\"iso\":7}",
                "{\"__type\":\"Date\"}",
                "{\"__type\":\"Pointer\"}",
                "{\"__type\":\"Pointer\",\"className\":7,\"objectId\":{}}",
                "{\"__type\":\"GeoPoint\",\"latitude\":\"x\",\"longitude\":2}",
                "{\"__type\":\"GeoPoint\",\"latitude\":1e300}",
                "{\"__type\":\"Polygon\",\"coordinates\":7}",
                "{\"__type\":\"Polygon\",\"coordinates\":[[1],[2]]}",
                "{\"__type\":\"Bytes\",\"base64\":7}",
                "{\"__type\":\"File\"}",
                "{\"__type\":\"Nothing\"}",
                "{\"__type\":{\"$gt\":\"\"}}",
                "{\"__op\":\"Nothing\"}",
                "{\"__op\":{}}",
                "{\"__op\":\"Increment\",\"amount\":\"x\"}",
                "{\"__op\":\"Add\",\"objects\":7}",
                "{\"__op\":\"AddRelation\",\"objects\":[7]}",
                "{\"__op\":\"AddRelation\",\"objects\":7}",
                "{\"__op\":\"Batch\",\"ops\":7}")) {
            cases.add(new Case("value " + value, "POST", "/classes/Fresh", "{\"a\":" + value + "}"));
        }
        for (String body : List.of(
                "{\"score\":\"text\"}",
                "{\"tags\":1}",
                "{\"info\":[]}",
                "{\"flag\":1}",
                "{\"when\":\"2020\"}",
                "{\"friend\":\"x\"}",
                "{\"place\":[1,2]}",
                "{\"ACL\":7}",
                "{\"objectId\":{\"$gt\":\"\"}}",
                "{\"info.a\":{\"__op\":\"Add\",\"objects\":7}}",
                "{\"info..a\":1}",
                "{\".a\":1}")) {
            cases.add(new Case("type of " + body, "POST", "/classes/GameScore", body));
        }
        byte[] notUtf8 = "{\"a\":\"xx\"}".getBytes(StandardCharsets.UTF_8);
        notUtf8[6] = (byte) 0xc3;
        notUtf8[7] = (byte) 0x28;
        cases.add(new Case("text that is no UTF-8", "POST", "/classes/Fresh", notUtf8));
        byte[] overlong = "{\"a\":\"xx\"}".getBytes(StandardCharsets.UTF_8);
        overlong[6] = (byte) 0xc0;
        overlong[7] = (byte) 0x80;
        cases.add(new Case("an overlong NUL", "POST", "/classes/Fresh", overlong));
        cases.add(new Case("a NUL in a text", "POST", "/classes/Fresh", "{\"a\":\"x\\u0000y\"}"));
        cases.add(new Case("update of nothing", "PUT", "/classes/GameScore/nothing", "{\"score\":2}"));
        cases.add(new Case("update of an id with SQL", "PUT", "/classes/GameScore/x'%20OR%20'1'='1", "{\"score\":2}"));
        cases.add(new Case("update of an id with NUL", "PUT", "/classes/GameScore/x%00", "{\"score\":2}"));
        cases.add(new Case("delete of an id with SQL", "DELETE", "/classes/GameScore/x'%20OR%20'1'='1", (String) null));
        cases.add(new Case(
                "delete of an id of 60,000 characters", "DELETE", "/classes/GameScore/" + "x".repeat(60_000), (String)
                        null));
        cases.add(new Case("schema without key", "POST", "/schemas/Fresh", "{\"className\":\"Fresh\"}"));
        cases.add(new Case("purge without key", "DELETE", "/purge/GameScore", (String) null));
        cases.add(new Case(
                "batch of itself",
                "POST",
                "/batch",
                "{\"requests\":[{\"method\":\"POST\",\"path\":\"/parse/batch\"," + "\"body\":{\"requests\":[]}}]}"));
        cases.add(new Case(
                "batch with one bad path",
                "POST",
                "/batch",
                "{\"requests\":["
                        + "{\"method\":\"POST\",\"path\":\"/parse/classes/Fresh\",\"body\":{\"a\":1}},"
                        + "{\"method\":\"POST\",\"path\":\"/etc/passwd\"}]}"));
        return cases.stream();
    }

    static Stream<Case> reads() {
        var cases = new ArrayList<Case>();
        for (String query : List.of(
                "limit=-1",
                "limit=x",
                "limit=1e400",
                "limit={}",
                "skip=-1",
                "skip=x",
                "order={}",
                "order=$a",
                "order=score;drop",
                "order=-",
                "order='",
                "keys={\"a\":1}",
                "where=7",
                "where=[]",
                "where=text",
                "where={\"a\":",
                "unknown=1",
                "explain=x",
                "readPreference=x",
                "redirectClassNameForKey={}")) {
            cases.add(new Case(
                    "query " + query,
                    "GET",
                    "/classes/GameScore?"
                            + query.replace("\"", "%22").replace("{", "%7B").replace("}", "%7D"),
                    (String) null));
        }
        for (String where : List.of(
                "{\"score\":{\"$nothing\":1}}",
                "{\"$nothing\":1}",
                "{\"score\":{\"$gt\":{}}}",
                "{\"score\":{\"$in\":7}}",
                "{\"score\":{\"$nin\":{}}}",
                "{\"tags\":{\"$all\":7}}",
                "{\"tags\":{\"$containedBy\":7}}",
                "{\"$or\":7}",
                "{\"$or\":{}}",
                "{\"$and\":[7]}",
                "{\"$nor\":\"x\"}",
                "{\"name\":{\"$regex\":7}}",
                "{\"name\":{\"$regex\":\"(\"}}",
                "{\"name\":{\"$regex\":\"a\",\"$options\":\"q\"}}",
                "{\"name\":{\"$regex\":{\"$gt\":\"\"}}}",
                "{\"name\":{\"$text\":7}}",
                "{\"name\":{\"$text\":{\"$search\":7}}}",
                "{\"place\":{\"$nearSphere\":7}}",
                "{\"place\":{\"$within\":{\"$box\":7}}}",
                "{\"place\":{\"$geoWithin\":{\"$polygon\":[7]}}}",
                "{\"place\":{\"$geoWithin\":{\"$centerSphere\":[1]}}}",
                "{\"place\":{\"$geoIntersects\":{\"$point\":7}}}",
                "{\"friend\":{\"$inQuery\":7}}",
                "{\"friend\":{\"$inQuery\":{\"className\":7}}}",
                "{\"friend\":{\"$notInQuery\":{}}}",
                "{\"friend\":{\"$select\":7}}",
                "{\"friend\":{\"$dontSelect\":{\"key\":7}}}",
                "{\"$relatedTo\":7}",
                "{\"$relatedTo\":{\"object\":7,\"key\":\"a\"}}",
                "{\"a\\\" OR 1=1 --\":1}",
                "{\"a'b\":1}",
                "{\"__proto__\":1}",
                "{\"$where\":\"sleep(1000)\"}",
                "{\"score\":{\"$where\":\"1\"}}",
                "{\"_hashed_password\":\"x\"}",
                "{\"when\":{\"$gt\":{\"$relativeTime\":\"whenever\"}}}",
                "{\"name\":\"x\\u0000\"}")) {
            cases.add(new Case("where " + where, "GET", "/classes/GameScore" + where(where), (String) null));
        }
        cases.add(new Case(
                "where 10,000 deep",
                "POST",
                "/classes/GameScore",
                "{\"_method\":\"GET\",\"where\":" + nested(10_000, "{\"$or\":[", "]}") + "}"));
        cases.add(new Case("get with where", "GET", "/classes/GameScore/" + "x?where=%7B%7D", (String) null));
        cases.add(new Case("get of an id with SQL", "GET", "/classes/GameScore/x'%20OR%20'1'='1", (String) null));
        cases.add(new Case(
                "get with a cyclic include of nothing",
                "GET",
                "/classes/GameScore/nothing?include=friend.friend",
                (String) null));
        cases.add(new Case("aggregate without key", "GET", "/aggregate/GameScore?pipeline=%5B%5D", (String) null));
        cases.add(new Case("unknown function", "POST", "/functions/x'%20OR%201", "{}"));
        return cases.stream();
    }

    private static HttpResponse<String> ask(Case hostile) {
        HttpRequest.Builder request = request(
                server, hostile.path.replace(" ", "%20").replace("[", "%5B").replace("]", "%5D"));
        request.method(
                hostile.method,
                hostile.body == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(hostile.body));
        long start = System.nanoTime();
        HttpResponse<String> answer = send(request);
        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .as("time to answer")
                .isLessThan(Duration.ofSeconds(5)); // a second, and room for a machine that is busy with other things
        return answer;
    }

    /** An error of the protocol: not a success, and not a defect, whose text stands under {@code message}. */
    private static void assertRefused(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isBetween(400, 500);
        assertThat(answer.body()).matches(text -> text.contains("\"error\"") || text.contains("Cannot "));
    }

    private static String everything() {
        var classes = send(request(server, "/schemas").header("X-Parse-Master-Key", "M"));
        var objects = send(request(server, "/classes/GameScore?order=objectId").header("X-Parse-Master-Key", "M"));
        return classes.body() + objects.body();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("writes")
    void isRefusedAndLeavesNothing(Case hostile) {
        String before = everything();
        assertRefused(ask(hostile));
        assertThat(everything()).isEqualTo(before);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("reads")
    void isRefused(Case hostile) {
        assertRefused(ask(hostile));
    }

    @Test
    void aCyclicIncludeEnds() {
        var ring = "{\"friend\":{\"__type\":\"Pointer\",\"className\":\"GameScore\",\"objectId\":\"" + id + "\"}}";
        send(request(server, "/classes/GameScore/" + id).PUT(BodyPublishers.ofString(ring)));
        String deep = "friend" + ".friend".repeat(200);
        HttpResponse<String> answer = get(server, "/classes/GameScore/" + id + "?include=" + deep);
        assertThat(answer.statusCode()).isIn(200, 400);
        send(request(server, "/classes/GameScore/" + id)
                .PUT(BodyPublishers.ofString("{\"friend\":{\"__op\":\"Delete\"}}")));
    }

    @Test
    void aHostileRegularExpressionEnds() {
        Servers.post(server, "/classes/Regex", "{\"name\":\"" + "a".repeat(40) + "!\"}");
        ask(new Case("(a+)+$", "GET", "/classes/Regex" + where("{\"name\":{\"$regex\":\"^(a+)+$\"}}"), (String) null));
    }

    @Test
    void theServerStillWorks() {
        assertThat(((Array) ((Obj) json(get(server, "/classes/GameScore"))).get("results")).items())
                .isNotEmpty();
    }
}
