package demo.ratelimiter;

import io.miniredis.api.CommandException;

/**
 * A limit by the generic cell rate algorithm (GCRA): in the long run one request each interval, and a number of them at once
 * after a pause. Its only state is a time, the theoretical arrival: when the last request would have come, had all come
 * evenly. A request may be early, but only by as much as the burst allows.
 *
 * @param requests how many may come at once; 1 or more
 * @param intervalNanos the time for one request; 1 or more
 */
record RateLimit(long requests, long intervalNanos) {
    private static final long NANOS_PER_SECOND = 1_000_000_000;

    /** So that times of this century, twice this added, stay within 64 bits. */
    private static final long MAX_SECONDS = 50L * 365 * 24 * 60 * 60;

    /**
     * Checks the arguments of a limit.
     *
     * @param burst requests beyond the first that may come at once; 0 or more
     * @param rate requests in a period; 1 or more
     * @param periodSeconds the period; 1 or more
     * @throws CommandException if one is out of range, or the whole burst takes more than fifty years
     */
    static RateLimit of(long burst, long rate, long periodSeconds) throws CommandException {
        if (burst < 0) {
            throw new CommandException("ERR burst must not be negative");
        }
        if (rate <= 0) {
            throw new CommandException("ERR rate must be positive");
        }
        if (periodSeconds <= 0 || periodSeconds > MAX_SECONDS) {
            throw new CommandException("ERR period must be 1 to " + MAX_SECONDS + " seconds");
        }
        long intervalNanos = periodSeconds * NANOS_PER_SECOND / rate;
        if (intervalNanos == 0) {
            throw new CommandException("ERR rate must not be more than one in a nanosecond");
        }
        if (burst >= MAX_SECONDS * NANOS_PER_SECOND / intervalNanos) {
            throw new CommandException("ERR burst must not take more than " + MAX_SECONDS + " seconds at this rate");
        }
        return new RateLimit(burst + 1, intervalNanos);
    }

    /** How far the theoretical arrival may lie ahead. */
    private long toleranceNanos() {
        return requests * intervalNanos;
    }

    /**
     * Decides on a request.
     *
     * @param arrivalNanos the theoretical arrival so far; in the past if there was no request for long
     * @param nowNanos the time, since the same moment
     * @param cost for how many requests it counts; 0 or more
     * @return the decision
     */
    Decision decide(long arrivalNanos, long nowNanos, long cost) {
        // No limit puts it further ahead; whoever restores a key can.
        long before = Math.max(nowNanos, Math.min(arrivalNanos, nowNanos + MAX_SECONDS * NANOS_PER_SECOND));
        if (cost > requests) {
            return refused(before, nowNanos, Decision.NO_RETRY);
        }
        long after = before + cost * intervalNanos;
        long earlyNanos = after - nowNanos - toleranceNanos();
        // To ask costs nothing, and is allowed even where nothing is left.
        if (cost > 0 && earlyNanos > 0) {
            return refused(before, nowNanos, earlyNanos);
        }
        return decision(true, after, nowNanos, Decision.NO_RETRY);
    }

    private Decision refused(long arrivalNanos, long nowNanos, long retryAfterNanos) {
        return decision(false, arrivalNanos, nowNanos, retryAfterNanos);
    }

    private Decision decision(boolean allowed, long arrivalNanos, long nowNanos, long retryAfterNanos) {
        long aheadNanos = arrivalNanos - nowNanos;
        // A key that was used with a larger burst may be further ahead than this limit allows.
        long remaining = Math.max(0, toleranceNanos() - aheadNanos) / intervalNanos;
        return new Decision(allowed, arrivalNanos, remaining, retryAfterNanos, aheadNanos);
    }

    /**
     * What became of a request.
     *
     * @param allowed whether it may go ahead
     * @param arrivalNanos the theoretical arrival from now on
     * @param remaining how many requests may follow at once
     * @param retryAfterNanos when the same request would be allowed, or {@link #NO_RETRY}
     * @param resetAfterNanos when the key will be as if it had never been used
     */
    record Decision(boolean allowed, long arrivalNanos, long remaining, long retryAfterNanos, long resetAfterNanos) {
        /** A retry makes no sense: the request was allowed, or never will be. */
        static final long NO_RETRY = -1;
    }
}
