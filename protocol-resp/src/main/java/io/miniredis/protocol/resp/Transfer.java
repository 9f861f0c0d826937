package io.miniredis.protocol.resp;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Reading or writing: an operation with one buffer, or several. */
abstract class Transfer extends Operation {
    /** The only buffer; null if there are several. */
    private ByteBuffer buffer;

    private ByteBuffer[] buffers;
    private int offset;
    private int length;

    /** Says what it is about. After it was begun. */
    void of(ByteBuffer only) {
        buffer = only;
    }

    /** Says what it is about. After it was begun. */
    void of(ByteBuffer[] several, int from, int count) {
        buffers = several;
        offset = from;
        length = count;
    }

    /** Reads or writes as many bytes as it can, and says how many. */
    abstract long move(ByteBuffer only) throws IOException;

    /** Reads or writes as many bytes as it can, and says how many. */
    abstract long move(ByteBuffer[] several, int from, int count) throws IOException;

    /** How many bytes the buffers have from their positions to their limits. */
    long remaining() {
        return buffer != null ? buffer.remaining() : remaining(buffers, offset, length);
    }

    static long remaining(ByteBuffer[] buffers, int offset, int length) {
        long bytes = 0;
        for (int i = offset; i < offset + length; i++) {
            bytes += buffers[i].remaining();
        }
        return bytes;
    }

    /** Moves what can be moved and ends; false if nothing can. */
    boolean attempt() {
        long count;
        try {
            count = buffer != null ? move(buffer) : move(buffers, offset, length);
        } catch (IOException | RuntimeException | Error e) {
            fail(e);
            return true;
        }
        if (count == 0) {
            return false;
        }
        complete(count);
        return true;
    }

    /** Ends it: with an {@code Integer} if it has one buffer, with a {@code Long} if several. */
    void complete(long count) {
        complete(buffer != null ? (Object) (int) count : (Object) count);
    }

    @Override
    void end() {
        buffer = null;
        buffers = null;
        super.end();
    }
}
