package io.miniredis.testkit;

import io.miniredis.engine.Ticker;
import java.time.Duration;

/** Time that stands still until a test moves it. */
final class ManualTicker implements Ticker {
    private static final long START_MILLIS = 1_700_000_000_123L;

    private volatile long nanos;

    @Override
    public long millis() {
        return START_MILLIS + nanos / 1_000_000;
    }

    @Override
    public long nanos() {
        return nanos;
    }

    synchronized void advance(Duration time) {
        nanos += time.toNanos();
    }
}
