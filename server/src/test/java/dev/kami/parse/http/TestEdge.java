package dev.kami.parse.http;

import dev.kami.parse.api.Api;
import dev.kami.parse.api.ApiResponse;
import dev.kami.parse.api.Health;
import dev.kami.parse.api.Keys;
import dev.kami.parse.api.RequestIds;
import dev.kami.parse.api.RouteTable;
import dev.kami.parse.api.Services;
import dev.kami.parse.api.SessionResolver;
import dev.kami.parse.api.Transactions;
import dev.kami.parse.error.ErrorCode;
import dev.kami.parse.error.ParseException;
import dev.kami.parse.log.Log;
import dev.kami.parse.log.LogLevel;
import dev.kami.parse.log.RequestLog;
import dev.kami.parse.metrics.Metrics;
import dev.kami.parse.options.Options;
import dev.kami.parse.options.OptionsBuilder;
import dev.kami.parse.value.JsonReader;
import dev.kami.parse.value.ParseValue;
import dev.kami.parse.value.ParseValue.Obj;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** A server with a few routes of its own, on a free port: the whole way from the socket to a handler and back. */
final class TestEdge implements AutoCloseable {
    /** What {@code /echo} answers: all that the edge made of a request. */
    private static ApiResponse echo(dev.kami.parse.api.ApiRequest request) {
        return ApiResponse.ok(Obj.of(
                "method", ParseValue.of(request.method()),
                "query", request.query(),
                "body", request.body(),
                "bytes", ParseValue.of(request.bytes() == null ? -1 : request.bytes().length),
                "context", request.caller().info().context(),
                "ip", ParseValue.of(request.caller().info().ip()),
                "installationId",
                        ParseValue.of(String.valueOf(request.caller().info().installationId())),
                "auth", ParseValue.of(request.auth().getClass().getSimpleName()),
                "userAgent", ParseValue.of(String.valueOf(request.headers().get("user-agent")))));
    }

    final List<String> log = new CopyOnWriteArrayList<>();
    final Set<String> usedIds = new HashSet<>();
    final Health health = new Health();
    final Metrics metrics = new Metrics();
    final HttpServer server;
    private final HttpClient client = HttpClient.newHttpClient();

    TestEdge(Consumer<OptionsBuilder> more) {
        this(more, HttpServer.Limits.STANDARD);
    }

    TestEdge(Consumer<OptionsBuilder> more, HttpServer.Limits limits) {
        this(more, limits, InstantSource.system());
    }

    TestEdge(Consumer<OptionsBuilder> more, HttpServer.Limits limits, InstantSource clock) {
        OptionsBuilder builder = Options.builder().set("appId", "A").set("masterKey", "M");
        more.accept(builder);
        Options options = builder.build();
        var lines = Log.to((level, message, meta) -> log.add(level + " " + message + " " + meta), LogLevel.VERBOSE);
        var keys = new Keys(options, lines);
        var api = new Api(options, keys, health, lines, metrics, clock);
        api.open(new Services(routes(), SessionResolver.NONE, requestIds(), transactions()));
        health.become(Health.State.OK);
        server = HttpServer.open("127.0.0.1", 0, new HttpEdge(api, keys, options, new RequestLog(lines)), limits);
    }

    private static RouteTable routes() {
        var routes = new RouteTable();
        for (String method : List.of("GET", "POST", "PUT", "DELETE")) {
            routes.add(method, "/echo", TestEdge::echo);
            routes.add(method, "/classes/:className", TestEdge::echo);
            routes.add(method, "/functions/:name", TestEdge::echo);
        }
        routes.add("POST", "/login", TestEdge::echo);
        routes.add("POST", "/files/:name", TestEdge::echo);
        routes.add(
                "GET",
                "/variable/:a/:b",
                request -> ApiResponse.ok(
                        Obj.of("a", ParseValue.of(request.variable("a")), "b", ParseValue.of(request.variable("b")))));
        routes.add("GET", "/missing", _ -> {
            throw ParseException.objectNotFound();
        });
        routes.add("GET", "/denied", _ -> {
            throw ParseException.denied(ErrorCode.OPERATION_FORBIDDEN, "class Secret exists");
        });
        routes.add("GET", "/master", request -> {
            request.requireMaster();
            return ApiResponse.empty();
        });
        routes.add("GET", "/broken", _ -> {
            throw new IllegalStateException("a defect");
        });
        routes.add("GET", "/deep", _ -> {
            throw new StackOverflowError();
        });
        routes.add(
                "GET",
                "/large",
                request -> ApiResponse.ok(ParseValue.of("x"
                        .repeat(
                                ((ParseValue.Num) request.query().get("size")).value() > 0
                                        ? (int) ((ParseValue.Num)
                                                        request.query().get("size"))
                                                .value()
                                        : 0))));
        routes.addOpen(
                "GET", "/files/:appId/:name", request -> ApiResponse.text(200, "text/plain", request.variable("name")));
        routes.add("GET", "/located", _ -> ApiResponse.empty().withHeader("Location", "http://x/y"));
        return routes;
    }

    private RequestIds requestIds() {
        return id -> {
            synchronized (usedIds) {
                if (!usedIds.add(id)) {
                    throw new ParseException(ErrorCode.DUPLICATE_REQUEST, "Duplicate request");
                }
            }
        };
    }

    private static Transactions transactions() {
        return new Transactions() {
            @Override
            public <T> T run(Callable<T> work) throws Exception {
                return work.call();
            }
        };
    }

    String url(String path) {
        return "http://127.0.0.1:" + server.port() + "/parse" + path;
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(url(path)))
                .timeout(Duration.ofSeconds(20))
                .header("X-Parse-Application-Id", "A");
    }

    HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return client.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    HttpResponse<String> get(String path) {
        return send(request(path));
    }

    HttpResponse<String> post(String path, String body) {
        return send(request(path).POST(BodyPublishers.ofString(body)).header("Content-Type", "application/json"));
    }

    static Obj json(HttpResponse<String> response) {
        return (Obj) JsonReader.read(response.body());
    }

    /** Sends bytes as they are and reads until the server closes the connection. */
    String raw(String text) {
        return raw(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    String raw(byte[] bytes) {
        try (var socket = new Socket("127.0.0.1", server.port())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(bytes);
            socket.getOutputStream().flush();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return "broken: " + e.getMessage();
        }
    }

    @Override
    public void close() {
        client.close();
        server.close();
    }
}
