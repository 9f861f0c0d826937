package io.miniredis.protocol.resp;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.CompletionHandler;
import java.nio.channels.SocketChannel;

/** Reading or writing: an operation with one buffer, or several. */
abstract class Transfer extends Operation {
    /** The only buffer; null if there are several. */
    private ByteBuffer buffer;

    private ByteBuffer[] buffers;
    private int offset;
    private int length;

    /** Says what it is about. After it was begun. */
    <A> void of(ByteBuffer only, CompletionHandler<?, ? super A> whom, A about) {
        tell(whom, about);
        buffer = only;
    }

    /** Says what it is about. After it was begun. */
    <A> void of(ByteBuffer[] several, int from, int count, CompletionHandler<?, ? super A> whom, A about) {
        tell(whom, about);
        buffers = several;
        offset = from;
        length = count;
    }

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

    /** Reads what is there and ends; or goes on waiting, if nothing is. */
    void read(SocketChannel channel) {
        long count;
        try {
            count = buffer != null ? channel.read(buffer) : channel.read(buffers, offset, length);
        } catch (IOException | RuntimeException | Error e) {
            fail(e);
            return;
        }
        if (count != 0) {
            complete(count);
        }
    }

    /** Writes what there is room for and ends; false if there is none. */
    boolean write(SocketChannel channel) {
        long count;
        try {
            count = buffer != null ? channel.write(buffer) : channel.write(buffers, offset, length);
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
