package demo.tinylfu;

import java.util.concurrent.atomic.LongAdder;

/**
 * How much a key's age weighs against its frequency. Where yesterday's favourites stay favourites it should weigh little,
 * where each hour has its own it should weigh much. So it is tried out: the weight is doubled or halved now and then, on in
 * the same direction while the hit ratio does not fall, and back when it does.
 *
 * <p>Used by many threads at once.
 */
final class AgeWeight {
    private static final double MIN = 0.25;
    private static final double MAX = 4;
    private static final double UNKNOWN = -1;

    private final LongAdder hits = new LongAdder();
    private final LongAdder misses = new LongAdder();

    /** Whether anything was evicted of late; if not, the weight has made no difference. */
    private volatile boolean mattered;

    private volatile double weight = MIN;

    /** What the weight is multiplied with, 2 or a half. */
    private double direction = 2;

    /** The hit ratio before the last step. */
    private double lastRatio = UNKNOWN;

    double get() {
        return weight;
    }

    void hit() {
        hits.increment();
    }

    void miss() {
        misses.increment();
    }

    void evicted() {
        if (!mattered) {
            mattered = true;
        }
    }

    /** Takes a step, if since the last but one call the weight has mattered all the time. */
    synchronized void adjust() {
        double hit = hits.sumThenReset();
        double ratio = hit / (hit + misses.sumThenReset());
        if (!mattered || hit == 0) {
            ratio = UNKNOWN;
        } else if (lastRatio != UNKNOWN) {
            if (ratio < lastRatio) {
                turn();
            }
            step();
        }
        lastRatio = ratio;
        mattered = false;
    }

    /** At an end it turns around, and stays there for once. */
    private void step() {
        double next = weight * direction;
        if (next < MIN || next > MAX) {
            turn();
        } else {
            weight = next;
        }
    }

    private void turn() {
        direction = 1 / direction;
    }
}
