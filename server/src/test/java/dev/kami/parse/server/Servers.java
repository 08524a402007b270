package dev.kami.parse.server;

import dev.kami.parse.options.Options;
import dev.kami.parse.options.OptionsBuilder;
import dev.kami.parse.value.JsonReader;
import dev.kami.parse.value.ParseValue;
import dev.kami.parse.value.ParseValue.Obj;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.UUID;
import java.util.function.Consumer;

/** Whole servers for tests, and a client. */
final class Servers {
    static final HttpClient CLIENT = HttpClient.newHttpClient();

    private Servers() {}

    /** On a free port, with appId A and masterKey M, on a database in memory, without log. */
    static ParseServer start(Consumer<OptionsBuilder> more) {
        OptionsBuilder builder = Options.builder()
                .set("appId", "A")
                .set("masterKey", "M")
                .set("port", 0)
                .set("host", "127.0.0.1")
                .set("databaseURI", "h2:mem:" + UUID.randomUUID())
                .set("allowClientClassCreation", true)
                .set("verifyServerUrl", false)
                .set("logsFolder", null)
                .set("silent", true);
        more.accept(builder);
        return ParseServer.start(builder.build());
    }

    static HttpRequest.Builder request(ParseServer server, String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/parse" + path))
                .timeout(Duration.ofSeconds(20))
                .header("X-Parse-Application-Id", "A")
                .header("Content-Type", "application/json");
    }

    static HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return CLIENT.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    static HttpResponse<String> get(ParseServer server, String path) {
        return send(request(server, path));
    }

    static HttpResponse<String> post(ParseServer server, String path, String json) {
        return send(request(server, path).POST(BodyPublishers.ofString(json)));
    }

    static ParseValue json(HttpResponse<String> response) {
        return JsonReader.read(response.body());
    }

    static String createScore(ParseServer server, int score) {
        return ((Obj) json(post(server, "/classes/GameScore", "{\"score\":" + score + "}"))).text("objectId");
    }
}
