package dev.kami.parse.api;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.kami.parse.auth.Auth;
import dev.kami.parse.options.Options;
import dev.kami.parse.options.RateLimit;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * Option {@code rateLimit}: counts requests per path and zone in windows that begin with the first request and end
 * together with their counter. A limit remembers the {@value #MOST_KEYS} most active keys, so a flood of addresses costs
 * bounded memory.
 */
final class RateLimits {
    private static final int MOST_KEYS = 100_000;
    private static final String LOCAL = "127.0.0.1";

    private record Counted(RateLimit limit, Cache<String, AtomicLong> windows) {}

    /**
     * What a limit looks at.
     *
     * @param method as routed
     * @param sentMethod as on the wire, which {@code _method} may have replaced; a limit for either counts
     * @param sessionToken as sent, or {@code null}
     * @param auth resolves the session, for limits per user and per session only
     */
    record Ask(
            String method,
            String sentMethod,
            String path,
            String ip,
            boolean master,
            String sessionToken,
            Supplier<Auth> auth) {}

    private final List<Counted> limits;

    private RateLimits(List<Counted> limits) {
        this.limits = limits;
    }

    static RateLimits of(Options options, InstantSource clock) {
        return new RateLimits(RateLimit.of(options).stream()
                .map(limit -> new Counted(
                        limit,
                        Caffeine.newBuilder()
                                .maximumSize(MOST_KEYS)
                                .expireAfterWrite(limit.window().toMillis(), TimeUnit.MILLISECONDS)
                                .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
                                .build()))
                .toList());
    }

    boolean none() {
        return limits.isEmpty();
    }

    /** Counts the request; the text of the refusal when it was one too many. */
    Optional<String> refusal(Ask ask) {
        if (limits.isEmpty()) {
            return Optional.empty();
        }
        RoutedPath path = RoutedPath.of(ask.path);
        String refusal = null;
        for (Counted counted : limits) {
            if (concerns(counted.limit, ask, path) && isTooMany(counted, ask)) {
                refusal = counted.limit.message();
            }
        }
        return Optional.ofNullable(refusal);
    }

    private static boolean concerns(RateLimit limit, Ask ask, RoutedPath path) {
        return (limit.includeInternalRequests() || !ask.ip.equals(LOCAL))
                && (limit.includeMasterKey() || !ask.master)
                && (limit.methods().test(ask.method) || limit.methods().test(ask.sentMethod))
                && (limit.path().matches(path.sent()) || limit.path().matches(path.decoded()));
    }

    private static boolean isTooMany(Counted counted, Ask ask) {
        AtomicLong count = counted.windows.get(key(counted.limit, ask), _ -> new AtomicLong());
        return count.incrementAndGet() > counted.limit.requestCount();
    }

    /** {@code null} for everybody who is not logged in. */
    private static String user(Ask ask) {
        return ask.sessionToken == null ? null : ask.auth.get().userId();
    }

    private static String key(RateLimit limit, Ask ask) {
        return switch (limit.zone()) {
            case GLOBAL -> "";
            case IP -> ask.ip;
            // A made-up token is no zone of its own, or each attempt of a log-in would bring a new one.
            case SESSION -> user(ask) == null ? ask.ip : "session " + ask.sessionToken;
            case USER -> user(ask) == null ? ask.ip : "user " + user(ask);
        };
    }
}
