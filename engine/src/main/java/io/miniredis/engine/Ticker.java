package io.miniredis.engine;

/** Where the engine reads time, so that tests can move it. */
public interface Ticker {

    /**
     * Wall-clock time.
     *
     * @return milliseconds since the Unix epoch
     */
    long millis();

    /**
     * Time for measuring how long something took.
     *
     * @return nanoseconds since some fixed moment
     */
    long nanos();

    /**
     * The machine's clock.
     *
     * @return a ticker
     */
    static Ticker system() {
        return new Ticker() {
            @Override
            public long millis() {
                return System.currentTimeMillis();
            }

            @Override
            public long nanos() {
                return System.nanoTime();
            }
        };
    }
}
