package io.miniredis.engine;

import io.miniredis.api.Layout;

/** The slabs of a table that have slots of one size, and which of them have room. Guarded by the lock of the table's shard. */
final class Shelf {
    static final long SHALLOW_BYTES = Layout.object(1, 3 * Integer.BYTES);

    /** What a large slab takes. */
    static final int SLAB_BYTES = 1 << 16;

    /** What the first one takes, so that a table of few keys takes little. */
    private static final int SMALLEST_BYTES = 512;

    /** A slab has one slot for so many that there are already, until slabs are large. */
    private static final int GROWTH = 8;

    final int slotBytes;

    /** How many slots there are. */
    private int slots;

    /** How many of them are taken. */
    private int taken;

    /** The first slab that has room. */
    private Slab roomy;

    Shelf(int slotBytes) {
        this.slotBytes = slotBytes;
    }

    /** A slab with room, null if there is none. */
    Slab roomy() {
        return roomy;
    }

    /** How long the array of the next slab is, at least. */
    int nextSlabBytes() {
        int wanted = Math.max(SMALLEST_BYTES / slotBytes, slots / GROWTH);
        long bytes = (long) Math.max(1, wanted) * slotBytes;
        return bytes > SLAB_BYTES / 4 * 3 ? SLAB_BYTES : (int) bytes;
    }

    /** Adds a slab, all of whose slots are free. */
    void add(Slab slab) {
        slots += slab.slots();
        link(slab);
    }

    /** Has nothing more be taken from a slab, so that what is in it can move to others. */
    void setAside(Slab slab) {
        unlink(slab);
    }

    /** Takes away a slab that was set aside and is empty now. */
    void remove(Slab slab) {
        slots -= slab.slots();
    }

    /** Takes a slot of the slab with room. Returns where it is. */
    int take() {
        taken++;
        Slab slab = roomy;
        int slot = slab.take();
        if (slab.isFull()) {
            unlink(slab);
        }
        return slot;
    }

    /** Frees a slot. */
    void give(Slab slab, int slot) {
        taken--;
        if (slab.isFull()) {
            link(slab);
        }
        slab.give(slot);
    }

    /** Whether what is in a slab would fit into the others, and still one more. */
    boolean canDoWithout(Slab slab) {
        return slots - slab.slots() > taken;
    }

    private void link(Slab slab) {
        slab.next = roomy;
        if (roomy != null) {
            roomy.previous = slab;
        }
        roomy = slab;
    }

    private void unlink(Slab slab) {
        if (slab.previous != null) {
            slab.previous.next = slab.next;
        } else if (roomy == slab) {
            roomy = slab.next;
        }
        if (slab.next != null) {
            slab.next.previous = slab.previous;
        }
        slab.next = null;
        slab.previous = null;
    }
}
