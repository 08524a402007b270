package dev.kami.parse.http;

import static dev.kami.parse.http.TestEdge.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the options change at the edge. */
class HttpOptionsTest {
    @Test
    void theAddressOfTheClientIsThatOfTheConnection() {
        try (var edge = new TestEdge(_ -> {})) {
            var request = edge.request("/echo").header("X-Forwarded-For", "9.9.9.9");
            assertThat(json(edge.send(request)).text("ip")).isEqualTo("127.0.0.1");
        }
    }

    @Test
    void orWhatATrustedProxySays() {
        try (var edge = new TestEdge(options -> options.set("trustProxy", List.of("loopback")))) {
            var request = edge.request("/echo").header("X-Forwarded-For", "8.8.8.8, 9.9.9.9");
            assertThat(json(edge.send(request)).text("ip")).isEqualTo("9.9.9.9");
        }
    }

    @Test
    void aForwardedAddressOpensNoMasterKeyWithoutTrust() {
        try (var edge = new TestEdge(options -> options.set("masterKeyIps", List.of("10.0.0.1")))) {
            var request =
                    edge.request("/echo").header("X-Parse-Master-Key", "M").header("X-Forwarded-For", "10.0.0.1");
            assertThat(edge.send(request).statusCode()).isEqualTo(403);
        }
    }

    @ParameterizedTest
    @CsvSource({"https://b.example,https://b.example", "https://evil.example,https://a.example", ",https://a.example"})
    void oneOfSeveralOriginsIsAllowed(String origin, String allowed) {
        try (var edge = new TestEdge(
                options -> options.set("allowOrigin", List.of("https://a.example", "https://b.example")))) {
            HttpRequest.Builder request = edge.request("/echo");
            if (origin != null) {
                request.header("Origin", origin);
            }
            HttpResponse<String> response = edge.send(request);
            assertThat(response.headers().firstValue("Access-Control-Allow-Origin"))
                    .hasValue(allowed);
            assertThat(response.headers().allValues("Vary")).contains("Origin");
        }
    }

    @Test
    void moreHeadersMayBeAllowed() {
        try (var edge = new TestEdge(options -> options.set("allowHeaders", List.of("X-One", "X-Two")))) {
            assertThat(edge.get("/echo")
                            .headers()
                            .firstValue("Access-Control-Allow-Headers")
                            .orElseThrow())
                    .endsWith("Cache-Control, X-One, X-Two");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "A:M,Master",
        "A:wrong,Nobody",
        "A:javascript-key=JS,Nobody",
        "B:M,refused",
        "A,refused",
        "A:M:x,refused"
    })
    void keysMayComeAsBasicAuthorization(String credentials, String auth) {
        try (var edge = new TestEdge(_ -> {})) {
            String encoded = Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
            var request =
                    HttpRequest.newBuilder(URI.create(edge.url("/echo"))).header("Authorization", "Basic " + encoded);
            HttpResponse<String> response = edge.send(request);
            assertThat(response.statusCode() == 403 ? "refused" : json(response).text("auth"))
                    .isEqualTo(auth);
        }
    }

    @Test
    void aJavaScriptKeyMayComeAsBasicAuthorization() {
        try (var edge = new TestEdge(options -> options.set("javascriptKey", "JS"))) {
            String encoded = Base64.getEncoder().encodeToString("A:javascript-key=JS".getBytes(StandardCharsets.UTF_8));
            var request =
                    HttpRequest.newBuilder(URI.create(edge.url("/echo"))).header("Authorization", "Basic " + encoded);
            assertThat(edge.send(request).statusCode()).isEqualTo(200);
            assertThat(edge.get("/echo").statusCode()).isEqualTo(403);
        }
    }

    @Test
    void theMountPathMayBeTheRoot() {
        try (var edge = new TestEdge(options -> options.set("mountPath", "/"))) {
            String address = "http://127.0.0.1:" + edge.server.port();
            assertThat(edge.send(HttpRequest.newBuilder(URI.create(address + "/health")))
                            .statusCode())
                    .isEqualTo(200);
            assertThat(edge.send(HttpRequest.newBuilder(URI.create(address + "/echo"))
                                    .header("X-Parse-Application-Id", "A"))
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void requestsAndAnswersAreLoggedWithoutSecretsWhenVerbose() {
        try (var edge = new TestEdge(_ -> {})) {
            edge.send(edge.request("/echo?password=secret1")
                    .header("X-Parse-Master-Key", "M-secret2")
                    .POST(HttpRequest.BodyPublishers.ofString("{\"password\":\"secret3\",\"a\":1}")));
            assertThat(edge.log)
                    .anyMatch(line -> line.contains("REQUEST for [POST] /parse/echo"))
                    .anyMatch(line -> line.contains("RESPONSE from [POST] /parse/echo"))
                    .noneMatch(line -> line.contains("secret"));
        }
    }
}
