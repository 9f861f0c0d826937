package io.miniredis.engine;

/**
 * Which sizes slots of {@link Slabs} have: each multiple of eight bytes up to 128, and then eight sizes from one power of two to the
 * next, so that less than an eighth of a slot is wasted. Each size has a number, from 0 on.
 */
final class SlotSizes {
    /** The largest. */
    static final int MAX_BYTES = 4096;

    /** Sizes are multiples of so many bytes, as a power of two. */
    static final int UNIT_SHIFT = 3;

    /** How many sizes there are from one power of two to the next, as a power of two. */
    private static final int STEP_SHIFT = 3;

    private static final int STEPS = 1 << STEP_SHIFT;

    /** Up to so many units there is a size for each number of units. */
    private static final int EXACT_UNITS = 2 * STEPS;

    /** How many there are. */
    static final int COUNT = number(MAX_BYTES) + 1;

    private SlotSizes() {}

    /** What the slot has that is used for so many bytes, at least one and at most {@link #MAX_BYTES}. */
    static int fitting(int bytes) {
        return bytes(number(bytes));
    }

    /** The number of the least size that has so many bytes. */
    static int number(int bytes) {
        int last = (bytes - 1) >>> UNIT_SHIFT; // the last unit that is needed, counted from 0
        if (last < EXACT_UNITS) {
            return last;
        }
        int shift = Integer.SIZE - 1 - STEP_SHIFT - Integer.numberOfLeadingZeros(last);
        return EXACT_UNITS + ((shift - 1) << STEP_SHIFT) + (last >>> shift) - STEPS;
    }

    /** What slots of a size have. */
    static int bytes(int number) {
        if (number < EXACT_UNITS) {
            return (number + 1) << UNIT_SHIFT;
        }
        int beyond = number - EXACT_UNITS;
        int shift = (beyond >>> STEP_SHIFT) + 1;
        int steps = (beyond & (STEPS - 1)) + STEPS + 1;
        return steps << shift << UNIT_SHIFT;
    }
}
