package dev.kami.parse.metrics;

import java.util.concurrent.atomic.LongAdder;

/** A number that only grows. Adding to it allocates nothing and never waits. */
public final class Counter {
    private final LongAdder count = new LongAdder();

    Counter() {}

    public void increment() {
        count.increment();
    }

    public void add(long amount) {
        count.add(amount);
    }

    public long count() {
        return count.sum();
    }
}
