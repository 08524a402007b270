package dev.kami.parse.cache;

import dev.kami.parse.value.ParseValue;
import java.time.Duration;
import java.util.Optional;

/**
 * Remembers values under keys like {@code <appId>:user:<token>} and {@code <appId>:role:<userId>}. Values are JSON, so
 * that they can leave the process. Safe for many threads. A cache that fails is an empty one: it logs, and throws nothing.
 */
public interface CacheAdapter extends AutoCloseable {
    /** The value, unless its lifetime is over or room was needed for others. */
    Optional<ParseValue> get(String key);

    /** @param lifetime how long the value may be returned; never zero or negative */
    void put(String key, ParseValue value, Duration lifetime);

    /** Afterwards {@link #get} finds nothing until somebody puts a value again. */
    void remove(String key);

    /** Forgets every key that starts with {@code prefix}; the empty prefix forgets all. */
    void clear(String prefix);

    @Override
    void close();
}
