package io.miniredis.testkit;

import io.miniredis.api.ArrayPool;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;

/**
 * A pool that finds out who uses an array that was given away. It scribbles over what it is given, hands it out again as soon as
 * somebody asks for something not much shorter, and notices when an array comes back twice or was written to meanwhile. Each array that it
 * makes is longer than it was asked for. Costs O(arrays) a call. Not thread-safe.
 */
public final class ScribblingPool implements ArrayPool {
    private static final byte SCRIBBLE = (byte) 0xa5;

    private final List<byte[]> spares = new ArrayList<>();

    /** A pool without arrays. */
    public ScribblingPool() {}

    /**
     * {@inheritDoc}
     *
     * @throws AssertionError if somebody has written to it since it was given away
     */
    @Override
    public byte[] take(int length) {
        for (Iterator<byte[]> each = spares.iterator(); each.hasNext(); ) {
            byte[] spare = each.next();
            if (spare.length >= length && spare.length - length <= length / 3) {
                assertUntouched(spare);
                each.remove();
                return spare;
            }
        }
        byte[] array = new byte[Math.addExact(length, length / 16)];
        Arrays.fill(array, SCRIBBLE);
        return array;
    }

    /**
     * {@inheritDoc}
     *
     * @throws AssertionError if it was given away before
     */
    @Override
    public void give(byte[] array) {
        Objects.requireNonNull(array);
        if (holds(array)) {
            throw new AssertionError("an array of " + array.length + " bytes is given away twice");
        }
        Arrays.fill(array, SCRIBBLE);
        spares.add(array);
    }

    /**
     * Whether an array is here, so that nobody should have it.
     *
     * @param array the array
     * @return true if it was given and has not been taken again
     */
    public boolean holds(byte[] array) {
        return spares.stream().anyMatch(spare -> spare == array);
    }

    /**
     * How many arrays are here.
     *
     * @return those that were given and have not been taken again
     */
    public int count() {
        return spares.size();
    }

    /**
     * Looks whether somebody has written to an array that is here.
     *
     * @throws AssertionError if so
     */
    public void verify() {
        spares.forEach(ScribblingPool::assertUntouched);
    }

    private static void assertUntouched(byte[] spare) {
        for (byte each : spare) {
            if (each != SCRIBBLE) {
                throw new AssertionError(
                        "an array of " + spare.length + " bytes was written to after it was given away");
            }
        }
    }
}
