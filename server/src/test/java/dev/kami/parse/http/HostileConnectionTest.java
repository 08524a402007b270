package dev.kami.parse.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What only a raw socket can send. */
@Timeout(60)
class HostileConnectionTest {
    private static TestEdge edge;

    @BeforeAll
    static void start() {
        edge = new TestEdge(
                options -> options.set("maxUploadSize", "1mb"),
                new HttpServer.Limits(Duration.ofMillis(500), Duration.ofSeconds(2), Duration.ofSeconds(1)));
    }

    @AfterAll
    static void stop() {
        edge.close();
    }

    private static final String HEAD = "POST /parse/echo HTTP/1.1\r\nHost: x\r\nX-Parse-Application-Id: A\r\n";
    private static final String SMUGGLED = "GET /parse/master HTTP/1.1\r\nHost: x\r\n\r\n";

    /** Two readers would end such a body at different places; the connection must end without an answer to the second. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 2\r\nContent-Length: 40\r\n\r\n{}",
                "Content-Length: 2\r\nContent-Length: 2\r\n\r\n{}",
                "Content-Length: 2, 40\r\n\r\n{}",
                "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
                "Transfer-Encoding: chunked\r\nContent-Length: 2\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
                "Content-Length: +2\r\n\r\n{}",
                "Content-Length: 0x2\r\n\r\n{}",
                "Content-Length: -1\r\n\r\n{}",
                "Content-Length: 2 \u00a0\r\n\r\n{}",
                "Content-Length: 99999999999999999999\r\n\r\n{}",
                "Transfer-Encoding: Chunked, identity\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
                "Transfer-Encoding: gzip, chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
                "Transfer-Encoding: identity\r\n\r\n{}",
                "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n2\r\n{}\r\n0\r\n\r\n"
            })
    void anAmbiguousLengthEndsTheConnection(String rest) {
        String answer = edge.raw(HEAD + rest + SMUGGLED);
        assertThat(answer).doesNotContain("200 OK").doesNotContain("\"method\"").doesNotContain("403");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length : 2\r\n\r\n{}",
                "Transfer-Encoding : chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
                "Content-Length\r\n\r\n{}",
                "X: a\r\n folded: b\r\n\r\n"
            })
    void malformedHeadersAreNotAnswered200(String rest) {
        assertThat(edge.raw(HEAD + rest + SMUGGLED)).doesNotContain("200 OK");
    }

    @Test
    void oneConnectionServesManyRequests() {
        String answer = edge.raw(
                HEAD + "Content-Length: 2\r\n\r\n{}" + HEAD + "Content-Length: 2\r\nConnection: close\r\n\r\n{}");
        assertThat(answer.split("HTTP/1.1 200 OK", -1)).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "GET",
                "GET /parse/echo HTTP/1.1\r\nHost: x\r\nX-Parse",
                "POST /parse/echo HTTP/1.1\r\nHost: x\r\nX-Parse-Application-Id: A\r\nContent-Length: 100\r\n\r\n{\"a\":",
                "POST /parse/echo HTTP/1.1\r\nHost: x\r\nX-Parse-Application-Id: A\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{\"a"
            })
    void aClientThatStopsTalkingIsLeft(String half) {
        long start = System.nanoTime();
        String answer = edge.raw(half);
        assertThat(answer).doesNotContain("200 OK");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
    }

    @Test
    void aClientThatDribblesIsLeftAfterTheLongestRequest() throws IOException {
        long start = System.nanoTime();
        try (var socket = new Socket("127.0.0.1", edge.server.port())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(HEAD.getBytes(StandardCharsets.US_ASCII));
            var dribble = Thread.ofVirtual().start(() -> {
                try {
                    for (int i = 0; i < 200; i++) {
                        socket.getOutputStream().write(("X-" + i + ": 1\r\n").getBytes(StandardCharsets.US_ASCII));
                        socket.getOutputStream().flush();
                        Thread.sleep(100); // the subject of this test is time that passes on a socket
                    }
                } catch (IOException | InterruptedException _) {
                    // the server has hung up, as it should
                }
            });
            int first;
            try {
                first = socket.getInputStream().read();
            } catch (IOException _) {
                first = -1;
            }
            dribble.interrupt();
            assertThat(first).isIn(-1, (int) 'H');
        }
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
    }

    @Test
    void aLengthThatIsOnlyClaimedCostsNothing() {
        long before = Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
        for (int i = 0; i < 20; i++) {
            String answer = edge.raw(HEAD + "Content-Length: 999999\r\nConnection: close\r\n\r\n{");
            assertThat(answer).doesNotContain("200 OK");
        }
        long after = Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
        assertThat(after - before).isLessThan(200_000_000);
    }

    @Test
    void anAddressBeyondTheLimitIsRefused() {
        String answer = edge.raw("GET /parse/echo?x=" + "x".repeat(200_000) + " HTTP/1.1\r\nHost: x\r\n\r\n");
        assertThat(answer).doesNotContain("200 OK");
    }

    @Test
    void headersBeyondTheLimitAreRefused() {
        String answer = edge.raw(HEAD + "X-Long: " + "x".repeat(200_000) + "\r\nContent-Length: 2\r\n\r\n{}");
        assertThat(answer).doesNotContain("200 OK");
    }

    @Test
    void aBodyTooLargeIsAnsweredEvenWhileTheClientStillSends() {
        String answer = edge.raw(HEAD + "Content-Length: 1500000\r\n\r\n" + "x".repeat(1_500_000));
        assertThat(answer).startsWith("HTTP/1.1 413").endsWith("{\"error\":\"request entity too large\"}");
    }

    @Test
    void aClientThatAsksBeforeSendingTooMuchIsToldAtOnce() {
        String answer = edge.raw(HEAD + "Content-Length: 1500000\r\nExpect: 100-continue\r\n\r\n");
        assertThat(answer).contains("413").contains("request entity too large").doesNotContain("100 Continue");
    }

    @Test
    void textThatIsNoUtf8IsRefused() {
        byte[] head = (HEAD + "Content-Length: 9\r\nConnection: close\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
        byte[] body = {'{', '"', 'a', '"', ':', '"', (byte) 0xff, '"', '}'};
        var all = new byte[head.length + body.length];
        System.arraycopy(head, 0, all, 0, head.length);
        System.arraycopy(body, 0, all, head.length, body.length);
        assertThat(edge.raw(all)).startsWith("HTTP/1.1 400");
    }

    @Test
    void aResponseHeaderCannotBeSplit() {
        String answer = edge.raw(
                "GET /parse/echo HTTP/1.1\r\nHost: x\r\nX-Parse-Application-Id: A\r\nOrigin: a\r\n\tX: y\r\nConnection: close\r\n\r\n");
        assertThat(answer).doesNotContain("\r\nX: y");
    }
}
