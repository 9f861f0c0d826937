package io.miniredis.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.miniredis.api.CommandException;
import io.miniredis.api.ReplySource;
import io.miniredis.api.Slice;
import io.miniredis.api.transport.ReplyStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One reply as Java's values, as {@link io.miniredis.api.CommandContext#call} describes them. Confined to one thread. */
final class ReplyValues implements ReplyStream {
    /** How much a {@link ReplySource} is asked for at a time. */
    private static final int PIECE_BYTES = 1 << 16;

    private final Deque<Aggregate> open = new ArrayDeque<>();

    /** How many values were written, in aggregates or not, and how many not in one. */
    private long written;

    private int whole;
    private Object result;

    /** An array, set or map that is being written. */
    private static final class Aggregate {
        /** A map's keys and values in turn. */
        final List<Object> values = new ArrayList<>();
        /** -1 while the scope is open that will tell. */
        final long size;

        final boolean isMap;

        Aggregate(long size, boolean isMap) {
            this.size = size;
            this.isMap = isMap;
        }

        Object finished() {
            if (!isMap) {
                return values;
            }
            Map<Object, Object> map = new LinkedHashMap<>();
            for (int i = 0; i < values.size(); i += 2) {
                Object key = values.get(i);
                map.put(key instanceof byte[] bytes ? new String(bytes, UTF_8) : key, values.get(i + 1));
            }
            return map;
        }
    }

    /** The reply, which is complete. */
    Object result() throws CommandException {
        if (result instanceof CommandException error) {
            throw error;
        }
        return result;
    }

    private void add(Object value) {
        written++;
        Object next = value;
        while (true) {
            Aggregate last = open.peek();
            if (last == null) {
                result = next;
                whole++;
                return;
            }
            last.values.add(next);
            if (last.values.size() != last.size) {
                return;
            }
            next = open.pop().finished();
        }
    }

    private void open(long size, boolean isMap) {
        Aggregate aggregate = new Aggregate(size, isMap);
        if (size == 0) {
            add(aggregate.finished());
        } else {
            open.push(aggregate);
        }
    }

    @Override
    public void protocol(int version) {
        throw new UnsupportedOperationException("values are of no protocol");
    }

    @Override
    public void begin() {
        rollback();
    }

    @Override
    public boolean isComplete() {
        return open.isEmpty() && whole == 1;
    }

    @Override
    public void rollback() {
        open.clear();
        written = 0;
        whole = 0;
        result = null;
    }

    @Override
    public void replies(int count) {
        throw new UnsupportedOperationException("this is one reply");
    }

    @Override
    public long pendingBytes() {
        return 0;
    }

    @Override
    public void ok() {
        add("OK");
    }

    @Override
    public void simple(String text) {
        add(text);
    }

    @Override
    public void error(String message) {
        add(new CommandException(message));
    }

    @Override
    public void integer(long value) {
        add(value);
    }

    @Override
    public void bulk(byte[] array, int offset, int length) {
        add(Arrays.copyOfRange(array, offset, offset + length));
    }

    @Override
    public void bulk(Slice bytes) {
        add(bytes.copy());
    }

    @Override
    public void bulk(String text) {
        add(text.getBytes(UTF_8));
    }

    @Override
    public void bulkInteger(long value) {
        bulk(Long.toString(value));
    }

    @Override
    public void nil() {
        add(null);
    }

    @Override
    public void nullArray() {
        add(null);
    }

    @Override
    public void bool(boolean value) {
        add(value);
    }

    @Override
    public void real(double value) {
        add(value);
    }

    @Override
    public void verbatim(String format, String text) {
        bulk(text);
    }

    @Override
    public void array(int size) {
        open(size, false);
    }

    @Override
    public void array(int size, ReplySource source) {
        open(size, false);
        Aggregate array = open.peek();
        long before = -1;
        while (size > 0 && open.contains(array) && written != before) {
            before = written;
            source.write(this, PIECE_BYTES);
        }
    }

    @Override
    public void set(int size) {
        open(size, false);
    }

    @Override
    public void map(int pairs) {
        open(2L * pairs, true);
    }

    @Override
    public Scope array() {
        Aggregate array = new Aggregate(-1, false);
        open.push(array);
        return () -> {
            if (open.peek() == array) {
                open.pop();
                add(array.values);
            }
        };
    }
}
