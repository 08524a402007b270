package dev.kami.parse.api;

import dev.kami.parse.api.Incoming.SentKeys;
import dev.kami.parse.auth.Auth;
import dev.kami.parse.error.ErrorCode;
import dev.kami.parse.error.ParseException;
import dev.kami.parse.log.Log;
import dev.kami.parse.log.LogLevel;
import dev.kami.parse.metrics.Metrics;
import dev.kami.parse.options.Options;
import dev.kami.parse.options.OptionsBuilder;
import dev.kami.parse.value.JsonReader;
import dev.kami.parse.value.JsonWriter;
import dev.kami.parse.value.ParseObject;
import dev.kami.parse.value.ParseValue;
import dev.kami.parse.value.ParseValue.Obj;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** An API with a few routes, without sockets and without a database. Sessions: token {@code r:ann} is user Ann. */
final class ApiFixture {
    final List<String> log = new CopyOnWriteArrayList<>();
    final List<String> calls = new CopyOnWriteArrayList<>();
    final List<String> requestIds = new ArrayList<>();
    final Health health = new Health();
    final Metrics metrics = new Metrics();
    final Api api;
    private final RouteTable routes = new RouteTable();
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    /** Transactions begun and undone. */
    int begun;

    int undone;
    /** How many transactions still lose against another one. */
    int conflicts;

    ApiFixture() {
        this(_ -> {});
    }

    ApiFixture(Consumer<OptionsBuilder> more) {
        OptionsBuilder builder = Options.builder().set("appId", "A").set("masterKey", "M");
        more.accept(builder);
        Options options = builder.build();
        Log lines = Log.to((level, message, meta) -> log.add(level + " " + message), LogLevel.VERBOSE);
        api = new Api(options, new Keys(options, lines), health, lines, metrics, () -> now);
    }

    /** Opens the API with the routes below and those that were added. */
    ApiFixture open() {
        for (String method : List.of("GET", "POST", "PUT", "DELETE")) {
            add(method, "/classes/:className", this::echo);
            add(method, "/classes/:className/:objectId", this::echo);
        }
        add("POST", "/functions/:name", this::echo);
        add("POST", "/login", this::echo);
        add("GET", "/sessions/me", this::echo);
        add("POST", "/upgradeToRevocableSession", this::echo);
        api.open(new Services(routes, new Sessions(), this::useRequestId, new Transactions() {
            @Override
            public <T> T run(Callable<T> work) throws Exception {
                return inTransaction(work);
            }
        }));
        health.become(Health.State.OK);
        return this;
    }

    ApiFixture add(String method, String pattern, Handler handler) {
        routes.add(method, pattern, handler);
        return this;
    }

    void advance(Duration time) {
        now = now.plus(time);
    }

    private <T> T inTransaction(Callable<T> work) throws Exception {
        begun++;
        try {
            T result = work.call();
            if (conflicts > 0) {
                conflicts--;
                throw new ParseException(ErrorCode.INVALID_LINKED_SESSION, "lost");
            }
            return result;
        } catch (RuntimeException e) {
            undone++;
            throw e;
        }
    }

    private void useRequestId(String id) {
        if (requestIds.contains(id)) {
            throw new ParseException(ErrorCode.DUPLICATE_REQUEST, "Duplicate request");
        }
        requestIds.add(id);
    }

    private ApiResponse echo(ApiRequest request) {
        calls.add(request.method() + " " + request.path());
        if (request.body().text("fail") instanceof String text) {
            throw new ParseException(ErrorCode.INCORRECT_TYPE, text);
        }
        if (request.body().has("defect")) {
            throw new IllegalStateException("a defect");
        }
        return ApiResponse.ok(Obj.of(
                "auth", ParseValue.of(request.auth().getClass().getSimpleName()),
                "body", request.body()));
    }

    private static final class Sessions implements SessionResolver {
        @Override
        public Auth.User resolve(String token, String installationId) {
            if (!token.equals("r:ann")) {
                throw new ParseException(ErrorCode.INVALID_SESSION_TOKEN, "Invalid session token");
            }
            return user("ann", token);
        }

        @Override
        public Auth.User resolveLegacy(String token, String installationId) {
            return user("old", token);
        }

        private static Auth.User user(String id, String token) {
            return new Auth.User(ParseObject.of("_User", Obj.of("objectId", ParseValue.of(id))), token, Set.of());
        }
    }

    /** A request that is built step by step. */
    final class Request {
        private final String method;
        private final String path;
        private String sentMethod;
        private Obj body = Obj.EMPTY;
        private SentKeys keys = new SentKeys("A", null, null, null, null, null, null, null, null);
        private String requestId;
        private String ip = "127.0.0.1";

        private Request(String method, String path) {
            this.method = method;
            this.sentMethod = method;
            this.path = path;
        }

        Request keys(SentKeys other) {
            keys = other;
            return this;
        }

        Request master() {
            return keys(new SentKeys("A", "M", null, null, null, null, null, null, null));
        }

        Request session(String token) {
            return keys(new SentKeys("A", null, null, token, null, null, null, null, null));
        }

        Request body(String json) {
            body = (Obj) JsonReader.read(json);
            return this;
        }

        Request from(String address) {
            ip = address;
            return this;
        }

        Request requestId(String id) {
            requestId = id;
            return this;
        }

        Request sentAs(String other) {
            sentMethod = other;
            return this;
        }

        Reply send() {
            ApiResponse response = api.answer(new Incoming(
                            "id",
                            method,
                            sentMethod,
                            path,
                            "/parse" + path,
                            Obj.EMPTY,
                            body,
                            null,
                            keys,
                            requestId,
                            Obj.EMPTY,
                            ip,
                            Map.of()))
                    .response();
            return new Reply(response.status(), text(response), response.headers());
        }
    }

    record Reply(int status, String body, Map<String, String> headers) {
        Obj json() {
            return (Obj) JsonReader.read(body);
        }
    }

    private static String text(ApiResponse response) {
        return switch (response.body()) {
            case ApiResponse.Body.Json json -> {
                var out = new JsonWriter();
                json.writeTo(out);
                yield new String(out.toBytes(), StandardCharsets.UTF_8);
            }
            case ApiResponse.Body.Raw(var _, byte[] bytes) -> new String(bytes, StandardCharsets.UTF_8);
        };
    }

    Request request(String method, String path) {
        return new Request(method, path);
    }

    Request get(String path) {
        return request("GET", path);
    }

    Request post(String path, String json) {
        return request("POST", path).body(json);
    }
}
