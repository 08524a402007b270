package dev.kami.parse.api;

import dev.kami.parse.api.Incoming.SentKeys;
import dev.kami.parse.api.RouteTable.Access;
import dev.kami.parse.api.RouteTable.Match;
import dev.kami.parse.auth.Auth;
import dev.kami.parse.auth.Caller;
import dev.kami.parse.auth.RequestInfo;
import dev.kami.parse.error.ErrorCode;
import dev.kami.parse.error.ParseException;
import dev.kami.parse.log.Log;
import dev.kami.parse.metrics.Metrics;
import dev.kami.parse.options.IdempotencyOptions;
import dev.kami.parse.options.LoggingOptions;
import dev.kami.parse.options.Options;
import dev.kami.parse.options.PermissionOptions;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Answers requests: from the keys that were sent to the handler of the route. The steps of {@link #answer} stand in the
 * order in which their refusals reach a client, which is that of the genuine server.
 *
 * <p>Made before the database is open, so that {@code /health} can answer; {@link #open} adds the rest.
 */
public final class Api {
    private static final ApiResponse UNAUTHORIZED = new ApiResponse(
            403,
            Map.of(),
            new ApiResponse.Body.Raw(null, "{\"error\":\"unauthorized\"}".getBytes(StandardCharsets.US_ASCII)));
    private static final int TOO_MANY_REQUESTS = 429;

    /** First segments of the routes that look at X-Parse-Request-Id. */
    private static final Set<String> IDEMPOTENT = Set.of("classes", "users", "installations", "functions", "jobs");

    /** An answer and where its time is counted. */
    public record Answer(ApiResponse response, RouteMetrics metrics) {}

    /** @param metrics by the number of the route */
    private record Open(Services services, RouteMetrics[] metrics) {}

    private final Keys keys;
    private final Health health;
    private final Metrics metrics;
    private final Errors errors;
    private final RateLimits rateLimits;
    private final RouteAllowList allowList;
    private final IdempotencyOptions idempotency;
    private final Batch batch;
    private final boolean metricsRoute;
    private final RouteMetrics elsewhere;
    private volatile Open open;

    public Api(Options options, Keys keys, Health health, Log log, Metrics metrics, InstantSource clock) {
        this.keys = keys;
        this.health = health;
        this.metrics = metrics;
        this.errors = new Errors(log, options.is(PermissionOptions.ENABLE_SANITIZED_ERROR_RESPONSE));
        this.rateLimits = RateLimits.of(options, clock);
        this.allowList = RouteAllowList.of(options);
        this.idempotency = IdempotencyOptions.of(options);
        this.batch = new Batch(this, options, errors, log);
        this.metricsRoute = options.is(LoggingOptions.METRICS);
        this.elsewhere = new RouteMetrics(metrics, "-", "none");
    }

    /** From now on requests reach their routes. */
    public void open(Services services) {
        RouteTable routes = services.routes();
        routes.add("POST", "/batch", batch);
        if (metricsRoute) {
            routes.add("GET", "/metrics", this::metrics);
        }
        var byRoute = routes.routes().stream()
                .map(route -> {
                    int blank = route.indexOf(' ');
                    return new RouteMetrics(metrics, route.substring(0, blank), route.substring(blank + 1));
                })
                .toArray(RouteMetrics[]::new);
        open = new Open(services, byRoute);
    }

    /** The answer to a request that could not even be read. */
    public Answer unreadable(ParseException e) {
        return new Answer(errors.response(e), elsewhere);
    }

    /** Never throws for what a request can do wrong, nor for a defect in a handler. */
    public Answer answer(Incoming in) {
        Open now = open;
        RouteMetrics where = elsewhere;
        try {
            if (isHealth(in.path())) {
                allowList.check(in.method(), in.path(), Auth.NOBODY);
                return new Answer(health.response(), where);
            }
            Optional<Match> match = now == null ? Optional.empty() : match(now, in.method(), in.path());
            if (match.isPresent()) {
                where = now.metrics[match.get().route()];
            }
            return new Answer(respond(now, match, in), where);
        } catch (ParseException e) {
            return new Answer(errors.response(e), where);
        } catch (RuntimeException | StackOverflowError defect) {
            return new Answer(errors.response(defect), where);
        }
    }

    private static boolean isHealth(String path) {
        return path.regionMatches(true, 0, "/health", 0, "/health".length())
                && (path.length() == "/health".length() || path.charAt("/health".length()) == '/');
    }

    private ApiResponse respond(Open now, Optional<Match> match, Incoming in) {
        if (match.isPresent() && match.get().access() != Access.KEYS) {
            return open(match.get(), in);
        }
        SentKeys sent = in.keys();
        if (!keys.isKnownApp(sent.appId())) {
            return UNAUTHORIZED;
        }
        if (now == null || health.state() != Health.State.OK && health.state() != Health.State.STOPPING) {
            throw new ParseException(
                    ErrorCode.INTERNAL_SERVER_ERROR,
                    "Invalid server state: " + health.state().text());
        }
        Auth key = keys.auth(sent, in.ip());
        if (key == null) {
            return UNAUTHORIZED;
        }
        String token = key != Auth.NOBODY || isPath(in.path(), "/login") ? null : sent.sessionToken();
        var session = new Session(now.services.sessions(), token, sent.installationId(), in.path(), key);
        if (!rateLimits.none() && !key.isMaintenance()) {
            Optional<String> refusal = rateLimits.refusal(new RateLimits.Ask(
                    in.method(), in.sentMethod(), in.path(), in.ip(), key.isMaster(), token, session));
            if (refusal.isPresent()) {
                return tooManyRequests(refusal.get());
            }
        }
        allowList.check(in.method(), in.path(), key);
        Auth auth = session.get();
        if (match.isEmpty()) {
            return NotFoundPage.response(in.method(), in.fullPath());
        }
        useRequestId(now, match.get(), in);
        return match.get().handler().handle(request(in, match.get().variables(), auth));
    }

    /** Routes for everybody. */
    private ApiResponse open(Match match, Incoming in) {
        if (match.access() == Access.OPEN_COUNTED) {
            Optional<String> refusal = rateLimits.refusal(new RateLimits.Ask(
                    in.method(), in.sentMethod(), in.path(), in.ip(), false, null, () -> Auth.NOBODY));
            if (refusal.isPresent()) {
                return tooManyRequests(refusal.get());
            }
        }
        return match.handler().handle(request(in, match.variables(), Auth.NOBODY));
    }

    /** The caller behind a session token, looked up once, when somebody wants to know. */
    private static final class Session implements Supplier<Auth> {
        private final SessionResolver sessions;
        private final String token;
        private final String installationId;
        private final String path;
        private Auth auth;

        Session(SessionResolver sessions, String token, String installationId, String path, Auth key) {
            this.sessions = sessions;
            this.token = token;
            this.installationId = installationId;
            this.path = path;
            this.auth = token == null || token.isEmpty() ? key : null;
        }

        @Override
        public Auth get() {
            if (auth == null) {
                auth = !token.startsWith("r:") && isPath(path, "/upgradeToRevocableSession")
                        ? sessions.resolveLegacy(token, installationId)
                        : sessions.resolve(token, installationId);
            }
            return auth;
        }
    }

    /** HEAD is answered as GET; whoever writes the answer leaves its body out. */
    private static Optional<Match> match(Open now, String method, String path) {
        return now.services.routes().match(method.equals("HEAD") ? "GET" : method, path);
    }

    /** Whether a path as sent leads to this route without variables. */
    private static boolean isPath(String path, String route) {
        return path.equalsIgnoreCase(route)
                || path.length() > route.length() && RoutedPath.of(path).sent().equalsIgnoreCase(route);
    }

    private ApiRequest request(Incoming in, Map<String, String> variables, Auth auth) {
        var info = new RequestInfo(in.id(), in.keys().installationId(), in.ip(), in.headers(), in.context());
        return new ApiRequest(
                in.method(),
                in.path(),
                variables,
                in.query(),
                in.body(),
                in.bytes(),
                in.headers(),
                new Caller(auth, info));
    }

    private static ApiResponse tooManyRequests(String text) {
        return ApiResponse.json(TOO_MANY_REQUESTS, out -> out.startObject()
                .name("code")
                .number(ErrorCode.CONNECTION_FAILED.number())
                .name("error")
                .string(text)
                .endObject());
    }

    private void useRequestId(Open now, Match match, Incoming in) {
        if (in.requestId() == null
                || !(in.method().equals("POST") || in.method().equals("PUT"))
                || !idempotency.covers(in.path())) {
            return;
        }
        String pattern = match.pattern();
        int end = pattern.indexOf('/', 1);
        if (IDEMPOTENT.contains(pattern.substring(1, end < 0 ? pattern.length() : end))) {
            now.services.requestIds().use(in.requestId());
        }
    }

    private ApiResponse metrics(ApiRequest request) {
        request.requireMaster();
        return ApiResponse.text(200, "text/plain; version=0.0.4; charset=utf-8", metrics.prometheusText());
    }

    // ---- for the requests inside a batch ----------------------------------------------------------------------------

    Optional<Match> match(String method, String path) {
        return match(open, method, path);
    }

    Transactions transactions() {
        return open.services.transactions();
    }

    /** The rules for paths, applied to a request inside a batch. */
    void checkInner(String method, String path, ApiRequest outer) {
        Auth auth = outer.auth();
        allowList.check(method, path, auth);
        if (!rateLimits.none() && !auth.isMaintenance()) {
            String token = auth instanceof Auth.User user && !isPath(path, "/login") ? user.sessionToken() : null;
            var ask = new RateLimits.Ask(
                    method, "POST", path, outer.caller().info().ip(), auth.isMaster(), token, () -> auth);
            rateLimits.refusal(ask).ifPresent(text -> {
                throw new ParseException(ErrorCode.CONNECTION_FAILED, text);
            });
        }
    }
}
