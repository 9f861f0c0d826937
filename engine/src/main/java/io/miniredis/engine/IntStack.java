package io.miniredis.engine;

import io.miniredis.api.Layout;
import java.util.Arrays;

/** Numbers, of which the last one comes first. */
final class IntStack {
    private static final int FEWEST = 16;

    private int[] all = {};
    private int size;

    boolean isEmpty() {
        return size == 0;
    }

    int size() {
        return size;
    }

    void push(int number) {
        if (size == all.length) {
            all = Arrays.copyOf(all, Math.max(FEWEST, 2 * size));
        }
        all[size++] = number;
    }

    /** Removes the number that was added last, which there must be. */
    int pop() {
        return all[--size];
    }

    long memoryBytes() {
        return Layout.object(1, Integer.BYTES) + Layout.ints(all.length);
    }
}
