package io.miniredis.engine;

/**
 * When something was used last, as Redis counts: seconds since the epoch in 24 bits, which begin again after 194 days. What was
 * not used for longer looks younger than it is.
 */
final class AccessTime {
    static final int BITS = 24;
    static final int MASK = (1 << BITS) - 1;

    private AccessTime() {}

    static int at(long epochMillis) {
        return (int) (epochMillis / 1000) & MASK;
    }

    /** How many seconds lie between a moment and a later one. */
    static int between(int used, int now) {
        return now >= used ? now - used : now + MASK - used;
    }

    /** The moment so many seconds before another; before the clock began, what Redis's 24 bits make of it. */
    static int before(int now, long seconds) {
        long time = now - seconds;
        return (int) (time < 0 ? time + MASK : time) & MASK;
    }
}
