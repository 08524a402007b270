package dev.kami.parse.auth.provider;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Time stands still until it is moved. */
final class MovableClock implements InstantSource {
    private volatile Instant now;

    MovableClock(Instant now) {
        this.now = now;
    }

    void advance(Duration time) {
        now = now.plus(time);
    }

    @Override
    public Instant instant() {
        return now;
    }
}
