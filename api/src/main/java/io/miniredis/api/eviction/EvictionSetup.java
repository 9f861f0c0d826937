package io.miniredis.api.eviction;

/** What the engine offers an evictor. */
public interface EvictionSetup {

    /**
     * Wall-clock time.
     *
     * @return milliseconds since the Unix epoch, read at most once for a run of pipelined commands
     */
    long nowMillis();
}
