package io.miniredis.engine;

import java.lang.ref.WeakReference;

/** What a {@link KeyTable} had when it was cleared: slabs, values and segments. */
final class TableRemains extends Remains {
    /** How much is given away at a time, in slabs and values: some twenty microseconds. */
    private static final int STEPS = 256;

    /** What a segment costs, in these. */
    private static final int STEPS_PER_SEGMENT = 4;

    private final WeakReference<byte[][]> slabs;
    private final WeakReference<Segment[]> directory;

    /** The number of the next slab. */
    private int slab;

    /** Where in the directory the next segment is. */
    private int at;

    /** The next slot of that. */
    private int slot;

    /**
     * All of it.
     *
     * @param slabs the arrays of slabs, null where there is none
     * @param before what else remains; may be null
     */
    TableRemains(byte[][] slabs, Segment[] directory, Remains before) {
        super(before);
        this.slabs = new WeakReference<>(slabs);
        this.directory = new WeakReference<>(directory);
    }

    @Override
    boolean giveSome(Spares spares) {
        return giveSegments(spares, giveSlabs(spares.arrays, STEPS)) > 0;
    }

    /** Returns how many steps are left. */
    private int giveSlabs(SpareArrays spares, int most) {
        byte[][] arrays = slabs.get();
        int steps = most;
        while (arrays != null && slab < arrays.length && steps > 0) {
            byte[] array = arrays[slab++];
            if (array != null) {
                spares.give(array);
                steps--;
            }
        }
        return steps;
    }

    private int giveSegments(Spares spares, int most) {
        Segment[] segments = directory.get();
        int steps = most;
        while (segments != null && at < segments.length && steps > 0) {
            Segment segment = segments[at];
            steps = giveValues(segment, spares.arrays, steps);
            if (slot == segment.capacity()) {
                slot = 0;
                at += segments.length >> segment.depth;
                spares.giveSegment(segment);
                steps -= STEPS_PER_SEGMENT;
            }
        }
        return steps;
    }

    private int giveValues(Segment segment, SpareArrays spares, int most) {
        if (!segment.hasEntries()) {
            slot = segment.capacity();
        }
        int steps = most;
        while (slot < segment.capacity() && steps > 0) {
            Entry entry = segment.entry(slot);
            if (entry == null) {
                slot++;
            } else if (entry.release(spares)) {
                slot++;
                steps--;
            } else {
                steps = 0; // it has many, and gave as much as is given at a time
            }
        }
        return steps;
    }
}
