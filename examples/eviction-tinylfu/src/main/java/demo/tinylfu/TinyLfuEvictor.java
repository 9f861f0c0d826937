package demo.tinylfu;

import io.miniredis.api.eviction.Evictor;
import io.miniredis.api.eviction.RemovalCause;
import java.util.concurrent.atomic.LongAdder;

/** Keeps with each key when it was used last, asks a sketch how often it was used lately, and ranks keys by both. */
final class TinyLfuEvictor implements Evictor {
    /*
     * TinyLFU (Einziger, Friedman, Manes: "TinyLFU: A Highly Efficient Cache Admission Policy", 2017) asks at the door: is the
     * newcomer used more often than the key that would go for it? Frequencies come from a sketch, so those of keys that are
     * not in the cache are known too. W-TinyLFU adds a small window before the door, where the newest keys get the time to be
     * used again, and sets its size by trying.
     *
     * A server that samples has neither a door nor queues. When memory is full it draws a few keys, and the one that ranks
     * highest goes. What the parts of W-TinyLFU become here:
     *
     *  - Admission. Newcomers come in, and are drawn like all others; one that nobody wants goes when it is drawn.
     *  - The window. With a sample of five, one in five of the keys must be evicted before a newcomer is likely to have been
     *    drawn at all: the sampling itself is a window. One of our own on top of it made no difference (see README.md).
     *  - Frequency, then recency. The rank is the logarithm of the age, times a weight, less that of the frequency. With the
     *    least weight a key may be 16 times as old if it is used twice as often: that is frequency, and age decides between
     *    equals. With the greatest, age decides nearly alone, as in LRU.
     *  - Silence. Favourites that are none any more stay, since frequencies are forgotten slowly. But who was used often is missed
     *    soon: the rank also rises with the number of uses that a key should have had since its last one, going by its frequency.
     *    (If uses came by chance, that would be the logarithm of how likely it is that none came.) A key used once is not missed
     *    for long, one used ten times is when it has been silent for three turnovers.
     *  - Trying. AgeWeight moves this weight as W-TinyLFU moves the size of its window.
     *
     * A use within the same tick as the last one is not counted. Keys in constant use cost least that way, and a burst of uses
     * counts once, which says more about the future than each of them would. (A command that reads and writes a key reports
     * two uses.) Neither clock nor sketch has a lock: whoever moves the clock on does what falls due, a little at a time.
     */

    /** The sketch forgets half while so many times as many keys are used as there are. */
    private static final int TURNOVERS_PER_HALVING = 20;

    /** The weight is changed while so many times as many keys are used as there are. */
    private static final int TURNOVERS_PER_STEP = 10;

    /** A key's frequency is the number of its uses in so many turnovers, in the mean: it is that of 20 after halving, of 40 before. */
    private static final double TURNOVERS_COUNTED = 1.5 * TURNOVERS_PER_HALVING;

    /** What each use that a key should have had adds to its rank. */
    private static final double RANK_PER_MISSED_USE = 0.5;

    /** Of so many keys one, chosen by its hash, has clock and sketch set anew when it comes or goes. */
    private static final int KEYS_PER_ADJUSTMENT = 64;

    /** By frequency. One that is not known is little less than one. */
    private static final double[] LOG_FREQUENCY = new double[FrequencySketch.MAX_COUNT + 1];

    static {
        for (int frequency = 0; frequency < LOG_FREQUENCY.length; frequency++) {
            LOG_FREQUENCY[frequency] = Math.log(frequency + 0.3);
        }
    }

    private final TurnoverClock clock;
    private final FrequencySketch sketch = new FrequencySketch();
    private final AgeWeight ageWeight = new AgeWeight();
    private final LongAdder keys = new LongAdder();

    /** When the weight is changed next; written by one thread at a time, whose tick it is. */
    private volatile int nextStep;

    TinyLfuEvictor(int firstTick) {
        clock = new TurnoverClock(firstTick);
        nextStep = firstTick;
    }

    @Override
    public int onInsert(long keyHash) {
        keys.increment();
        adjustSometimes(keyHash);
        ageWeight.miss();
        return use(keyHash, clock.now());
    }

    @Override
    public int onAccess(long keyHash, int bits) {
        int now = clock.now();
        if (bits == now) {
            return bits;
        }
        ageWeight.hit();
        return use(keyHash, now);
    }

    private int use(long keyHash, int now) {
        sketch.count(keyHash);
        if (clock.tick(keyHash, now)) {
            ticked(now);
        }
        return clock.now();
    }

    private void ticked(int now) {
        int turnover = clock.ticksPerTurnover();
        sketch.age(1.0 / (TURNOVERS_PER_HALVING * turnover));
        if (now - nextStep >= 0) {
            nextStep = now + TURNOVERS_PER_STEP * turnover;
            ageWeight.adjust();
        }
    }

    @Override
    public void onRemove(long keyHash, int bits, RemovalCause cause) {
        keys.decrement();
        adjustSometimes(keyHash);
        if (cause == RemovalCause.EVICTED) {
            ageWeight.evicted();
        }
    }

    @Override
    public void onFlush(long flushed) {
        keys.add(-flushed);
        adjust();
    }

    private void adjustSometimes(long keyHash) {
        if ((keyHash & (KEYS_PER_ADJUSTMENT - 1)) == 0) {
            adjust();
        }
    }

    private void adjust() {
        long number = keys.sum();
        clock.adjust(number);
        sketch.grow(number);
    }

    @Override
    public long rank(long keyHash, int bits, long expiresAtMillis) {
        long age = clock.since(bits);
        int frequency = sketch.frequency(keyHash);
        double missedUses = frequency * age / (TURNOVERS_COUNTED * clock.ticksPerTurnover());
        double rank =
                ageWeight.get() * Math.log(1.0 + age) - LOG_FREQUENCY[frequency] + RANK_PER_MISSED_USE * missedUses;
        return (long) (rank * 0x1p20);
    }
}
