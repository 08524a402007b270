package dev.kami.parse.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class HttpServerTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /par",
                "POST /parse/echo HTTP/1.1\r\nHost: x\r\nContent-Le",
                "POST /parse/echo HTTP/1.1\r\nHost: x\r\nX-Parse-Application-Id: A\r\nContent-Length: 100\r\n\r\n{",
            })
    void halfARequestDoesNotHoldTheServerForTheWholeGrace(String half) throws IOException {
        var limits = new HttpServer.Limits(Duration.ofSeconds(50), Duration.ofMinutes(5), Duration.ofSeconds(20));
        var edge = new TestEdge(options -> {}, limits);
        try (var socket = new Socket("127.0.0.1", edge.server.port())) {
            socket.getOutputStream().write(half.getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().flush();
            edge.get("/echo"); // by then the server has seen the other connection too
            long start = System.nanoTime();
            edge.close();
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
        }
    }
}
