package dev.kami.parse.options;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * One entry of the option {@code rateLimit}.
 *
 * @param path which paths below the mount path count
 * @param window length of the counting window
 * @param requestCount requests allowed in a window
 * @param message text of the answer to a request too many
 * @param methods which HTTP methods (in capitals) count
 * @param includeMasterKey whether requests with the master key count
 * @param includeInternalRequests whether requests from 127.0.0.1 and from Cloud Code count
 * @param zone what is counted apart
 */
public record RateLimit(
        PathPattern path,
        Duration window,
        long requestCount,
        String message,
        Predicate<String> methods,
        boolean includeMasterKey,
        boolean includeInternalRequests,
        Zone zone) {

    /** Requests of the same zone value share a counter. */
    public enum Zone {
        IP,
        USER,
        SESSION,
        GLOBAL
    }

    public static List<RateLimit> of(Options options) {
        return options.get(RequestOptions.RATE_LIMIT).stream()
                .map(entry -> of((Map<?, ?>) entry))
                .toList();
    }

    private static RateLimit of(Map<?, ?> entry) {
        return new RateLimit(
                PathPattern.of((String) entry.get("requestPath")),
                Duration.ofMillis(((Number) entry.get("requestTimeWindow")).longValue()),
                ((Number) entry.get("requestCount")).longValue(),
                entry.get("errorResponseMessage") instanceof String text && !text.isEmpty()
                        ? text
                        : (String) RequestOptions.RATE_LIMIT_ERROR_RESPONSE_MESSAGE.plainDefault(),
                methods(entry.get("requestMethods")),
                Boolean.TRUE.equals(entry.get("includeMasterKey")),
                Boolean.TRUE.equals(entry.get("includeInternalRequests")),
                zone(entry.get("zone")));
    }

    private static Zone zone(Object value) {
        return value instanceof String name ? Zone.valueOf(name.toUpperCase(Locale.ROOT)) : Zone.IP;
    }

    /** A list names the methods, a text is a regular expression. */
    private static Predicate<String> methods(Object value) {
        return switch (value) {
            case List<?> names -> names::contains;
            case String text -> Pattern.compile(text).asPredicate();
            case null, default -> _ -> true;
        };
    }
}
