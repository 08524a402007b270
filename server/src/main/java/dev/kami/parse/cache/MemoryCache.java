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

    private final Cache<String, Entry> entries;

    /** @param maxEntries option {@code cacheMaxSize} */
    public MemoryCache(long maxEntries, InstantSource clock) {
        this.entries = Caffeine.newBuilder()
                .maximumSize(maxEntries)
                .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
                .expireAfter(Expiry.<String, Entry>writing((_, entry) -> Duration.ofNanos(entry.lifetimeNanos())))
                .build();
    }

    public static MemoryCache of(Options options, InstantSource clock) {
        return new MemoryCache(options.get(DatabaseOptions.CACHE_MAX_SIZE), clock);
    }

    @Override
    public Optional<ParseValue> get(String key) {
        Entry entry = entries.getIfPresent(key);
        return entry == null ? Optional.empty() : Optional.of(entry.value());
    }

    @Override
    public void put(String key, ParseValue value, Duration lifetime) {
        if (lifetime.isNegative() || lifetime.isZero()) {
            throw new IllegalArgumentException("A cached value needs a lifetime, got " + lifetime + ".");
        }
        entries.put(key, new Entry(value, lifetime.toNanos()));
    }

    @Override
    public void remove(String key) {
        entries.invalidate(key);
    }

    @Override
    public void clear(String prefix) {
        if (prefix.isEmpty()) {
            entries.invalidateAll();
        } else {
            entries.asMap().keySet().removeIf(key -> key.startsWith(prefix));
        }
    }

    @Override
    public void close() {
        entries.invalidateAll();
    }
}
