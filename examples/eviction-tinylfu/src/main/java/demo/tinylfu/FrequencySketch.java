package demo.tinylfu;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Estimates how often keys were used lately, those that are gone included: a count-min sketch of counters from 0 to {@value
 * #MAX_COUNT}. A key has {@value #ROWS} counters, shared with other keys, and its frequency is the least of them. Counters
 * are halved now and then, so that what was used long ago is forgotten.
 *
 * <p>Used by many threads without a lock. Two that write the same word at the same time may lose a count, which an estimate
 * can bear; a counter never overflows into its neighbour, since it is read and written with the word that it is in.
 */
final class FrequencySketch {
    /** The largest estimate. */
    static final int MAX_COUNT = 15;

    private static final int ROWS = 4;
    private static final int COUNTERS_PER_WORD = 16;

    /** A key's counters lie together in so many words, two of them for each row, for the sake of the processor's cache. */
    private static final int WORDS_PER_BLOCK = 2 * ROWS;

    /** Sixteen counters a key, or eight bytes; up to twice that after the table has doubled. */
    private static final int KEYS_PER_BLOCK = 8;

    private static final int MIN_BLOCKS = 8;
    private static final int MAX_BLOCKS = 1 << 26;
    private static final long HALVED = 0x7777_7777_7777_7777L;

    /** How far the ageing has come, in words, with 32 bits behind the point. */
    private final AtomicLong aged = new AtomicLong();

    private volatile AtomicLongArray words = new AtomicLongArray(MIN_BLOCKS * WORDS_PER_BLOCK);

    /** Counts a use of a key. */
    void count(long keyHash) {
        AtomicLongArray table = words;
        int frequency = frequency(table, keyHash);
        if (frequency == MAX_COUNT) {
            return;
        }
        int block = block(table, keyHash);
        for (int row = 0; row < ROWS; row++) {
            // Only what is as low as the estimate: the others count other keys as well.
            int index = word(block, row, keyHash);
            int shift = shift(row, keyHash);
            long word = table.getOpaque(index);
            if ((word >>> shift & MAX_COUNT) == frequency) {
                table.setOpaque(index, word + (1L << shift));
            }
        }
    }

    /** How often a key was used lately: 0 to {@value #MAX_COUNT}, rather too much than too little. */
    int frequency(long keyHash) {
        return frequency(words, keyHash);
    }

    private static int frequency(AtomicLongArray table, long keyHash) {
        int block = block(table, keyHash);
        int least = MAX_COUNT;
        for (int row = 0; row < ROWS; row++) {
            long word = table.getOpaque(word(block, row, keyHash));
            least = Math.min(least, (int) (word >>> shift(row, keyHash)) & MAX_COUNT);
        }
        return least;
    }

    /** Where a key's block begins. */
    private static int block(AtomicLongArray table, long keyHash) {
        int blocks = table.length() / WORDS_PER_BLOCK;
        return ((int) (keyHash >>> 32) & (blocks - 1)) * WORDS_PER_BLOCK;
    }

    /** Each row takes five bits of the hash: one for which of its two words, four for the place in it. */
    private static int word(int block, int row, long keyHash) {
        return block + 2 * row + ((int) (keyHash >>> (5 * row)) & 1);
    }

    private static int shift(int row, long keyHash) {
        return ((int) (keyHash >>> (5 * row + 1)) & (COUNTERS_PER_WORD - 1)) * (Long.SIZE / COUNTERS_PER_WORD);
    }

    /**
     * Halves some of the counters, from where the last call left off.
     *
     * @param part which part of all, 0 to 1
     */
    void age(double part) {
        AtomicLongArray table = words;
        long step = (long) (part * table.length() * 0x1p32);
        long from = aged.getAndAdd(step);
        for (long i = from >>> 32; i < (from + step) >>> 32; i++) {
            int index = (int) i & (table.length() - 1);
            table.setOpaque(index, table.getOpaque(index) >>> 1 & HALVED);
        }
    }

    /**
     * Makes room for more keys; what was counted stays. Takes time when the table doubles, else nothing.
     *
     * @param keys how many there are
     */
    void grow(long keys) {
        if (blocksFor(keys, words) * WORDS_PER_BLOCK > words.length()) {
            growTo(keys);
        }
    }

    private static int blocksFor(long keys, AtomicLongArray table) {
        int blocks = table.length() / WORDS_PER_BLOCK;
        while (keys > (long) blocks * KEYS_PER_BLOCK && blocks < MAX_BLOCKS) {
            blocks *= 2;
        }
        return blocks;
    }

    /** The larger table is copies of the smaller one, and a key finds its counters in whichever it looks. */
    private synchronized void growTo(long keys) {
        AtomicLongArray table = words;
        int length = blocksFor(keys, table) * WORDS_PER_BLOCK;
        if (length == table.length()) {
            return; // another thread was faster
        }
        AtomicLongArray larger = new AtomicLongArray(length);
        for (int i = 0; i < length; i++) {
            larger.setPlain(i, table.getOpaque(i & (table.length() - 1)));
        }
        words = larger;
    }
}
