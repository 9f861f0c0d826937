package io.miniredis.engine;

/**
 * What one worker counted of one command. Written by that worker alone, but for {@link Counters#forgetLongest}; read by others, who may see
 * it a moment late.
 */
final class CommandStats {
    long calls;
    long nanos;
    /** The longest run of the command within a pipeline, which for a client that sends one at a time is a single call. */
    long longestNanos;

    long rejected;
    long failed;

    /** How long calls took; null while none was measured. */
    private LatencyHistogram latencies;

    /** The histogram of calls, to be written to. */
    LatencyHistogram latencies() {
        if (latencies == null) {
            latencies = new LatencyHistogram();
        }
        return latencies;
    }

    /** Counts the time of a run. */
    void took(long runNanos) {
        nanos += runNanos;
        if (runNanos > longestNanos) {
            longestNanos = runNanos;
        }
    }

    /** Adds another's numbers. */
    void add(CommandStats more) {
        calls += more.calls;
        nanos += more.nanos;
        longestNanos = Math.max(longestNanos, more.longestNanos);
        rejected += more.rejected;
        failed += more.failed;
        if (more.latencies != null) {
            latencies().add(more.latencies);
        }
    }

    /** Takes earlier numbers away, but for the longest run, which is not a sum. */
    void subtract(CommandStats before) {
        calls -= before.calls;
        nanos -= before.nanos;
        rejected -= before.rejected;
        failed -= before.failed;
        if (before.latencies != null) {
            latencies().subtract(before.latencies);
        }
    }
}
