package io.miniredis.engine;

import io.miniredis.api.Layout;
import java.util.Arrays;

/**
 * Memory for the small entries of one {@link KeyTable}: slots of {@linkplain SlotSizes a few dozen sizes} in arrays of up to 64 KB. What
 * the collector sees of ten million keys is some ten thousand arrays, which do not become garbage, since their slots are used again.
 *
 * <p>A slot that is freed keeps its bytes until the shard is {@linkplain #tidy tidied}, which is when its lock is released: until then
 * the running command may hold slices of them. A slab of which less than half is in use gives its entries to others, so that in the long
 * run half of the slots are in use at least. Guarded by the shard's lock, but for {@link #arrayUnlocked}.
 */
final class Slabs {

    /** Knows where its entries are. */
    interface Owner {
        /** An entry has moved from one place to another. */
        void moved(int from, int to);
    }

    /** Never a place. */
    static final int NOWHERE = 0;

    private static final int OFFSET_BITS = 16 - SlotSizes.UNIT_SHIFT;
    private static final int OFFSET_MASK = (1 << OFFSET_BITS) - 1;
    private static final int MAX_SLABS = 1 << (Integer.SIZE - OFFSET_BITS);
    private static final int FEWEST = 8;

    /** How many entries are moved at a time, if fewer were freed. */
    private static final int FEWEST_MOVES = 16;

    private static final int MOST_MOVES = 256;

    /** What it costs to dissolve a slab in which there is nothing, in moves. */
    private static final int MOVES_PER_SLAB = 4;

    /** Where memory is short, slabs are dissolved that have this part of them free. */
    private static final int WORTHWHILE_PART = 8;

    /** By number: their bytes. A place leads there in one step. Not private, so that tests can refer to it. */
    byte[][] arrays = new byte[FEWEST][];

    /** By number: the slabs. There is none with number 0, nor one for a number that is {@linkplain #unusedNumbers unused}. */
    private Slab[] slabs = new Slab[FEWEST];

    /** By {@linkplain SlotSizes number of the size}; null for sizes that were not asked for. */
    private final Shelf[] shelves = new Shelf[SlotSizes.COUNT];

    /** The least number that no slab has had. */
    private int nextNumber = 1;

    private final IntStack unusedNumbers = new IntStack();

    /** The places that are free as soon as nobody may use what they hold. */
    private final IntStack freed = new IntStack();

    /** Those that were sparse when something was freed in them. */
    private Slab sparse;

    /** The one that is being dissolved; null if none is. Nothing is taken from it any more. */
    private Slab leaving;

    /** What all of this takes. */
    private long heldBytes;

    /** What of it is in use. */
    private long usedBytes;

    private final SpareArrays spares;

    /**
     * None yet.
     *
     * @param spares has arrays for slabs, and gets those of slabs that go
     */
    Slabs(SpareArrays spares) {
        this.spares = spares;
        heldBytes = Layout.object(8, Integer.BYTES + 2 * Long.BYTES)
                + 2 * Layout.references(FEWEST)
                + Layout.references(SlotSizes.COUNT)
                + unusedNumbers.memoryBytes()
                + freed.memoryBytes();
    }

    /** What all of this takes beside the slots in use. */
    long slackBytes() {
        return heldBytes - usedBytes;
    }

    /**
     * Lets go of everything, since somebody may go on referring to these slabs who will never ask them again.
     *
     * @return the arrays there were, null where there was none
     */
    byte[][] drop() {
        byte[][] dropped = arrays;
        arrays = new byte[0][];
        slabs = new Slab[0];
        Arrays.fill(shelves, null);
        sparse = null;
        leaving = null;
        return dropped;
    }

    /** Whether there is a place for one more entry: there are no more than 2^32 times eight bytes. */
    boolean hasRoom() {
        return nextNumber < MAX_SLABS;
    }

    /** The place of a free slot for so many bytes, at most {@link SlotSizes#MAX_BYTES}. What is in it is undefined, but for a first byte. */
    int take(int bytes) {
        int size = SlotSizes.number(bytes);
        Shelf shelf = shelves[size];
        if (shelf == null) {
            shelf = new Shelf(SlotSizes.bytes(size));
            shelves[size] = shelf;
            heldBytes += Shelf.SHALLOW_BYTES;
        }
        usedBytes += shelf.slotBytes;
        return take(shelf);
    }

    private int take(Shelf shelf) {
        Slab slab = shelf.roomy();
        if (slab == null) {
            slab = add(shelf);
        }
        return place(slab, shelf.take());
    }

    private static int place(Slab slab, int slot) {
        return slab.number << OFFSET_BITS | slot >>> SlotSizes.UNIT_SHIFT;
    }

    private Slab add(Shelf shelf) {
        int number = unusedNumbers.isEmpty() ? nextNumber++ : unusedNumbers.pop();
        if (number == arrays.length) {
            heldBytes += 2 * (Layout.references(2L * number) - Layout.references(number));
            arrays = Arrays.copyOf(arrays, 2 * number);
            slabs = Arrays.copyOf(slabs, 2 * number);
        }
        Slab slab = new Slab(number, shelf, spares.takeFitting(shelf.nextSlabBytes()));
        heldBytes += slab.memoryBytes();
        arrays[number] = slab.bytes;
        slabs[number] = slab;
        shelf.add(slab);
        return slab;
    }

