package dev.kami.parse.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kami.parse.value.ParseValue;
import dev.kami.parse.value.ParseValue.Obj;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What every cache must do. An adapter is done when a test class implements this and passes. */
public interface CacheAdapterContract {
    Duration MINUTE = Duration.ofMinutes(1);
    ParseValue VALUE = Obj.of("names", ParseValue.of("a"), "since", new ParseValue.Date(1_000));

    /** A fresh, empty cache. */
    CacheAdapter cache();

    /** Lets time pass for that cache. */
    void advance(Duration time);

    @Test
    default void returnsWhatWasPut() {
        CacheAdapter cache = cache();
        cache.put("a:role:u1", VALUE, MINUTE);
        assertThat(cache.get("a:role:u1")).contains(VALUE);
        assertThat(cache.get("a:role:u2")).isEmpty();
    }

    @Test
    default void forgetsAValueAfterItsLifetime() {
        CacheAdapter cache = cache();
        cache.put("a:role:u1", VALUE, MINUTE);
        advance(MINUTE.minusMillis(1));
        assertThat(cache.get("a:role:u1")).contains(VALUE);
        advance(Duration.ofMillis(1));
        assertThat(cache.get("a:role:u1")).isEmpty();
    }

    @Test
    default void lifetimesOfTwoValuesAreTheirOwn() {
        CacheAdapter cache = cache();
        cache.put("long", VALUE, MINUTE.multipliedBy(2));
        cache.put("short", VALUE, MINUTE);
        advance(MINUTE);
        assertThat(cache.get("long")).contains(VALUE);
        assertThat(cache.get("short")).isEmpty();
    }

    @Test
    default void aSecondPutReplacesTheValueAndItsLifetime() {
        CacheAdapter cache = cache();
        cache.put("k", ParseValue.TRUE, MINUTE);
        cache.put("k", ParseValue.FALSE, MINUTE.multipliedBy(2));
        advance(MINUTE);
        assertThat(cache.get("k")).contains(ParseValue.FALSE);
    }

    @Test
    default void aRemovedValueIsGone() {
        CacheAdapter cache = cache();
        cache.put("k", VALUE, MINUTE);
        cache.remove("k");
        cache.remove("never there");
        assertThat(cache.get("k")).isEmpty();
    }

    @Test
    default void clearingAPrefixLeavesOtherKeys() {
        CacheAdapter cache = cache();
        cache.put("a:role:u1", VALUE, MINUTE);
        cache.put("a:role:u2", VALUE, MINUTE);
        cache.put("a:user:r:1", VALUE, MINUTE);
        cache.clear("a:role:");
        assertThat(cache.get("a:role:u1")).isEmpty();
        assertThat(cache.get("a:role:u2")).isEmpty();
        assertThat(cache.get("a:user:r:1")).contains(VALUE);
        cache.clear("");
        assertThat(cache.get("a:user:r:1")).isEmpty();
    }

    @Test
    default void refusesAValueWithoutLifetime() {
        CacheAdapter cache = cache();
        assertThatThrownBy(() -> cache.put("k", VALUE, Duration.ZERO)).isInstanceOf(IllegalArgumentException.class);
    }
}
