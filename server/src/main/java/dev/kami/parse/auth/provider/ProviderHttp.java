package dev.kami.parse.auth.provider;

import dev.kami.parse.error.ErrorCode;
import dev.kami.parse.error.ParseException;
import dev.kami.parse.log.Log;
import dev.kami.parse.value.JsonWriter;
import dev.kami.parse.value.ParseValue.Obj;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * Requests to log-in providers. Each has a limit for the connection, for the whole answer, and for its size; a redirect is
 * followed only to the same host, because the request carries secrets. No connection is opened before the first request.
 */
public final class ProviderHttp implements AutoCloseable {
    /**
     * @param total from the request to the last byte of the answer, redirects included
     * @param maxBytes size of the body of an answer
     */
    record Limits(Duration connect, Duration total, long maxBytes) {
        static final Limits STANDARD = new Limits(Duration.ofSeconds(5), Duration.ofSeconds(10), 1 << 20);
    }

    private static final int MAX_REDIRECTS = 3;
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

    private final Limits limits;
    private final UnaryOperator<URI> route;
    private final Log log;
    /** Made by the first request: its threads would be a cost of every start. Guarded by this. */
    private HttpClient client;

    private boolean closed;

    /** @param log where failed requests are told, without their queries */
    public ProviderHttp(Log log) {
        this(Limits.STANDARD, UnaryOperator.identity(), log);
    }

    /** @param route where a request really goes; for tests with a server in place of the provider */
    ProviderHttp(Limits limits, UnaryOperator<URI> route, Log log) {
        this.limits = limits;
        this.route = route;
        this.log = log;
    }

    ProviderAnswer get(String url) {
        return get(url, Map.of());
    }

    ProviderAnswer get(String url, Map<String, String> headers) {
        long deadline = System.nanoTime() + limits.total().toNanos();
        URI uri = URI.create(url);
        for (int redirects = 0; ; redirects++) {
            ProviderAnswer answer = send("GET", uri, BodyPublishers.noBody(), headers, deadline);
            URI target = redirects < MAX_REDIRECTS && REDIRECTS.contains(answer.status()) ? target(uri, answer) : null;
            if (target == null) {
                return answer;
            }
            uri = target;
        }
    }

    /** The place a redirect points to, {@code null} when there is none or it is on another host. */
    private static URI target(URI uri, ProviderAnswer answer) {
        String location = answer.header("location");
        if (location == null) {
            return null;
        }
        try {
            URI target = uri.resolve(location);
            boolean sameHost = uri.getScheme().equals(target.getScheme())
                    && uri.getRawAuthority().equals(target.getRawAuthority());
            return sameHost ? target : null;
        } catch (IllegalArgumentException _) {
            return null; // no address at all
        }
    }

    ProviderAnswer postForm(String url, Map<String, String> form, Map<String, String> headers) {
        var all = new LinkedHashMap<>(headers);
        all.put("Content-Type", "application/x-www-form-urlencoded");
        return post(url, BodyPublishers.ofString(form(form)), all);
    }

    ProviderAnswer postJson(String url, Obj body) {
        return post(
                url, BodyPublishers.ofByteArray(JsonWriter.toBytes(body)), Map.of("Content-Type", "application/json"));
    }

    private ProviderAnswer post(String url, BodyPublisher body, Map<String, String> headers) {
        return send(
                "POST",
                URI.create(url),
                body,
                headers,
                System.nanoTime() + limits.total().toNanos());
    }

    /** {@code a=1&b=2}, for bodies and queries; entries without a value are left out. */
    static String form(Map<String, String> form) {
        return form.entrySet().stream()
                .filter(entry -> entry.getValue() != null)
                .map(entry -> encode(entry.getKey()) + "=" + encode(entry.getValue()))
                .collect(Collectors.joining("&"));
    }

    static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private ProviderAnswer send(
            String method, URI uri, BodyPublisher body, Map<String, String> headers, long deadline) {
        var request =
                HttpRequest.newBuilder(route.apply(uri)).method(method, body).header("User-Agent", "kami-parse-server");
        if (!headers.containsKey("Accept")) {
            request.header("Accept", "application/json");
        }
        headers.forEach((name, value) -> {
            if (value.chars().anyMatch(c -> c < ' ' || c > '~')) {
                throw new ParseException(ErrorCode.OBJECT_NOT_FOUND, "The access token has characters it cannot have.");
            }
            request.header(name, value);
        });
        // HttpRequest.timeout ends with the headers, so the whole exchange is waited for and cancelled here.
        var exchange = client().sendAsync(
                        request.build(), BodyHandlers.limiting(BodyHandlers.ofByteArray(), limits.maxBytes()));
        try {
            HttpResponse<byte[]> response = exchange.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
            return new ProviderAnswer(response.statusCode(), response.headers(), response.body());
        } catch (TimeoutException _) {
            exchange.cancel(true);
            throw failed(uri, "no answer within " + limits.total().toMillis() + " ms");
        } catch (InterruptedException _) {
            exchange.cancel(true);
            Thread.currentThread().interrupt();
            throw failed(uri, "interrupted");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException io) {
                throw failed(
                        uri, io.getClass().getSimpleName() + (io.getMessage() == null ? "" : ": " + io.getMessage()));
            }
            throw new IllegalStateException("request to " + uri.getHost() + " failed", e.getCause());
        }
    }

    /** The client does not learn which host of the options it was; the log does, without the query that has tokens. */
    private ParseException failed(URI uri, String reason) {
        log.error(
                "Request to an auth provider failed",
                Map.of(
                        "address",
                        uri.getScheme() + "://" + uri.getRawAuthority() + uri.getRawPath(),
                        "reason",
                        reason));
        return new ParseException(ErrorCode.SCRIPT_FAILED, "Auth failed. Unknown error.");
    }

    private synchronized HttpClient client() {
        if (closed) {
            throw new IllegalStateException("the server has stopped");
        }
        if (client == null) {
            client = HttpClient.newBuilder()
                    .connectTimeout(limits.connect())
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .version(HttpClient.Version.HTTP_1_1)
                    .build();
        }
        return client;
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (client != null) {
            client.shutdownNow();
        }
    }
}
