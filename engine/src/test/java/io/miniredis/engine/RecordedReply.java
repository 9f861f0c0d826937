package io.miniredis.engine;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.miniredis.api.ReplySource;
import io.miniredis.api.Slice;
import io.miniredis.api.transport.ReplyStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;

/**
 * Replies as text to compare with: {@code +OK}, {@code -ERR ...}, {@code 42}, {@code 'bulk'}, {@code [1, 'b']} for an array,
 * {@code ~[...]} for a set, {@code {'k': 1}} for a map, {@code nil}, {@code nil-array}, {@code txt:'...'}. Counts like the real
 * encoder: an aggregate that is too short or followed by too much makes the reply incomplete.
 */
final class RecordedReply implements ReplyStream {
    private final List<String> replies = new ArrayList<>();
    private final Deque<Aggregate> open = new ArrayDeque<>();
    private int begun;
    private int held;
    private boolean broken;
    private int protocol = 2;

    /** What {@link #pendingBytes} adds for each reply. */
    long bytesPerReply;

    /** An aggregate that is being written. */
    private static final class Aggregate {
        private final String begin;
        private final String end;

        /** -1 until the scope is closed. */
        private final int size;

        private final boolean pairs;
        private final List<String> items = new ArrayList<>();

        Aggregate(String begin, String end, int size, boolean pairs) {
            this.begin = begin;
            this.end = end;
            this.size = size;
            this.pairs = pairs;
        }

        boolean isFull() {
            return items.size() == size;
        }

        String text() {
            StringBuilder text = new StringBuilder(begin);
            for (int i = 0; i < items.size(); i++) {
                String separator = pairs && i % 2 == 1 ? ": " : ", ";
                text.append(i == 0 ? "" : separator).append(items.get(i));
            }
            return text.append(end).toString();
        }
    }

    /** All replies so far, which are forgotten. */
    List<String> take() {
        List<String> taken = List.copyOf(replies);
        replies.clear();
        begun = 0;
        return taken;
    }

    int protocol() {
        return protocol;
    }

    private void add(String text) {
        String value = text;
        while (!open.isEmpty()) {
            Aggregate aggregate = open.peek();
            aggregate.items.add(value);
            if (!aggregate.isFull()) {
                return;
            }
            value = open.pop().text();
        }
        replies.add(value);
    }

    private void begin(String begin, String end, int size, boolean pairs) {
        Aggregate aggregate = new Aggregate(begin, end, size, pairs);
        if (aggregate.isFull()) {
            add(aggregate.text());
        } else {
            open.push(aggregate);
        }
    }

    @Override
    public void protocol(int version) {
        protocol = version;
    }

    @Override
    public void begin() {
        begun = replies.size();
        open.clear();
        broken = false;
    }

    @Override
    public boolean isComplete() {
        return open.isEmpty() && !broken && replies.size() == begun + 1;
    }

    @Override
    public void rollback() {
        replies.subList(begun, replies.size()).clear();
        open.clear();
        broken = false;
    }

    @Override
    public void replies(int count) {
        replies.add("*" + count);
    }

    @Override
    public void push(int size) {
        begin(protocol < 3 ? "[" : ">[", "]", size, false);
    }

    @Override
    public void message(byte[] encoded) {
        replies.add(begun++, new String(encoded, UTF_8));
    }

    @Override
    public void hold() {
        held = replies.size();
    }

    @Override
    public void drop() {
        replies.subList(held, replies.size()).clear();
        begin();
    }

    @Override
    public long pendingBytes() {
        return replies.size() * bytesPerReply;
    }

    @Override
    public void ok() {
        add("+OK");
    }

    @Override
    public void simple(String text) {
        add("+" + text);
    }

    @Override
    public void error(String message) {
        add("-" + unquoted(message).replace('\r', ' ').replace('\n', ' '));
    }

    /** Bytes beyond ASCII that {@link Slice#quotable} quoted, as Latin-1. */
    private static String unquoted(String message) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < message.length(); i++) {
            char c = message.charAt(i);
            boolean quoted = c >= Slice.QUOTED_BYTES && c <= Slice.QUOTED_BYTES + 0xff;
            text.append(quoted ? (char) (c - Slice.QUOTED_BYTES) : c);
        }
        return text.toString();
    }

    @Override
    public void integer(long value) {
        add(Long.toString(value));
    }

    @Override
    public void bulk(byte[] array, int offset, int length) {
        add(quoted(new String(array, offset, length, ISO_8859_1)));
    }

    @Override
    public void bulk(String text) {
        add(quoted(new String(text.getBytes(UTF_8), ISO_8859_1)));
    }

    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("'");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            quoted.append(c < ' ' || c > '~' ? String.format(Locale.ROOT, "\\x%02x", (int) c) : c);
        }
        return quoted.append('\'').toString();
    }

    @Override
    public void bulkInteger(long value) {
        add("'" + value + "'");
    }

    @Override
    public void nil() {
        add("nil");
    }

    @Override
    public void nullArray() {
        add("nil-array");
    }

    @Override
    public void bool(boolean value) {
        add(Boolean.toString(value));
    }

    @Override
    public void real(double value) {
        add(Double.toString(value));
    }

    /** Left as it is, since such texts have many lines. */
    @Override
    public void verbatim(String format, String text) {
        add(format + ":" + text);
    }

    @Override
    public void array(int size) {
        begin("[", "]", size, false);
    }

    @Override
    public void array(int size, ReplySource source) {
        array(size);
        while (source.remainingBytes() > 0) {
            source.write(this, 1);
        }
    }

    @Override
    public void set(int size) {
        begin("~[", "]", size, false);
    }

    @Override
    public void map(int pairs) {
        begin("{", "}", 2 * pairs, true);
    }

    @Override
    public Scope array() {
        Aggregate aggregate = new Aggregate("[", "]", -1, false);
        open.push(aggregate);
        return () -> close(aggregate);
    }

    private void close(Aggregate aggregate) {
        if (open.peek() == aggregate) {
            open.pop();
            add(aggregate.text());
        } else {
            broken = true;
        }
    }
}
