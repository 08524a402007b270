package dev.kami.parse.benchmarks;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.WebServer;
import java.nio.charset.StandardCharsets;

/**
 * The yardstick: a Helidon server of the same version that answers constant JSON and does nothing else. Started by
 * {@code server/benchmarks/http.sh} beside the real server, so that both are measured in the same minute.
 *
 * <p>Arguments: port.
 */
public final class BareEndpoint {
    private static final byte[] OBJECT = """
            {"objectId":"abcdefghij","createdAt":"2026-01-01T00:00:00.000Z","updatedAt":"2026-01-01T00:00:00.000Z",\
            "playerName":"Sean Plott","score":1337,"cheatMode":false}""".getBytes(StandardCharsets.UTF_8);

    private BareEndpoint() {}

    public static void main(String[] arguments) {
        WebServer.builder()
                .host("127.0.0.1")
                .port(Integer.parseInt(arguments[0]))
                .routing(routing -> routing.get("/object", (_, response) -> {
                    response.headers().set(HeaderNames.CONTENT_TYPE, "application/json; charset=utf-8");
                    response.send(OBJECT);
                }))
                .build()
                .start();
    }
}
