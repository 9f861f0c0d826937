package io.miniredis.protocol.resp;

import java.nio.ByteBuffer;

/**
 * The bytes a connection has received and not yet executed. Small while little arrives, since most connections are idle; it
 * grows when reads fill it, and is exchanged for a smaller one when recent reads needed less. Beyond {@link #USUAL_BYTES} it
 * grows only while a single request needs it, by doubling, and never ahead of the bytes that have arrived.
 */
final class InputBuffer {
    /** The size of a new connection's buffer. */
    static final int SMALLEST_BYTES = 512;

    /** The largest buffer that is kept between requests. */
    static final int USUAL_BYTES = 64 * 1024;

    /** The most that one read may bring: the channel reads through a temporary buffer of this size, which its thread keeps. */
    static final int READ_BYTES = 256 * 1024;

    /** The largest array that virtual machines make. */
    private static final int MOST_BYTES = Integer.MAX_VALUE - 8;

    private static final int GROWTH = 4;
    private static final byte[] NOTHING = new byte[0];

    private final SpareBuffers spares;
    private final BufferMemory memory;
    private byte[] bytes = new byte[SMALLEST_BYTES];
    private ByteBuffer view = ByteBuffer.wrap(bytes);
    private int filled;
    /** What recent reads filled, in bytes: the most of them, fading with each read. */
    private int recent;

    InputBuffer(SpareBuffers spares, BufferMemory memory) {
        this.spares = spares;
        this.memory = memory;
    }

    /** The array that holds the bytes, from its beginning. */
    byte[] bytes() {
        return bytes;
    }

    /** How many bytes it holds. */
    int filled() {
        return filled;
    }

    /** How many bytes it could still take. */
    int free() {
        return bytes.length - filled;
    }

    /** Says that a read put bytes behind those that were there. */
    void received(int count) {
        filled += count;
        recent = Math.max(Math.min(filled, USUAL_BYTES), recent - (recent >> 3));
    }

    /**
     * Drops bytes from the beginning, moves the others there, and makes room behind them.
     *
     * @param consumed how many bytes are done with
     * @param needed how far the buffer must reach, before the move, to hold the bulk that is arriving, or
     *     {@link RequestDecoder#UNKNOWN}
     * @return the room, to read into; null, and nothing has changed, if there is no memory for the request
     */
    ByteBuffer makeRoom(int consumed, int needed) {
        int rest = filled - consumed;
        int reach = needed == RequestDecoder.UNKNOWN ? needed : needed - consumed;
        int size = size(rest, reach);
        if (size > bytes.length) {
            // Ahead of a really large request, since it may be that there will never be room for it.
            boolean isNeeded = rest == bytes.length || size > USUAL_BYTES;
            if (!mayGrow(size, reach, isNeeded)) {
                if (isNeeded) {
                    return null;
                }
                size = bytes.length;
            }
        }
        if (size != bytes.length) {
            exchange(size, reach, consumed, rest);
        } else if (consumed > 0 && rest > 0) {
            System.arraycopy(bytes, consumed, bytes, 0, rest);
        }
        filled = rest;
        return view.limit(Math.min(bytes.length, rest + READ_BYTES)).position(rest);
    }

    /** What counts of a buffer's size: all of it, unless it is as small as that of any new connection. */
    private static int counted(int size) {
        return size > SMALLEST_BYTES ? size : 0;
    }

    /** What it takes of the server's {@link BufferMemory}. Other threads get a recent answer. */
    int countedBytes() {
        return counted(bytes.length);
    }

    /**
     * Asks for the memory to grow.
     *
     * @param isNeeded whether it cannot go on without
     */
    private boolean mayGrow(int size, int reach, boolean isNeeded) {
        int end = Math.max(size, reach == RequestDecoder.UNKNOWN ? size : sizeToHold(reach));
        int more = counted(size) - counted(bytes.length);
        return isNeeded ? memory.take(more, end - size, end) : memory.takeIfFree(more, end - size);
    }

    /** What it will grow to for the sake of so many bytes. */
    private static int sizeToHold(int reach) {
        return reach <= SpareBuffers.LARGEST ? Integer.highestOneBit(Math.max(reach, 2) - 1) << 1 : reach;
    }

    /** Goes on with another array. Large ones are used again; one that holds the whole bulk that is arriving is welcome. */
    private void exchange(int size, int needed, int consumed, int rest) {
        byte[] old = bytes;
        byte[] other = null;
        if (size > USUAL_BYTES) {
            int atLeast = needed == RequestDecoder.UNKNOWN ? size : needed;
            other = spares.take(atLeast, SpareBuffers.LARGEST);
            if (other == null) {
                other = spares.take(size, SpareBuffers.LARGEST);
            }
        } else if (size == USUAL_BYTES) {
            other = spares.take(USUAL_BYTES, USUAL_BYTES);
        }
        bytes = other != null ? other : new byte[size];
        int taken = Math.max(counted(size), counted(old.length)); // if it grows, it has asked for that
        memory.add(counted(bytes.length) - taken); // a spare may be larger
        view = ByteBuffer.wrap(bytes);
        System.arraycopy(old, consumed, bytes, 0, rest);
        if (old.length == USUAL_BYTES || (old.length > USUAL_BYTES && size <= USUAL_BYTES)) {
            spares.give(old);
        }
    }

    /**
     * The size the buffer should have.
     *
     * @param rest how many bytes stay in it
     * @param needed how far it must reach to hold the bulk that is arriving, if that is known
     */
    private int size(int rest, int needed) {
        int size = bytes.length;
        if (rest > size / 2 && needed > size) {
            return size < USUAL_BYTES ? Math.min(size * GROWTH, USUAL_BYTES) : larger(size, needed);
        }
        if (size > USUAL_BYTES) {
            boolean stillNeeded = rest > USUAL_BYTES / 2 || (needed > USUAL_BYTES && needed != RequestDecoder.UNKNOWN);
            return stillNeeded ? size : USUAL_BYTES;
        }
        if (filled == size) {
            return Math.min(size * GROWTH, USUAL_BYTES);
        }
        if (rest == 0 && recent < size / (2 * GROWTH)) {
            return Math.max(size / GROWTH, SMALLEST_BYTES);
        }
        return size;
    }

    /** Twice the size; of really large buffers no more than is needed. */
    private static int larger(int size, int needed) {
        long most = needed <= SpareBuffers.LARGEST ? SpareBuffers.LARGEST : Math.min(needed, MOST_BYTES);
        return (int) Math.min(2L * size, most);
    }

    /** Lets go of the bytes. */
    void release() {
        memory.add(-counted(bytes.length));
        bytes = NOTHING;
        view = null;
        filled = 0;
    }
}
