package io.miniredis.engine;

import io.miniredis.api.CompactType;
import io.miniredis.api.Slice;
import io.miniredis.api.ValueType;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

/** A value that is an object: elements, last in first out, which knows its weight. Goes away when it is empty. */
final class Bag {
    static final BagType TYPE = new BagType();

    /** What an empty bag is said to weigh; any number will do. */
    static final long EMPTY_BYTES = 48;

    private final Deque<byte[]> elements = new ArrayDeque<>();
    private long bytes = EMPTY_BYTES;

    void push(byte[] element) {
        elements.push(element);
        bytes += weight(element);
    }

    /** The last one pushed; null if there is none. */
    byte[] pop() {
        byte[] element = elements.poll();
        if (element != null) {
            bytes -= weight(element);
        }
        return element;
    }

    int size() {
        return elements.size();
    }

    static long weight(byte[] element) {
        return 24L + element.length;
    }

    /** Bags as a kind of value. */
    static class BagType implements ValueType<Bag> {
        @Override
        public String name() {
            return "bag";
        }

        @Override
        public int encodingVersion() {
            return 1;
        }

        @Override
        public Bag create() {
            return new Bag();
        }

        @Override
        public Bag copy(Bag value) {
            Bag copy = new Bag();
            value.elements.descendingIterator().forEachRemaining(element -> copy.push(element.clone()));
            return copy;
        }

        @Override
        public long memoryBytes(Bag value) {
            return value.bytes;
        }

        @Override
        public boolean isEmpty(Bag value) {
            return value.elements.isEmpty();
        }

        @Override
        public void write(Bag value, DataOutput out) throws IOException {
            out.writeInt(value.elements.size());
            for (byte[] element : value.elements) {
                out.writeInt(element.length);
                out.write(element);
            }
        }

        @Override
        public Bag read(int version, DataInput in) {
            throw new UnsupportedOperationException("no test reads bags");
        }
    }

    /** Bags of one element can be told in bytes. */
    static class CompactBagType extends BagType implements CompactType<Bag> {
        private final String name;

        CompactBagType(String name) {
            this.name = name;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public boolean compact(Bag value, Slice target) {
            if (value.size() != 1) {
                return false;
            }
            byte[] only = value.elements.peek();
            target.wrap(only, 0, only.length);
            return true;
        }

        @Override
        public Bag expand(Slice bytes) {
            Bag bag = new Bag();
            bag.push(bytes.copy());
            return bag;
        }
    }
}
