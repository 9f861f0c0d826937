package io.miniredis.engine;

/**
 * When something was used last, as Redis counts: seconds since the epoch in 24 bits, which begin again after 194 days. What was
 * not used for longer looks younger than it is.
 */
final class AccessTime {
    static final int BITS = 24;
    static final int MASK = (1 << BITS) - 1;
    private static final int HOUR_SECONDS = 3600;

    private AccessTime() {}

    static int at(long epochMillis) {
        return (int) (epochMillis / 1000) & MASK;
    }

    /**
     * How many seconds lie between a moment and a later one. None if the moment is up to an hour ahead: the clock was put back, or another
     * thread has read it a little later. In Redis these are 194 days.
     */
    static int between(int used, int now) {
        if (now >= used) {
            return now - used;
        }
        int seconds = now + MASK - used;
        return seconds > MASK - HOUR_SECONDS ? 0 : seconds;
    }

    /** The moment so many seconds before another; before the clock began, what Redis's 24 bits make of it. */
    static int before(int now, long seconds) {
        long time = now - seconds;
        return (int) (time < 0 ? time + MASK : time) & MASK;
    }
}
