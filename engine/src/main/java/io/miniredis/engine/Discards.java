package io.miniredis.engine;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Things that nobody uses any more and that may be used again, for as long as the collector has not found them: it is not kept from that
 * by anything here. So what is discarded takes no memory that would otherwise be free, and needs no bound.
 *
 * <p>They are of several kinds, and of each kind the one that was discarded last is used first. Thread-safe; both operations are O(1).
 */
final class Discards<T> {

    /** One thing, in the stack of its kind. */
    private static final class Discard<T> extends WeakReference<T> {
        final Stack<T> stack;
        Discard<T> above;
        Discard<T> below;

        Discard(T thing, Stack<T> stack, ReferenceQueue<T> found) {
            super(thing, found);
            this.stack = stack;
        }
    }

    /** Those of one kind. The collector takes from it wherever it likes, so each knows both of its neighbours. */
    private static final class Stack<T> {
        private Discard<T> top;

        void push(Discard<T> discard) {
            discard.below = top;
            if (top != null) {
                top.above = discard;
            }
            top = discard;
        }

        /** Takes it away, if it is still there. */
        void remove(Discard<T> discard) {
            if (discard.above != null) {
                discard.above.below = discard.below;
            } else if (top == discard) {
                top = discard.below;
            }
            if (discard.below != null) {
                discard.below.above = discard.above;
            }
            discard.above = null;
            discard.below = null;
        }
    }

    private final List<Stack<T>> stacks;

    /** What the collector has found. */
    private final ReferenceQueue<T> found = new ReferenceQueue<>();

    /** None yet, of so many kinds. */
    Discards(int kinds) {
        stacks = IntStream.range(0, kinds).mapToObj(kind -> new Stack<T>()).toList();
    }

    /** Adds something that nobody uses any more. */
    void push(int kind, T thing) {
        Stack<T> stack = stacks.get(kind);
        Discard<T> discard = new Discard<>(thing, stack, found);
        synchronized (this) {
            forgetFound();
            stack.push(discard);
        }
    }

    /** Takes something away, to be used; null if there is none. */
    synchronized T poll(int kind) {
        Stack<T> stack = stacks.get(kind);
        while (stack.top != null) {
            Discard<T> discard = stack.top;
            T thing = discard.get();
            stack.remove(discard);
            discard.clear();
            if (thing != null) {
                return thing;
            }
        }
        return null;
    }

    private void forgetFound() {
        Reference<? extends T> reference = found.poll();
        while (reference != null) {
            @SuppressWarnings("unchecked")
            Discard<T> discard = (Discard<T>) reference;
            discard.stack.remove(discard);
            reference = found.poll();
        }
    }
}
