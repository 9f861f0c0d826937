package demo.bloomfilter;

import io.miniredis.api.Layout;

/**
 * A Bloom filter of fixed size: an array of bits, of which each item sets a few. An item of which one is not set was never
 * added. Made for a number of items and an error rate, which it keeps until there are more.
 */
final class Layer {
    /*
     * Number of words and number of hashes are not written with a layer, they follow from capacity and error rate. So they must be
     * the same wherever it is read, which is why StrictMath is used: the last bit of what Math says may depend on the processor.
     */

    /** Beyond this a hash of 64 bits is the limit, not the number of bits set. */
    private static final double MIN_ERROR_RATE = 0x1p-60;

    static final long SHALLOW_BYTES = Layout.object(1, 2 * Long.BYTES + Double.BYTES + Integer.BYTES);

    private final long[] words;
    private final int hashes;
    private final double errorRate;
    private final long capacity;
    private long items;

    /**
     * Makes an empty layer.
     *
     * @param capacity for how many items
     * @param errorRate which part of other items is taken for one of them, then
     */
    Layer(long capacity, double errorRate) {
        this(capacity, errorRate, 0, new long[(int) words(capacity, errorRate)]);
    }

    Layer(long capacity, double errorRate, long items, long[] words) {
        this.capacity = capacity;
        this.errorRate = Math.max(errorRate, MIN_ERROR_RATE);
        this.items = items;
        this.words = words;
        hashes = hashes(this.errorRate);
    }

    /** How many words a layer has; more than an array can have, perhaps. */
    static long words(long capacity, double errorRate) {
        double bits = capacity * bitsPerItem(errorRate);
        return (long) Math.ceil(bits / Long.SIZE);
    }

    /** When a layer is full, half of its bits are set, about. So each bit that is looked at halves the error rate. */
    private static int hashes(double errorRate) {
        return (int) Math.ceil(-StrictMath.log(errorRate) / StrictMath.log(2));
    }

    /**
     * An item of {@code k} bits in {@code m} is taken for one of {@code n} with the rate {@code (1 - exp(-k n / m)) ^ k}. Solved
     * for {@code m / n}.
     */
    private static double bitsPerItem(double errorRate) {
        double rate = Math.max(errorRate, MIN_ERROR_RATE);
        int hashes = hashes(rate);
        return -hashes / StrictMath.log(1 - StrictMath.pow(rate, 1.0 / hashes));
    }

    Layer copy() {
        return new Layer(capacity, errorRate, items, words.clone());
    }

    /** Whether an item of this hash may have been added. */
    boolean contains(long hash) {
        long step = step(hash);
        long place = hash;
        for (int i = 0; i < hashes; i++) {
            long bit = bit(place);
            if ((words[word(bit)] & mask(bit)) == 0) {
                return false;
            }
            place += step;
        }
        return true;
    }

    /** Adds an item that is {@linkplain #contains not there}. */
    void add(long hash) {
        long step = step(hash);
        long place = hash;
        for (int i = 0; i < hashes; i++) {
            long bit = bit(place);
            words[word(bit)] |= mask(bit);
            place += step;
        }
        items++;
    }

    /** Two hashes make as many as are needed: each is so much further than the one before. Odd, so that none comes twice. */
    private static long step(long hash) {
        return ItemHash.mix(hash) | 1;
    }

    /** The bit that a place falls on: its 64 bits, taken as a part of 1, of all bits. */
    private long bit(long place) {
        long bits = (long) words.length * Long.SIZE;
        return Math.multiplyHigh(place >>> 1, bits << 1);
    }

    private static int word(long bit) {
        return (int) (bit >>> 6);
    }

    private static long mask(long bit) {
        return 1L << bit;
    }

    boolean isFull() {
        return items >= capacity;
    }

    long capacity() {
        return capacity;
    }

    double errorRate() {
        return errorRate;
    }

    long items() {
        return items;
    }

    long[] words() {
        return words;
    }

    long memoryBytes() {
        return SHALLOW_BYTES + Layout.longs(words.length);
    }
}