    private void remove(Slab slab) {
        slab.shelf.remove(slab);
        arrays[slab.number] = null;
        slabs[slab.number] = null;
        spares.give(slab.bytes);
        push(unusedNumbers, slab.number);
        heldBytes -= slab.memoryBytes();
    }

    /** Frees a place, whose bytes stay until {@link #tidy}. */
    void free(int place) {
        usedBytes -= slotBytes(place);
        push(freed, place);
    }

    private void push(IntStack stack, int number) {
        heldBytes -= stack.memoryBytes();
        stack.push(number);
        heldBytes += stack.memoryBytes();
    }

    /** What the slot at a place has. */
    int slotBytes(int place) {
        return slabs[place >>> OFFSET_BITS].shelf.slotBytes;
    }

    /** The array that a place is in. */
    byte[] array(int place) {
        return arrays[place >>> OFFSET_BITS];
    }

    /** The array that a place is in, for who does not hold the lock and wants a hint; or another one, or null. */
    byte[] arrayUnlocked(int place) {
        byte[][] seen = arrays; // once, so that the number is looked for where it is compared
        int number = place >>> OFFSET_BITS;
        return number < seen.length ? seen[number] : null;
    }

    /** Where in its array a place begins. */
    static int offset(int place) {
        return (place & OFFSET_MASK) << SlotSizes.UNIT_SHIFT;
    }

    /**
     * Makes slots free that were freed, and moves some of what is in a sparse slab to others, if there is one: as many entries as were freed,
     * but no more than are moved in some fifty microseconds.
     *
     * @param owner is told what moved
     * @return whether there is nothing left to do
     */
    boolean tidy(Owner owner) {
        int moves = Math.min(Math.max(FEWEST_MOVES, freed.size()), MOST_MOVES);
        while (!freed.isEmpty()) {
            release(freed.pop());
        }
        while (moves > 0 && (leaving != null || chooseSparse())) {
            moves -= MOVES_PER_SLAB + dissolve(owner, moves);
        }
        return leaving == null && sparse == null;
    }

    /** Has the next slab dissolved that is sparse, if there is one. */
    private boolean chooseSparse() {
        while (sparse != null) {
            Slab slab = sparse;
            sparse = slab.nextSparse;
            slab.nextSparse = null;
            slab.isListedSparse = false;
            boolean isThere = slabs[slab.number] == slab;
            if (isThere && slab.isSparse() && slab.shelf.canDoWithout(slab)) {
                leave(slab);
                return true;
            }
        }
        return false;
    }

    private void leave(Slab slab) {
        leaving = slab;
        slab.shelf.setAside(slab);
    }

    /**
     * Moves what is in the slab that is {@link #leaving} to others, which have room for it.
     *
     * @return how much has moved
     */
    private int dissolve(Owner owner, int most) {
        Slab slab = leaving;
        Shelf shelf = slab.shelf;
        int moves = 0;
        int slot = slab.nextTaken(0);
        while (slot >= 0 && moves < most) {
            int to = take(shelf);
            System.arraycopy(slab.bytes, slot, array(to), offset(to), shelf.slotBytes);
            shelf.give(slab, slot);
            owner.moved(place(slab, slot), to);
            moves++;
            slot = slab.nextTaken(slot + shelf.slotBytes);
        }
        if (slot < 0) {
            leaving = null;
            remove(slab);
        }
        return moves;
    }

    /**
     * Moves what is in the slab that has most free to others, if an eighth of it is free at least. Looks through all slabs.
     *
     * @param owner is told what moved
     * @return whether there was such a slab
     */
    boolean compact(Owner owner) {
        tidy(owner);
        if (leaving == null) {
            Slab emptiest = emptiest();
            if (emptiest == null || emptiest.freeBytes() < emptiest.bytes.length / WORTHWHILE_PART) {
                return false;
            }
            leave(emptiest);
        }
        dissolve(owner, Integer.MAX_VALUE);
        return true;
    }

    /** The slab that has most free, of those whose entries would fit into others. */
    private Slab emptiest() {
        Slab emptiest = null;
        for (int number = 1; number < nextNumber; number++) {
            Slab slab = slabs[number];
            boolean isEmptier = slab != null && slab.freeBytes() > (emptiest == null ? 0 : emptiest.freeBytes());
            if (isEmptier && slab.shelf.canDoWithout(slab)) {
                emptiest = slab;
            }
        }
        return emptiest;
    }

    private void release(int place) {
        Slab slab = slabs[place >>> OFFSET_BITS];
        slab.shelf.give(slab, offset(place));
        if (slab.isSparse() && !slab.isListedSparse && slab != leaving) {
            slab.isListedSparse = true;
            slab.nextSparse = sparse;
            sparse = slab;
        }
    }
}
