package io.miniredis.bench;

/**
 * Counts durations in buckets that are at most a 128th wide: exact below 128 ns, then 128 buckets for each doubling. Adding
 * allocates nothing.
 */
final class Histogram {
    private static final int SUB_BITS = 7;
    private static final int SUBS = 1 << SUB_BITS;

    private final long[] counts = new long[(Long.SIZE - SUB_BITS) * SUBS];
    private long total;
    private long max;

    void add(long nanos) {
        long value = Math.max(0, nanos);
        counts[bucket(value)]++;
        total++;
        max = Math.max(max, value);
    }

    private static int bucket(long value) {
        if (value < SUBS) {
            return (int) value;
        }
        int doublings = Long.SIZE - 1 - SUB_BITS - Long.numberOfLeadingZeros(value);
        int sub = (int) (value >>> doublings) - SUBS;
        return (doublings + 1) * SUBS + sub;
    }

    /** The greatest value of a bucket. */
    private static long upperBound(int bucket) {
        if (bucket < SUBS) {
            return bucket;
        }
        int doublings = bucket / SUBS - 1;
        long sub = (long) bucket % SUBS + SUBS;
        return ((sub + 1) << doublings) - 1;
    }

    long total() {
        return total;
    }

    /** The greatest, in nanoseconds. */
    long max() {
        return max;
    }

    /** The duration that this share of all does not exceed, in nanoseconds; 0 if there are none. */
    long quantile(double share) {
        long rank = (long) Math.ceil(share * total);
        long seen = 0;
        for (int bucket = 0; bucket < counts.length; bucket++) {
            seen += counts[bucket];
            if (seen >= rank && seen > 0) {
                return Math.min(max, upperBound(bucket));
            }
        }
        return max;
    }
}
