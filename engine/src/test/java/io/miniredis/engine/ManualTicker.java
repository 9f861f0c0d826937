package io.miniredis.engine;

/** Time that stands still until a test moves it. */
final class ManualTicker implements Ticker {
    /** Some Tuesday, at no round number of seconds. */
    static final long START_MILLIS = 1_700_000_000_123L;

    private volatile long millis = START_MILLIS;
    private volatile long nanos = 1;

    /** How far each reading of {@link #nanos} moves it. */
    private volatile long nanosPerReading;

    @Override
    public long millis() {
        return millis;
    }

    @Override
    public synchronized long nanos() {
        nanos += nanosPerReading;
        return nanos;
    }

    synchronized void advanceMillis(long more) {
        millis += more;
        nanos += more * 1_000_000;
    }

    /** Puts the wall clock forward or back; no time passes. */
    synchronized void stepMillis(long step) {
        millis += step;
    }

    synchronized void advanceNanos(long more) {
        nanos += more;
    }

    /** From now on every reading takes so long. */
    void slowDown(long newNanosPerReading) {
        nanosPerReading = newNanosPerReading;
    }
}
