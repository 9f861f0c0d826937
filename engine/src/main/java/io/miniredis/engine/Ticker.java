package io.miniredis.engine;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.TimeUnit;

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
     * Wall-clock time, as fine as there is.
     *
     * @return microseconds since the Unix epoch
     */
    default long micros() {
        return TimeUnit.MILLISECONDS.toMicros(millis());
    }

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
            public long micros() {
                return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
            }

            @Override
            public long nanos() {
                return System.nanoTime();
            }
        };
    }
}
