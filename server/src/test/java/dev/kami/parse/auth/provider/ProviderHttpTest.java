package dev.kami.parse.auth.provider;

import static dev.kami.parse.auth.provider.Attempts.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kami.parse.auth.provider.ProviderHttp.Limits;
import dev.kami.parse.auth.provider.StandIn.Reply;
import dev.kami.parse.log.Log;
import dev.kami.parse.log.LogLevel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ProviderHttpTest {
    private static final String FAILED = "141 Auth failed. Unknown error.";

    @Test
    void anAnswerThatNeverEndsIsGivenUp() throws IOException {
        try (var silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
                var http = http(silent.getLocalPort(), Duration.ofMillis(200), 1000)) {
            Thread.ofVirtual().start(() -> answerSlowly(silent));
            assertThat(refusal(() -> http.get("https://slow.example/x"))).isEqualTo(FAILED);
        }
    }

    /** Headers come at once, the body never: a limit for the headers alone would wait for ever. */
    private static void answerSlowly(ServerSocket server) {
        try (Socket socket = server.accept()) {
            socket.getOutputStream()
                    .write("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc".getBytes(StandardCharsets.US_ASCII));
            while (socket.getInputStream().read() >= 0) {
                // until the client hangs up
            }
        } catch (IOException e) {
            // the client hung up
        }
    }

    @Test
    void aServerThatIsNotThereIsAnErrorOfTheRequest() throws IOException {
        int port;
        try (var unused = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = unused.getLocalPort();
        }
        try (var http = http(port, Duration.ofSeconds(5), 1000)) {
            assertThat(refusal(() -> http.get("https://gone.example/x"))).isEqualTo(FAILED);
        }
    }

    private static ProviderHttp http(int port, Duration total, long maxBytes) {
        return new ProviderHttp(
                new Limits(Duration.ofSeconds(5), total, maxBytes),
                uri -> URI.create("http://127.0.0.1:" + port + uri.getRawPath()),
                Log.off());
    }

    @Test
    void aHugeAnswerIsGivenUp() {
        try (var standIn = new StandIn(new Limits(Duration.ofSeconds(5), Duration.ofSeconds(20), 10_000))) {
            standIn.on("huge.example/x", request -> Reply.json("[" + "1,".repeat(1_000_000) + "1]"));
            standIn.on("small.example/x", request -> Reply.json("{\"id\":\"1\"}"));
            assertThat(refusal(() -> standIn.http().get("https://huge.example/x")))
                    .isEqualTo(FAILED);
            assertThat(standIn.http().get("https://small.example/x").json().text("id"))
                    .isEqualTo("1");
        }
    }

    @Test
    void aRedirectIsFollowedOnTheSameHostOnly() {
        try (var standIn = new StandIn()) {
            standIn.on("api.example/old", redirect("/new"));
            standIn.on("api.example/new", "{\"id\":\"1\"}");
            standIn.on("api.example/away", redirect("https://evil.example/new"));
            standIn.on("api.example/plain", redirect("http://api.example/new"));
            standIn.on("api.example/round", redirect("/round"));
            var http = standIn.http();

            assertThat(http.get("https://api.example/old").json().text("id")).isEqualTo("1");
            assertThat(http.get("https://api.example/away").status()).isEqualTo(302);
            assertThat(http.get("https://api.example/plain").status()).isEqualTo(302);
            assertThat(http.get("https://api.example/round").status()).isEqualTo(302);
            assertThat(standIn.requests("evil.example/new")).isEmpty();
            assertThat(standIn.requests("api.example/round")).hasSize(4);
        }
    }

    private static Function<StandIn.Request, Reply> redirect(String location) {
        return request -> new Reply(302, Map.of("Location", location), new byte[0]);
    }

    @Test
    void anAnswerThatIsNoJsonObjectHasNoValues() {
        try (var standIn = new StandIn()) {
            for (String body : List.of("", "<html>", "[1]", "null", "{\"id\":", "\"text\"")) {
                standIn.on("api.example/x", body);
                assertThat(standIn.http().get("https://api.example/x").json().isEmpty())
                        .as(body)
                        .isTrue();
            }
        }
    }

    @Test
    void theLogTellsTheAddressWithoutTheTokensInItsQuery() {
        var lines = new CopyOnWriteArrayList<String>();
        var log = Log.to((level, message, meta) -> lines.add(message + meta), LogLevel.INFO);
        try (var http = new ProviderHttp(
                new Limits(Duration.ofSeconds(1), Duration.ofSeconds(1), 10), UnaryOperator.identity(), log)) {
            refusal(() -> http.get("http://127.0.0.1:1/me?access_token=secret"));
        }
        assertThat(lines)
                .singleElement()
                .asString()
                .contains("http://127.0.0.1:1/me")
                .doesNotContain("secret");
    }

    @Test
    void aTokenCannotAddHeadersToARequest() {
        try (var standIn = new StandIn()) {
            assertThat(refusal(() -> standIn.http()
                            .get("https://api.example/x", Map.of("Authorization", "Bearer a\r\nX-Evil: 1"))))
                    .startsWith("101 ");
            assertThat(standIn.requests()).isEmpty();
        }
    }
}
