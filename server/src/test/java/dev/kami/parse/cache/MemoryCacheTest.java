package dev.kami.parse.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MemoryCacheTest implements CacheAdapterContract {
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    @Override
    public CacheAdapter cache() {
        return new MemoryCache(1_000, () -> now);
    }

    @Override
    public void advance(Duration time) {
        now = now.plus(time);
    }

    @Test
    void holdsNoMoreThanItsSize() {
        var cache = new MemoryCache(10, () -> now);
        IntStream.range(0, 1_000).forEach(i -> cache.put("k" + i, VALUE, MINUTE));
        await().untilAsserted(() -> assertThat(IntStream.range(0, 1_000)
                        .filter(i -> cache.get("k" + i).isPresent())
                        .count())
                .isLessThanOrEqualTo(10));
    }
}
