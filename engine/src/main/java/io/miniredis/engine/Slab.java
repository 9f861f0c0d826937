package io.miniredis.engine;

import io.miniredis.api.Layout;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** An array cut into slots of one size. Guarded by the lock of the shard that it belongs to. */
final class Slab {
    /** What a slab takes beside its array. */
    private static final long SHALLOW_BYTES = Layout.object(5, 4 * Integer.BYTES + 1);

    /** A slot's first byte while it is free, and no other slot's. */
    static final byte FREE = (byte) 0xff;

    /** What a free slot says of the next one comes after that, at the end of a slot of the least size. */
    private static final int LINK = 4;

    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.nativeOrder());

    /** Leads to this slab among all those of a table. */
    final int number;

    final Shelf shelf;
    final byte[] bytes;

    /** The slabs beside it in the shelf's list of those with room. */
    Slab previous;

    Slab next;

    /** The next one in the list of those that may be sparse. */
    Slab nextSparse;

    /** Whether it is in that list. */
    boolean isListedSparse;

    private int taken;

    /** Where the slots begin that have never been taken. */
    private int fresh;

    /** Where the free slot is that was freed last; -1 if only fresh ones are free. */
    private int firstFree = -1;

    Slab(int number, Shelf shelf, byte[] bytes) {
        this.number = number;
        this.shelf = shelf;
        this.bytes = bytes;
    }

    long memoryBytes() {
        return SHALLOW_BYTES + Layout.bytes(bytes.length);
    }

    /** How many slots there are. */
    int slots() {
        return bytes.length / shelf.slotBytes;
    }

    /** How many of them are taken. */
    int taken() {
        return taken;
    }

    int freeBytes() {
        return (slots() - taken) * shelf.slotBytes;
    }

    boolean isFull() {
        return firstFree < 0 && fresh + shelf.slotBytes > bytes.length;
    }

    boolean isSparse() {
        return taken <= slots() / 2;
    }

    /** Takes a free slot, which there must be. Returns where it is. Its first byte is {@link #FREE} until somebody changes that. */
    int take() {
        taken++;
        if (firstFree < 0) {
            int slot = fresh;
            bytes[slot] = FREE;
            fresh += shelf.slotBytes;
            return slot;
        }
        int slot = firstFree;
        firstFree = (int) INT.get(bytes, slot + LINK);
        return slot;
    }

    /** Frees a slot. */
    void give(int slot) {
        taken--;
        bytes[slot] = FREE;
        INT.set(bytes, slot + LINK, firstFree);
        firstFree = slot;
    }

    /** The first slot from here on that is taken, -1 if there is none. */
    int nextTaken(int from) {
        for (int slot = taken == 0 ? fresh : from; slot < fresh; slot += shelf.slotBytes) {
            if (bytes[slot] != FREE) {
                return slot;
            }
        }
        return -1;
    }
}
