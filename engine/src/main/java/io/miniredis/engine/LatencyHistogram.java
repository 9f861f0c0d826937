package io.miniredis.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How often something took how long, in nanoseconds up to a second. Buckets are those of Redis's histograms, so that the numbers derived
 * can be compared: 256 of one nanosecond each, then 128 for each doubling, so within one percent. Counting costs a few instructions and
 * allocates only when a duration longer than any before makes the array grow. Written by one thread; who reads meanwhile may see a number
 * a moment late.
 */
final class LatencyHistogram {
    /** Longer ones count as this. */
    private static final long MAX_NANOS = 1_000_000_000;

    /** Buckets for each doubling. */
    private static final int HALF = 128;

    private static final int BUCKETS = 3072;
    private static final int FIRST_BUCKETS = 1024;

    /** About a microsecond. */
    private static final long FIRST_STEP_NANOS = 1024;

    /** Up to about half a second: from a second on it is not known how much longer something took. */
    private static final int STEPS = 20;

    private long[] counts = {};

    /** The sum of all durations, also of those over a second. */
    private long sumNanos;

    /** Counts some that took so long each. */
    void record(long nanos, long times) {
        int bucket = bucketOf(Math.max(1, Math.min(MAX_NANOS, nanos)));
        if (bucket >= counts.length) {
            grow(bucket);
        }
        counts[bucket] += times;
        sumNanos += nanos * times;
    }

    private void grow(int bucket) {
        int length = Math.max(FIRST_BUCKETS, counts.length);
        while (length <= bucket) {
            length += HALF;
        }
        counts = Arrays.copyOf(counts, length);
    }

    private static int bucketOf(long nanos) {
        int shift = Math.max(0, Long.SIZE - Long.numberOfLeadingZeros(nanos) - 8);
        return shift * HALF + (int) (nanos >>> shift);
    }

    private static long lowest(int bucket) {
        int shift = Math.max(0, bucket / HALF - 1);
        return (long) (bucket - shift * HALF) << shift;
    }

    private static long highest(int bucket) {
        int shift = Math.max(0, bucket / HALF - 1);
        return lowest(bucket) + (1L << shift) - 1;
    }

    /** Adds another's counts. */
    void add(LatencyHistogram more) {
        addMultiple(more, 1);
    }

    /** Takes earlier counts away. */
    void subtract(LatencyHistogram before) {
        addMultiple(before, -1);
    }

    private void addMultiple(LatencyHistogram other, int factor) {
        sumNanos += factor * other.sumNanos;
        long[] theirs = other.counts;
        if (theirs.length > counts.length) {
            counts = Arrays.copyOf(counts, theirs.length);
        }
        for (int i = 0; i < theirs.length; i++) {
            counts[i] += factor * theirs[i];
        }
    }

    /** How long all took together. */
    long nanos() {
        return sumNanos;
    }

    /** How many were counted. */
    long total() {
        long total = 0;
        for (long count : counts) {
            total += count;
        }
        return total;
    }

    /** The nanoseconds that so many percent do not exceed; 0 if nothing was counted. */
    long percentile(double percent) {
        long total = total();
        if (total == 0) {
            return 0;
        }
        long rank = Math.max(1, (long) (percent / 100 * total + 0.5));
        long seen = 0;
        int bucket = -1;
        while (seen < rank) {
            seen += counts[++bucket];
        }
        return percent == 0 ? lowest(bucket) : highest(bucket);
    }

    /** Receives steps of a cumulative distribution. */
    interface Step {
        /**
         * So many took no longer than so long.
         *
         * @param micros how long
         * @param count how many, more than in the step before
         */
        void of(long micros, long count);
    }

    /** Tells how many took up to 1, 2, 4, 8 microseconds and so on; steps that add nothing are left out. */
    void distribution(Step step) {
        long total = total();
        long told = 0;
        long seen = 0;
        int bucket = 0;
        for (long level = FIRST_STEP_NANOS; told < total; level *= 2) {
            int last = Math.min(bucketOf(level), BUCKETS - 1);
            while (bucket <= last && bucket < counts.length) {
                seen += counts[bucket++];
            }
            if (seen > told) {
                step.of(highest(last) / 1000, seen);
                told = seen;
            }
        }
    }

    /** How many took up to 1, 2, 4, 8 microseconds and so on, always the same durations, exact as far as buckets are. */
    List<Metrics.Bucket> steps() {
        List<Metrics.Bucket> steps = new ArrayList<>(STEPS);
        long seen = 0;
        int bucket = 0;
        for (int step = 0; step < STEPS; step++) {
            int last = bucketOf(FIRST_STEP_NANOS << step);
            while (bucket <= last && bucket < counts.length) {
                seen += counts[bucket++];
            }
            steps.add(new Metrics.Bucket(highest(last), seen));
        }
        return List.copyOf(steps);
    }

    /** Those buckets that are not empty. */
    List<Metrics.Bucket> buckets() {
        List<Metrics.Bucket> buckets = new ArrayList<>();
        for (int bucket = 0; bucket < counts.length; bucket++) {
            if (counts[bucket] != 0) {
                buckets.add(new Metrics.Bucket(highest(bucket), counts[bucket]));
            }
        }
        return List.copyOf(buckets);
    }
}
