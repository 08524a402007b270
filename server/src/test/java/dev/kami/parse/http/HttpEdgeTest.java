package dev.kami.parse.http;

import static dev.kami.parse.http.TestEdge.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kami.parse.value.ParseValue;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpEdgeTest {
    private static TestEdge edge;

    @BeforeAll
    static void start() {
        edge = new TestEdge(options -> options.set("maxUploadSize", "64kb"));
    }

    @AfterAll
    static void stop() {
        edge.close();
    }

    private static byte[] gzip(byte[] bytes) {
        var out = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return out.toByteArray();
    }

    @Nested
    class Reading {
        @Test
        void jsonIsReadWhateverTheContentType() {
            HttpRequest.Builder request = edge.request("/echo").POST(BodyPublishers.ofString("{\"a\":[1,true,null]}"));
            assertThat(json(edge.send(request.header("Content-Type", "text/plain")))
                            .get("body")
                            .toJson())
                    .isEqualTo("{\"a\":[1,true,null]}");
        }

        @Test
        void formFieldsAreText() {
            HttpRequest.Builder request = edge.request("/echo").POST(BodyPublishers.ofString("a=1&b=x+y%20z&a=2"));
            var body = json(edge.send(request.header("Content-Type", "application/x-www-form-urlencoded")))
                    .get("body");
            assertThat(body.toJson()).isEqualTo("{\"a\":[\"1\",\"2\"],\"b\":\"x y z\"}");
        }

        @Test
        void queryValuesAreJsonWhereTheyParse() {
            String query = "?a=1&b=text&c=%7B%22x%22%3A%5B1%5D%7D&d=true&e=%22q%22&f=-score&g=&h=12abc&i=truth&n=null";
            assertThat(json(edge.get("/echo" + query)).get("query").toJson())
                    .isEqualTo(
                            "{\"a\":1,\"b\":\"text\",\"c\":{\"x\":[1]},\"d\":true,\"e\":\"q\",\"f\":\"-score\",\"g\":\"\","
                                    + "\"h\":\"12abc\",\"i\":\"truth\",\"n\":null}");
        }

        @Test
        void aGetMayHaveABody() {
            HttpRequest.Builder request =
                    edge.request("/echo").method("GET", BodyPublishers.ofString("{\"where\":{\"a\":1}}"));
            assertThat(json(edge.send(request)).get("body").toJson()).isEqualTo("{\"where\":{\"a\":1}}");
        }

        @Test
        void methodInTheBodyReplacesPost() {
            HttpResponse<String> response = edge.post("/echo", "{\"_method\":\"put\",\"a\":1}");
            assertThat(json(response).text("method")).isEqualTo("PUT");
            assertThat(json(response).get("body").toJson()).isEqualTo("{\"a\":1}");
        }

        @Test
        void aMethodThatIsNoTextIsDropped() {
            HttpResponse<String> response = edge.post("/echo", "{\"_method\":7,\"a\":1}");
            assertThat(json(response).text("method")).isEqualTo("POST");
            assertThat(json(response).get("body").toJson()).isEqualTo("{\"a\":1}");
        }

        @Test
        void badJsonIsRefusedWithTheTextOfTheParser() {
            HttpResponse<String> response = edge.post("/echo", "{\"a\":");
            assertThat(response.statusCode()).isEqualTo(400);
            assertThat(json(response).has("code")).isFalse();
            assertThat(json(response).text("error")).isNotBlank();
        }

        @ParameterizedTest
        @ValueSource(
                strings = {"[1,2]", "\"text\"", "7", "{\"__type\":\"Pointer\",\"className\":\"A\",\"objectId\":\"b\"}"})
        void aBodyThatIsNoObjectIsRefused(String body) {
            assertThat(edge.post("/echo", body).statusCode()).isEqualTo(400);
        }

        @Test
        void uploadsKeepTheirBytes() {
            HttpRequest.Builder request =
                    edge.request("/files/a.bin").POST(BodyPublishers.ofByteArray(new byte[] {1, 2, 3}));
            assertThat(json(edge.send(request)).get("bytes")).isEqualTo(ParseValue.of(3));
        }

        @Test
        void gzipBodiesAreUnpacked() {
            HttpRequest.Builder request = edge.request("/echo")
                    .header("Content-Encoding", "gzip")
                    .POST(BodyPublishers.ofByteArray(gzip("{\"a\":1}".getBytes())));
            assertThat(json(edge.send(request)).get("body").toJson()).isEqualTo("{\"a\":1}");
        }

        @Test
        void brokenGzipIsRefused() {
            byte[] packed = gzip("{\"a\":1}".getBytes());
            packed[5] = 77;
            packed[12] = 99;
            HttpRequest.Builder request =
                    edge.request("/echo").header("Content-Encoding", "gzip").POST(BodyPublishers.ofByteArray(packed));
            assertThat(edge.send(request).statusCode()).isEqualTo(400);
        }

        @Test
        void anUnknownCodingIsRefused() {
            HttpRequest.Builder request =
                    edge.request("/echo").header("Content-Encoding", "br").POST(BodyPublishers.ofString("{}"));
            HttpResponse<String> response = edge.send(request);
            assertThat(response.statusCode()).isEqualTo(415);
            assertThat(response.body()).isEqualTo("{\"error\":\"unsupported content encoding \\\"br\\\"\"}");
        }

        @Test
        void aBodyOverTheLimitIsRefused() {
            HttpResponse<String> response = edge.post("/echo", "{\"a\":\"" + "x".repeat(64 * 1024) + "\"}");
            assertThat(response.statusCode()).isEqualTo(413);
            assertThat(response.body()).isEqualTo("{\"error\":\"request entity too large\"}");
        }

        @Test
        void aGzipThatUnpacksBeyondTheLimitIsRefused() {
            byte[] bomb = gzip(new byte[20_000_000]);
            assertThat(bomb.length).isLessThan(64 * 1024);
            HttpRequest.Builder request =
                    edge.request("/echo").header("Content-Encoding", "gzip").POST(BodyPublishers.ofByteArray(bomb));
            assertThat(edge.send(request).statusCode()).isEqualTo(413);
        }

        @Test
        void aChunkedBodyOverTheLimitIsRefused() {
            var chunks = BodyPublishers.ofInputStream(() -> new java.io.ByteArrayInputStream(new byte[100_000]));
            assertThat(edge.send(edge.request("/echo").POST(chunks)).statusCode())
                    .isEqualTo(413);
        }

        @Test
        void aBodyOfExactlyTheLimitIsRead() {
            String body = "{\"a\":\"" + "x".repeat(64 * 1024 - 8) + "\"}";
            assertThat(body).hasSize(64 * 1024);
            assertThat(edge.post("/echo", body).statusCode()).isEqualTo(200);
        }

        @Test
        void theContextIsAnObject() {
            HttpRequest.Builder request = edge.request("/echo").header("X-Parse-Cloud-Context", "{\"a\":1}");
            assertThat(json(edge.send(request)).get("context").toJson()).isEqualTo("{\"a\":1}");
        }

        @ParameterizedTest
        @ValueSource(strings = {"[]", "7", "{", "null"})
        void aBadContextIsRefused(String context) {
            HttpResponse<String> response = edge.send(edge.request("/echo").header("X-Parse-Cloud-Context", context));
            assertThat(response.statusCode()).isEqualTo(400);
            assertThat(response.body()).isEqualTo("{\"code\":107,\"error\":\"Invalid object for context.\"}");
        }

        @Test
        void headersReachTheHandler() {
            assertThat(json(edge.send(edge.request("/echo").header("User-Agent", "me")))
                            .text("userAgent"))
                    .isEqualTo("me");
        }
    }

    @Nested
    class KeysInTheBody {
        private HttpResponse<String> plain(String path, String body) {
            return edge.send(HttpRequest.newBuilder(java.net.URI.create(edge.url(path)))
                    .header("Content-Type", "text/plain")
                    .POST(BodyPublishers.ofString(body)));
        }

        @Test
        void areReadAndRemoved() {
            HttpResponse<String> response = plain("/echo", """
                    {"_ApplicationId":"A","_MasterKey":"M","_InstallationId":"i","_ClientVersion":"js8","_method":"GET",
                     "_JavaScriptKey":"k","_noBody":true,"_RevocableSession":"1","_ContentType":"text/plain",
                     "_context":{"c":1},"a":1}""");
            assertThat(json(response).get("body").toJson()).isEqualTo("{\"a\":1}");
            assertThat(json(response).text("auth")).isEqualTo("Master");
            assertThat(json(response).text("method")).isEqualTo("GET");
            assertThat(json(response).text("installationId")).isEqualTo("i");
            assertThat(json(response).get("context").toJson()).isEqualTo("{\"c\":1}");
        }

        @Test
        void theContextMayBeText() {
            HttpResponse<String> response = plain("/echo", "{\"_ApplicationId\":\"A\",\"_context\":\"{\\\"c\\\":1}\"}");
            assertThat(json(response).get("context").toJson()).isEqualTo("{\"c\":1}");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "{}",
                    "{\"_ApplicationId\":\"B\"}",
                    "{\"_ApplicationId\":7}",
                    "{\"_ApplicationId\":\"A\",\"_MasterKey\":{\"$ne\":1}}",
                    "{\"_ApplicationId\":\"A\",\"_SessionToken\":[\"x\"]}",
                    "{\"_ApplicationId\":\"A\",\"_InstallationId\":1}"
                })
        void thatAreMissingOrNoTextAreRefused(String body) {
            HttpResponse<String> response = plain("/echo", body);
            assertThat(response.statusCode()).isEqualTo(403);
            assertThat(response.body()).isEqualTo("{\"error\":\"unauthorized\"}");
            assertThat(response.headers().firstValue("Content-Type")).isEmpty();
        }

        @Test
        void aWrongMasterKeyHeaderBesideThemIsRefused() {
            HttpRequest.Builder request = HttpRequest.newBuilder(java.net.URI.create(edge.url("/echo")))
                    .header("X-Parse-Master-Key", "wrong")
                    .POST(BodyPublishers.ofString("{\"_ApplicationId\":\"A\"}"));
            assertThat(edge.send(request).statusCode()).isEqualTo(403);
        }

        @Test
        void aFileMayComeAsJson() {
            HttpResponse<String> response = plain("/files/a.txt", """
                    {"_ApplicationId":"A","base64":"AQIDBA==","fileData":{"tags":{"a":"b"}}}""");
            assertThat(json(response).get("bytes")).isEqualTo(ParseValue.of(4));
            assertThat(json(response).get("body").toJson()).isEqualTo("{\"fileData\":{\"tags\":{\"a\":\"b\"}}}");
        }

        @Test
        void aPlainFileWithoutApplicationIdIsRefused() {
            assertThat(plain("/files/a.txt", "hello").statusCode()).isEqualTo(403);
        }
    }

    @Nested
    class Routing {
        @Test
        void anUnknownPathIsA404PageWithTheRequestEscaped() {
            HttpResponse<String> response = edge.get("/nothing%3Cscript%3E'\"".replace("\"", "%22"));
            assertThat(response.statusCode()).isEqualTo(404);
            assertThat(response.headers().firstValue("Content-Type")).hasValue("text/html; charset=utf-8");
            assertThat(response.body())
                    .contains("<pre>Cannot GET /parse/nothing%3Cscript%3E&#39;%22</pre>")
                    .doesNotContain("<script>");
        }

        @Test
        void aPathOutsideTheMountIsA404Page() {
            assertThat(edge.raw("GET /elsewhere/<b>&x HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))
                    .startsWith("HTTP/1.1 404")
                    .contains("<pre>Cannot GET /elsewhere/&lt;b&gt;&amp;x</pre>");
        }

        @Test
        void patchHasNoRoute() {
            HttpRequest.Builder request = edge.request("/echo").method("PATCH", BodyPublishers.ofString("{}"));
            HttpResponse<String> response = edge.send(request);
            assertThat(response.statusCode()).isEqualTo(404);
            assertThat(response.body()).contains("Cannot PATCH /parse/echo");
        }

        @Test
        void doubleSlashesDoNotMatter() {
            assertThat(edge.get("//echo").statusCode()).isEqualTo(200);
            assertThat(edge.get("/classes//A").statusCode()).isEqualTo(200);
            assertThat(edge.get("//health").body()).isEqualTo("{\"status\":\"ok\"}");
        }

        @Test
        void theCaseOfFixedPartsDoesNotMatter() {
            assertThat(edge.get("/ECHO").statusCode()).isEqualTo(200);
            assertThat(edge.get("/Variable/A/b").body()).isEqualTo("{\"a\":\"A\",\"b\":\"b\"}");
            assertThat(edge.get("/Health/").statusCode()).isEqualTo(200);
        }

        @Test
        void variablesAreDecoded() {
            assertThat(edge.get("/variable/a%20b/%C3%A4%2Fc").body()).isEqualTo("{\"a\":\"a b\",\"b\":\"ä/c\"}");
        }

        @ParameterizedTest
        @ValueSource(strings = {"%zz", "%", "%4", "%ff", "%00", "%c3%28"})
        void variablesThatCannotBeDecodedAreRefused(String bad) {
            String answer = edge.raw("GET /parse/variable/a/" + bad
                    + " HTTP/1.1\r\nHost: x\r\nX-Parse-Application-Id: A\r\nConnection: close\r\n\r\n");
            assertThat(answer)
                    .startsWith("HTTP/1.1 400")
                    .endsWith("{\"error\":\"Failed to decode param '" + bad + "'\"}");
        }

        @Test
        void headIsGetWithoutBody() {
            HttpRequest.Builder request = edge.request("/echo").method("HEAD", BodyPublishers.noBody());
            HttpResponse<String> response = edge.send(request);
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.body()).isEmpty();
            assertThat(response.headers().firstValueAsLong("Content-Length").orElse(0))
                    .isGreaterThan(20);
        }

        @Test
        void optionsIsOkBeforeAnyCheck() {
            HttpRequest.Builder request = HttpRequest.newBuilder(java.net.URI.create(edge.url("/any/path/at/all")))
                    .method("OPTIONS", BodyPublishers.noBody());
            HttpResponse<String> response = edge.send(request);
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.body()).isEqualTo("OK");
            assertThat(response.headers().firstValue("Access-Control-Allow-Methods"))
                    .hasValue("GET,PUT,POST,DELETE,OPTIONS");
        }

        @Test
        void openRoutesNeedNoKeys() {
            HttpRequest.Builder request = HttpRequest.newBuilder(java.net.URI.create(edge.url("/files/A/x.txt")));
            assertThat(edge.send(request).body()).isEqualTo("x.txt");
        }

        @Test
        void rawBracesAndLongQueriesAreAccepted() {
            String query = "?where={\"a\":{\"$in\":[\"x|y\"]}}&long=" + "x".repeat(30_000);
            String answer = edge.raw("GET /parse/echo" + query
                    + " HTTP/1.1\r\nHost: x\r\nX-Parse-Application-Id: A\r\nConnection: close\r\n\r\n");
            assertThat(answer).startsWith("HTTP/1.1 200").contains("\"where\":{\"a\":{\"$in\":[\"x|y\"]}}");
        }
    }

    @Nested
    class Answering {
        @Test
        void corsHeadersComeWithEveryAnswer() {
            HttpResponse<String> response = edge.get("/missing");
            assertThat(response.headers().firstValue("Access-Control-Allow-Origin"))
                    .hasValue("*");
            assertThat(response.headers()
                            .firstValue("Access-Control-Allow-Headers")
                            .orElseThrow())
                    .startsWith("X-Parse-Master-Key, X-Parse-REST-API-Key")
                    .endsWith("Content-Type, Pragma, Cache-Control");
            assertThat(response.headers().firstValue("Access-Control-Expose-Headers"))
                    .hasValue("X-Parse-Job-Status-Id, X-Parse-Push-Status-Id");
        }

        @Test
        void objectNotFoundIs404() {
            HttpResponse<String> response = edge.get("/missing");
            assertThat(response.statusCode()).isEqualTo(404);
            assertThat(response.body()).isEqualTo("{\"code\":101,\"error\":\"Object not found.\"}");
            assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json; charset=utf-8");
        }

        @Test
        void textsThatTellTooMuchGoToTheLogOnly() {
            HttpResponse<String> response = edge.get("/denied");
            assertThat(response.statusCode()).isEqualTo(400);
            assertThat(response.body()).isEqualTo("{\"code\":119,\"error\":\"Permission denied\"}");
            assertThat(edge.log).anyMatch(line -> line.contains("class Secret exists"));
        }

        @Test
        void routesForTheMasterKeyAnswerOthers403() {
            HttpResponse<String> response = edge.get("/master");
            assertThat(response.statusCode()).isEqualTo(403);
            assertThat(response.body()).isEqualTo("{\"error\":\"Permission denied\"}");
        }

        @ParameterizedTest
        @ValueSource(strings = {"/broken", "/deep"})
        void defectsAreLoggedWithTheirStackAndSayNothing(String path) {
            HttpResponse<String> response = edge.get(path);
            assertThat(response.statusCode()).isEqualTo(500);
            assertThat(response.body()).isEqualTo("{\"code\":1,\"message\":\"Internal server error.\"}");
            assertThat(edge.log)
                    .anyMatch(line -> line.contains("Uncaught internal server error.")
                            && line.contains("stack")
                            && line.contains("TestEdge"));
        }

        @Test
        void largeBodiesArrive() {
            assertThat(edge.get("/large?size=5000000").body()).hasSize(5_000_002);
        }

        @Test
        void largeBodiesArePackedForThoseWhoTakeIt() {
            HttpResponse<String> response =
                    edge.send(edge.request("/large?size=100000").header("Accept-Encoding", "br, gzip"));
            assertThat(response.headers().firstValue("Content-Encoding")).hasValue("gzip");
            assertThat(response.headers().firstValue("Vary")).hasValue("Accept-Encoding");
            assertThat(response.headers().firstValueAsLong("Content-Length").orElseThrow())
                    .isLessThan(2000);
        }

        @ParameterizedTest
        @ValueSource(strings = {"identity", "gzip;q=0", "gzip; q=0.0", "br"})
        void othersGetThemPlain(String encoding) {
            HttpResponse<String> response =
                    edge.send(edge.request("/large?size=100000").header("Accept-Encoding", encoding));
            assertThat(response.headers().firstValue("Content-Encoding")).isEmpty();
            assertThat(response.body()).hasSize(100_002);
        }

        @Test
        void smallBodiesAreNotPacked() {
            HttpResponse<String> response = edge.send(edge.request("/missing").header("Accept-Encoding", "gzip"));
            assertThat(response.headers().firstValue("Content-Encoding")).isEmpty();
        }

        @Test
        void headersOfTheAnswerAreSent() {
            assertThat(edge.get("/located").headers().firstValue("Location")).hasValue("http://x/y");
        }
    }
}
