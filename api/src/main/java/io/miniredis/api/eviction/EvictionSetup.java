package io.miniredis.api.eviction;

import java.util.function.LongSupplier;

/** What the engine offers an evictor. */
public interface EvictionSetup {

    /**
     * Wall-clock time.
     *
     * @return milliseconds since the Unix epoch, read at most once for a run of pipelined commands
     */
    long nowMillis();

    /**
     * A directive of the server that is a number, such as {@code lfu-log-factor}. To be asked for when an evictor is made, and read as often
     * as it likes: reading takes no lock and costs as much as reading a volatile field.
     *
     * @param directive its name, as in a configuration file
     * @param otherwise what to read if there is no such directive
     * @return the number, as it is set at each reading
     * @throws IllegalArgumentException if the directive is not a number
     */
    default LongSupplier number(String directive, long otherwise) {
        return () -> otherwise;
    }
}
