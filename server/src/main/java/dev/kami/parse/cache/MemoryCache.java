package dev.kami.parse.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import dev.kami.parse.options.DatabaseOptions;
import dev.kami.parse.options.Options;
import dev.kami.parse.value.ParseValue;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The cache of a server that runs alone: a bounded map in memory that keeps what is used often. */
public final class MemoryCache implements CacheAdapter {
    private record Entry(ParseValue value, long lifetimeNanos) {}

    private final long maxEntries;
    private final InstantSource clock;
    /** {@code null} until something is put: Caffeine costs 25 ms of a start, and not every server has sessions. */
    private volatile Cache<String, Entry> entries;

    /** @param maxEntries option {@code cacheMaxSize} */
    public MemoryCache(long maxEntries, InstantSource clock) {
        this.maxEntries = maxEntries;
        this.clock = clock;
    }

    private synchronized Cache<String, Entry> made() {
        if (entries == null) {
            entries = Caffeine.newBuilder()
                    .maximumSize(maxEntries)
                    .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
                    .expireAfter(Expiry.<String, Entry>writing((_, entry) -> Duration.ofNanos(entry.lifetimeNanos())))
                    .build();
        }
        return entries;
    }

    public static MemoryCache of(Options options, InstantSource clock) {
        return new MemoryCache(options.get(DatabaseOptions.CACHE_MAX_SIZE), clock);
    }

    @Override
    public Optional<ParseValue> get(String key) {
        Cache<String, Entry> present = entries;
        Entry entry = present == null ? null : present.getIfPresent(key);
        return entry == null ? Optional.empty() : Optional.of(entry.value());
    }

    @Override
    public void put(String key, ParseValue value, Duration lifetime) {
        if (lifetime.isNegative() || lifetime.isZero()) {
            throw new IllegalArgumentException("A cached value needs a lifetime, got " + lifetime + ".");
        }
        Cache<String, Entry> present = entries;
        (present == null ? made() : present).put(key, new Entry(value, lifetime.toNanos()));
    }

    @Override
    public void remove(String key) {
        Cache<String, Entry> present = entries;
        if (present != null) {
            present.invalidate(key);
        }
    }

    @Override
    public void clear(String prefix) {
        Cache<String, Entry> present = entries;
        if (present == null) {
            return;
        }
        if (prefix.isEmpty()) {
            present.invalidateAll();
        } else {
            present.asMap().keySet().removeIf(key -> key.startsWith(prefix));
        }
    }

    @Override
    public void close() {
        clear("");
    }
}
