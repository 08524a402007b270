package dev.kami.parse.metrics;

import java.util.Arrays;
import java.util.concurrent.atomic.LongAdder;

/**
 * How long something took, in fixed buckets from 100 microseconds to 10 seconds. Recording is two additions: it
 * allocates nothing and never waits.
 */
public final class Histogram {
    /** Upper ends of the buckets in nanoseconds; one more bucket holds all that is longer. */
    private static final long[] BOUNDS = {
        100_000,
        250_000,
        500_000,
        1_000_000,
        2_500_000,
        5_000_000,
        10_000_000,
        25_000_000,
        50_000_000,
        100_000_000,
        250_000_000,
        500_000_000,
        1_000_000_000,
        2_500_000_000L,
        5_000_000_000L,
        10_000_000_000L
    };

    /** The bounds in seconds, as Prometheus labels them. */
    private static final String[] LABELS = {
        "0.0001", "0.00025", "0.0005", "0.001", "0.0025", "0.005", "0.01", "0.025", "0.05", "0.1", "0.25", "0.5", "1",
        "2.5", "5", "10", "+Inf"
    };

    private final LongAdder[] buckets = new LongAdder[BOUNDS.length + 1];
    private final LongAdder sumNanos = new LongAdder();

    Histogram() {
        Arrays.setAll(buckets, _ -> new LongAdder());
    }

    /** @param nanos difference of two {@link System#nanoTime} */
    public void record(long nanos) {
        int bucket = 0;
        while (bucket < BOUNDS.length && nanos > BOUNDS[bucket]) {
            bucket++;
        }
        buckets[bucket].increment();
        sumNanos.add(nanos);
    }

    public long count() {
        long count = 0;
        for (LongAdder bucket : buckets) {
            count += bucket.sum();
        }
        return count;
    }

    public long sumNanos() {
        return sumNanos.sum();
    }

    void writeTo(StringBuilder out, String name, String labels) {
        long count = 0;
        String before = labels.isEmpty() ? "" : labels + ",";
        for (int i = 0; i < buckets.length; i++) {
            count += buckets[i].sum();
            out.append(name)
                    .append("_bucket{")
                    .append(before)
                    .append("le=\"")
                    .append(LABELS[i])
                    .append("\"} ");
            out.append(count).append('\n');
        }
        String braces = labels.isEmpty() ? "" : "{" + labels + "}";
        out.append(name).append("_sum").append(braces).append(' ');
        out.append(sumNanos.sum() / 1e9).append('\n');
        out.append(name)
                .append("_count")
                .append(braces)
                .append(' ')
                .append(count)
                .append('\n');
    }
}
