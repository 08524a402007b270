package dev.kami.parse.http;

import dev.kami.parse.api.Api;
import dev.kami.parse.api.ApiResponse;
import dev.kami.parse.api.Incoming;
import dev.kami.parse.api.Keys;
import dev.kami.parse.api.NotFoundPage;
import dev.kami.parse.error.ParseException;
import dev.kami.parse.log.RequestLog;
import dev.kami.parse.log.RequestScope;
import dev.kami.parse.options.ByteSize;
import dev.kami.parse.options.Options;
import dev.kami.parse.options.RequestOptions;
import dev.kami.parse.options.TrustProxy;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Headers;
import io.helidon.http.HttpPrologue;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The way of every request: refuse ambiguous ones, answer OPTIONS, read, ask the {@link Api}, write. One handler for all
 * paths, because the route table of {@code api} is the only one.
 */
public final class HttpEdge implements Handler {
    private static final byte[] OK = "OK".getBytes(StandardCharsets.US_ASCII);
    private static final int TOO_LARGE = 413;

    private final Api api;
    private final RequestLog log;
    private final Cors cors;
    private final RequestReader reader;
    private final String mount;
    private final String idPrefix = Integer.toString(ThreadLocalRandom.current().nextInt(36 * 36 * 36 * 36), 36) + "-";
    private final AtomicLong lastId = new AtomicLong();

    public HttpEdge(Api api, Keys keys, Options options, RequestLog log) {
        this.api = api;
        this.log = log;
        this.cors = new Cors(options);
        this.mount = options.mountPath();
        var bodies = new BodyReader(ByteSize.bytes(options.get(RequestOptions.MAX_UPLOAD_SIZE)));
        this.reader = new RequestReader(keys, TrustProxy.of(options), bodies);
    }

    @Override
    public void handle(ServerRequest request, ServerResponse response) {
        exchange(request, response);
        // Helidon 4.1 says Connection: close and then waits for the next request all the same.
        if (response.headers().contains(HeaderValues.CONNECTION_CLOSE)) {
            throw new CloseConnectionException("closed after the answer, as announced");
        }
    }

    private void exchange(ServerRequest request, ServerResponse response) {
        long start = System.nanoTime();
        HttpPrologue prologue = request.prologue();
        Headers headers = request.headers();
        AmbiguousLength.refuse(headers);
        String method = prologue.method().text();
        String fullPath = prologue.uriPath().rawPath();
        String path = below(fullPath);
        if (path == null) {
            ResponseWriter.write(NotFoundPage.response(method, fullPath), headers, response, method.equals("HEAD"));
            return;
        }
        cors.addTo(response, headers);
        if (method.equals("OPTIONS")) {
            response.status(Status.OK_200);
            response.header(HeaderNames.CONTENT_TYPE, "text/plain; charset=utf-8");
            response.send(OK);
            return;
        }
        String id = idPrefix + Long.toString(lastId.incrementAndGet(), 36);
        RequestScope.run(id, () -> {
            Api.Answer answer = answer(request, response, id, method, path, fullPath);
            ResponseWriter.write(answer.response(), headers, response, method.equals("HEAD"));
            answer.metrics().record(answer.response().status(), System.nanoTime() - start);
        });
    }

    private Api.Answer answer(
            ServerRequest request, ServerResponse response, String id, String method, String path, String fullPath) {
        Incoming incoming;
        try {
            incoming = reader.read(request, id, method, path, fullPath);
        } catch (ParseException e) {
            if (e.httpStatus() == TOO_LARGE) {
                response.header(HeaderValues.CONNECTION_CLOSE); // the rest of the body is not read
            }
            return api.unreadable(e);
        }
        if (log.isEnabled()) {
            log.request(
                    incoming.method(),
                    url(request),
                    incoming.headers(),
                    incoming.body().toJson());
        }
        WatchedConnection.startWork();
        Api.Answer answer;
        try {
            answer = api.answer(incoming);
        } finally {
            WatchedConnection.endWork();
        }
        if (log.isEnabled()) {
            ApiResponse given = answer.response();
            log.response(
                    incoming.method(),
                    url(request),
                    given.status(),
                    given.headers().get("Location"),
                    ResponseWriter.text(given));
        }
        return answer;
    }

    private static String url(ServerRequest request) {
        HttpPrologue prologue = request.prologue();
        String query = prologue.query().rawValue();
        return query.isEmpty()
                ? prologue.uriPath().rawPath()
                : prologue.uriPath().rawPath() + "?" + query;
    }

    /** The part below the mount path, {@code null} outside of it. */
    private String below(String fullPath) {
        if (!fullPath.startsWith(mount)) {
            return null;
        }
        int start = mount.length();
        if (start == fullPath.length()) {
            return "/";
        }
        if (fullPath.charAt(start) != '/') {
            return null;
        }
        while (start + 1 < fullPath.length() && fullPath.charAt(start + 1) == '/') {
            start++;
        }
        return start == 0 ? fullPath : fullPath.substring(start);
    }
}
