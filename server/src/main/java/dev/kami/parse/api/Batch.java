package dev.kami.parse.api;

import dev.kami.parse.api.RouteTable.Match;
import dev.kami.parse.error.ErrorCode;
import dev.kami.parse.error.ParseException;
import dev.kami.parse.log.Log;
import dev.kami.parse.log.RequestScope;
import dev.kami.parse.options.CoreOptions;
import dev.kami.parse.options.Options;
import dev.kami.parse.options.RequestComplexity;
import dev.kami.parse.value.JsonWriter;
import dev.kami.parse.value.ParseValue;
import dev.kami.parse.value.ParseValue.Array;
import dev.kami.parse.value.ParseValue.Obj;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * {@code POST /batch}: several requests in one, with the caller of the outer one.
 *
 * <p>All requests are read and checked before the first one runs, so a request that cannot be routed refuses the whole
 * batch and leaves nothing written. Then they run at the same time, at most {@value #AT_ONCE}, and their answers stand in
 * the order of the requests. With {@code "transaction":true} they run one after the other on one connection, and the
 * first error undoes all.
 */
final class Batch implements Handler {
    private static final int AT_ONCE = 10;
    private static final int RETRIES = 5;

    /** One request of a batch, with its route. */
    private record Inner(Match match, ApiRequest request) {}

    /** Leaves a transaction because of this error. Carries no stack, it is only a way out. */
    private static final class Undone extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final transient RuntimeException error;

        Undone(RuntimeException error) {
            super(null, null, false, false);
            this.error = error;
        }
    }

    private final Api api;
    private final Errors errors;
    private final Log log;
    private final int limit;
    private final String mount;
    /** Paths of serverURL and publicServerURL when they differ, else {@code null}: then a path may begin with either. */
    private final String localPath;

    private final String publicPath;

    Batch(Api api, Options options, Errors errors, Log log) {
        this.api = api;
        this.errors = errors;
        this.log = log;
        limit = RequestComplexity.of(options).batchRequestLimit();
        mount = options.mountPath();
        String local = pathOf(options.get(CoreOptions.SERVER_URL));
        String outside = pathOf(options.get(CoreOptions.PUBLIC_SERVER_URL));
        boolean differ = local != null && outside != null && !local.equals(outside);
        localPath = differ ? local : null;
        publicPath = differ ? outside : null;
    }

    private static String pathOf(String url) {
        if (url == null) {
            return null;
        }
        try {
            String path = URI.create(url).getRawPath();
            return path == null || path.equals("/")
                    ? ""
                    : path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        } catch (IllegalArgumentException _) {
            return null; // not an address: only the mount path counts
        }
    }

    @Override
    public ApiResponse handle(ApiRequest outer) {
        if (!(outer.body().get("requests") instanceof Array(var requests))) {
            throw new ParseException(ErrorCode.INVALID_JSON, "requests must be an array");
        }
        if (!outer.auth().seesEverything() && RequestComplexity.exceeds(requests.size(), limit)) {
            throw new ParseException(
                    ErrorCode.INVALID_JSON,
                    "Batch request contains " + requests.size() + " sub-requests, which exceeds the limit of " + limit
                            + ".");
        }
        List<Inner> inner = read(requests, outer);
        return ParseValue.TRUE.equals(outer.body().get("transaction")) ? inTransaction(inner) : atOnce(inner, outer);
    }

    private List<Inner> read(List<ParseValue> requests, ApiRequest outer) {
        for (ParseValue request : requests) {
            if (!(request instanceof Obj fields) || fields.text("path") == null) {
                throw new ParseException(ErrorCode.INVALID_JSON, "batch request path must be a string");
            }
        }
        var all = new ArrayList<Inner>(requests.size());
        for (ParseValue request : requests) {
            Obj fields = (Obj) request;
            String sentMethod = fields.text("method");
            String method = sentMethod == null ? "GET" : sentMethod.toUpperCase(Locale.ROOT);
            String path = routable(fields.text("path"));
            if (method.equals("POST") && RoutedPath.of(path).sent().equalsIgnoreCase("/batch")) {
                throw new ParseException(ErrorCode.INVALID_JSON, "nested batch requests are not allowed");
            }
            api.checkInner(method, path, outer);
            Optional<Match> match = sentMethod == null ? Optional.empty() : api.match(sentMethod, path);
            if (match.isEmpty()) {
                throw new ParseException(
                        ErrorCode.INVALID_JSON,
                        "cannot route " + (sentMethod == null ? "undefined" : sentMethod) + " " + path);
            }
            Obj body = fields.get("body") instanceof Obj given ? given : Obj.EMPTY;
            all.add(new Inner(
                    match.get(),
                    new ApiRequest(
                            method, path, match.get().variables(), Obj.EMPTY, body, null, Map.of(), outer.caller())));
        }
        return all;
    }

    /** The path below the mount path; clients send it with the path of the address they use. */
    private String routable(String path) {
        String below;
        if (localPath == null) {
            below = below(path, mount);
        } else {
            boolean local = path.startsWith(localPath);
            boolean outside = path.startsWith(publicPath);
            if (local && outside) {
                below = path.substring(Math.max(localPath.length(), publicPath.length()));
            } else {
                below = below(path, local ? localPath : publicPath);
            }
        }
        return below.startsWith("/") ? below : "/" + below;
    }

    private static String below(String path, String prefix) {
        if (!path.startsWith(prefix)) {
            throw new ParseException(ErrorCode.INVALID_JSON, "cannot route batch path " + path);
        }
        return path.substring(prefix.length());
    }

    private ApiResponse atOnce(List<Inner> all, ApiRequest outer) {
        var answers = new byte[all.size()][];
        var next = new AtomicInteger();
        Runnable work = () -> {
            for (int i = next.getAndIncrement(); i < answers.length; i = next.getAndIncrement()) {
                answers[i] = answer(all.get(i));
            }
        };
        String requestId = outer.caller().info().requestId();
        var helpers = new ArrayList<Thread>();
        for (int i = 1; i < Math.min(AT_ONCE, answers.length); i++) {
            helpers.add(Thread.ofVirtual().name("batch-" + requestId).start(() -> RequestScope.run(requestId, work)));
        }
        work.run();
        helpers.forEach(Batch::join);
        return list(Arrays.asList(answers));
    }

    /** @param answers each the JSON of one answer */
    private static ApiResponse list(List<byte[]> answers) {
        return ApiResponse.json(200, out -> {
            out.startArray();
            answers.forEach(out::raw);
            out.endArray();
        });
    }

    private static void join(Thread helper) {
        boolean interrupted = false;
        while (helper.isAlive()) {
            try {
                helper.join();
            } catch (InterruptedException _) {
                interrupted = true; // the server stops; what was begun is finished first
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private byte[] answer(Inner inner) {
        try {
            return success(inner);
        } catch (ParseException e) {
            return JsonWriter.toBytes(Obj.of("error", errors.entry(e)));
        } catch (RuntimeException | StackOverflowError defect) {
            return JsonWriter.toBytes(Obj.of("error", errors.entry(defect)));
        }
    }

    private static byte[] success(Inner inner) {
        ApiResponse response = inner.match.handler().handle(inner.request);
        var out = new JsonWriter(256);
        out.startObject().name("success");
        switch (response.body()) {
            case ApiResponse.Body.Json json -> json.writeTo(out);
            case ApiResponse.Body.Raw _ -> out.startObject().endObject(); // nothing that fits into a list
        }
        return out.endObject().toBytes();
    }

    private ApiResponse inTransaction(List<Inner> all) {
        RuntimeException error = null;
        for (int attempt = 0; attempt <= RETRIES; attempt++) {
            try {
                return list(api.transactions().run(() -> allOrNothing(all)));
            } catch (Undone e) {
                error = e.error;
            } catch (RuntimeException e) {
                error = e;
            } catch (Exception e) {
                throw new IllegalStateException("a transaction ended with a checked exception", e);
            }
            if (!isConflict(error)) {
                break;
            }
        }
        if (!(error instanceof ParseException e)) {
            throw error;
        }
        // The genuine server answers every failed transaction with a bare 500; the reason is for the log.
        log.warn("Batch transaction undone: " + e.getMessage());
        return ApiResponse.json(500, Errors::internal);
    }

    private static List<byte[]> allOrNothing(List<Inner> all) {
        var answers = new ArrayList<byte[]>(all.size());
        for (Inner inner : all) {
            try {
                answers.add(success(inner));
            } catch (RuntimeException e) {
                throw new Undone(e);
            }
        }
        return answers;
    }

    private static boolean isConflict(RuntimeException error) {
        return error instanceof ParseException e && e.code() == ErrorCode.INVALID_LINKED_SESSION;
    }
}
