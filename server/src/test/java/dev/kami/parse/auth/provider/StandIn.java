package dev.kami.parse.auth.provider;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.kami.parse.auth.provider.ProviderHttp.Limits;
import dev.kami.parse.log.Log;
import dev.kami.parse.value.JsonReader;
import dev.kami.parse.value.ParseValue.Obj;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/**
 * A server on loopback in place of all providers: {@code https://api.github.com/user} is asked as
 * {@code http://127.0.0.1:port/api.github.com/user}, so tests see which address an adapter really uses. What is not set up
 * answers 404.
 */
public final class StandIn implements AutoCloseable {
    /** @param url host and path, without scheme and query */
    public record Request(
            String method, String url, Map<String, String> query, Map<String, String> headers, String body) {
        public Obj json() {
            return (Obj) JsonReader.read(body);
        }

        public Map<String, String> form() {
            return pairs(body);
        }
    }

    public record Reply(int status, Map<String, String> headers, byte[] body) {
        public static Reply json(String body) {
            return of(200, "application/json", body);
        }

        public static Reply of(int status, String type, String body) {
            return new Reply(status, Map.of("Content-Type", type), body.getBytes(StandardCharsets.UTF_8));
        }
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, Function<Request, Reply>> places = new ConcurrentHashMap<>();
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final ProviderHttp http;

    public StandIn() {
        this(new Limits(Duration.ofSeconds(5), Duration.ofSeconds(20), 1 << 20));
    }

    StandIn(Limits limits) {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
        http = new ProviderHttp(limits, this::route, Log.off());
    }

    private URI route(URI uri) {
        String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/" + uri.getRawAuthority()
                + uri.getRawPath() + query);
    }

    public ProviderHttp http() {
        return http;
    }

    public StandIn on(String url, Function<Request, Reply> place) {
        places.put(url, place);
        return this;
    }

    /** Answers with status 200 and this JSON. */
    public StandIn on(String url, String json) {
        return on(url, request -> Reply.json(json));
    }

    public StandIn on(String url, int status, String json) {
        return on(url, request -> Reply.of(status, "application/json", json));
    }

    public List<Request> requests() {
        return List.copyOf(requests);
    }

    /** The requests to one place. */
    public List<Request> requests(String url) {
        return requests.stream().filter(request -> request.url().equals(url)).toList();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            var headers = new HashMap<String, String>();
            exchange.getRequestHeaders().forEach((name, values) -> headers.put(name.toLowerCase(), values.getFirst()));
            var request = new Request(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().getRawPath().substring(1),
                    pairs(exchange.getRequestURI().getRawQuery()),
                    headers,
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            requests.add(request);
            Reply reply = places.getOrDefault(request.url(), other -> Reply.of(404, "text/plain", "no such place"))
                    .apply(request);
            reply.headers().forEach(exchange.getResponseHeaders()::set);
            exchange.sendResponseHeaders(reply.status(), reply.body().length == 0 ? -1 : reply.body().length);
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(reply.body());
            }
        }
    }

    private static Map<String, String> pairs(String text) {
        var pairs = new HashMap<String, String>();
        if (text != null) {
            ProviderAnswer.form(text).fields().forEach((name, value) -> pairs.put(name, ProviderAnswer.id(value)));
        }
        return pairs;
    }

    @Override
    public void close() {
        http.close();
        server.stop(0);
        threads.shutdownNow();
    }
}
