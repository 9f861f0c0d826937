package io.miniredis.engine;

import io.miniredis.api.Reply;
import io.miniredis.api.ReplySource;
import io.miniredis.api.Slice;
import io.miniredis.api.transport.ReplyStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * One reply, kept to be written later and by another thread: what was called is called again. Whether the reply is whole shows only
 * then. Confined to one thread at a time.
 */
final class ReplyRecording implements ReplyStream {
    /** Bulk strings from this length on are kept where they lie, if their owner lends them. */
    private static final int LONG_BULK = 16 * 1024;

    private final List<Consumer<ReplyStream>> calls = new ArrayList<>();
    private final List<Scope> open = new ArrayList<>();

    /** Makes all calls again. */
    void replayTo(ReplyStream replies) {
        calls.forEach(call -> call.accept(replies));
    }

    @Override
    public void protocol(int version) {
        throw new UnsupportedOperationException("the protocol is that of the client who gets the reply in the end");
    }

    @Override
    public void begin() {
        calls.clear();
    }

    /** Nobody can say that yet. */
    @Override
    public boolean isComplete() {
        return true;
    }

    @Override
    public void rollback() {
        calls.clear();
    }

    @Override
    public void replies(int count) {
        throw new UnsupportedOperationException("a recording is one reply");
    }

    @Override
    public long pendingBytes() {
        return 0;
    }

    @Override
    public void ok() {
        calls.add(Reply::ok);
    }

    @Override
    public void simple(String text) {
        calls.add(reply -> reply.simple(text));
    }

    @Override
    public void error(String message) {
        calls.add(reply -> reply.error(message));
    }

    @Override
    public void integer(long value) {
        calls.add(reply -> reply.integer(value));
    }

    @Override
    public void bulk(byte[] array, int offset, int length) {
        byte[] copy = Arrays.copyOfRange(array, offset, offset + length);
        calls.add(reply -> reply.bulk(copy));
    }

    @Override
    public void bulk(Slice bytes) {
        if (bytes.length() < LONG_BULK || !bytes.lend()) {
            bulk(bytes.array(), bytes.offset(), bytes.length());
            return;
        }
        Slice lent = new Slice().wrap(bytes.array(), bytes.offset(), bytes.length(), () -> {});
        calls.add(reply -> reply.bulk(lent));
    }

    @Override
    public void bulk(String text) {
        calls.add(reply -> reply.bulk(text));
    }

    @Override
    public void bulkInteger(long value) {
        calls.add(reply -> reply.bulkInteger(value));
    }

    @Override
    public void nil() {
        calls.add(Reply::nil);
    }

    @Override
    public void nullArray() {
        calls.add(Reply::nullArray);
    }

    @Override
    public void bool(boolean value) {
        calls.add(reply -> reply.bool(value));
    }

    @Override
    public void real(double value) {
        calls.add(reply -> reply.real(value));
    }

    @Override
    public void verbatim(String format, String text) {
        calls.add(reply -> reply.verbatim(format, text));
    }

    @Override
    public void array(int size) {
        calls.add(reply -> reply.array(size));
    }

    @Override
    public void array(int size, ReplySource source) {
        calls.add(reply -> reply.array(size, source));
    }

    @Override
    public void set(int size) {
        calls.add(reply -> reply.set(size));
    }

    @Override
    public void map(int pairs) {
        calls.add(reply -> reply.map(pairs));
    }

    @Override
    public Scope array() {
        int[] place = new int[1];
        calls.add(reply -> {
            place[0] = open.size();
            open.add(reply.array());
        });
        return () -> calls.add(reply -> open.get(place[0]).close());
    }
}
