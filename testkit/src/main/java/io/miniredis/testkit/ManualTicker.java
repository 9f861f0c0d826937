package io.miniredis.testkit;

import io.miniredis.engine.Ticker;
import java.time.Duration;

/** Time that stands still until a test moves it. */
final class ManualTicker implements Ticker {
    private static final long START_MILLIS = 1_700_000_000_123L;

    private volatile long nanos;
    /** What the wall clock shows when {@link #nanos} is 0. */
    private volatile long startMillis = START_MILLIS;

    @Override
    public long millis() {
        return startMillis + nanos / 1_000_000;
    }

    @Override
    public long nanos() {
        return nanos;
    }

    synchronized void advance(Duration time) {
        nanos += time.toNanos();
    }

    /** Puts the wall clock forward or back. */
    synchronized void setMillis(long millis) {
        startMillis = millis - nanos / 1_000_000;
    }
}
