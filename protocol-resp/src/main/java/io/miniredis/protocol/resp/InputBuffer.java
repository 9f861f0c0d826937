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
    static final int READ_BYTES = 64 * 1024;

    /** The largest array that virtual machines make. */
    private static final int MOST_BYTES = Integer.MAX_VALUE - 8;

    private static final int GROWTH = 4;

    private byte[] bytes = new byte[SMALLEST_BYTES];
    private ByteBuffer view = ByteBuffer.wrap(bytes);
    private int filled;
    /** What recent reads filled, in bytes: the most of them, fading with each read. */
    private int recent;

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
     * @return the room, to read into
     */
    ByteBuffer makeRoom(int consumed, int needed) {
        int rest = filled - consumed;
        int size = size(rest, needed == RequestDecoder.UNKNOWN ? needed : needed - consumed);
        if (size != bytes.length) {
            byte[] larger = new byte[size];
            System.arraycopy(bytes, consumed, larger, 0, rest);
            bytes = larger;
            view = ByteBuffer.wrap(bytes);
        } else if (consumed > 0 && rest > 0) {
            System.arraycopy(bytes, consumed, bytes, 0, rest);
        }
        filled = rest;
        return view.limit(Math.min(size, rest + READ_BYTES)).position(rest);
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
            long larger = size < USUAL_BYTES ? Math.min(size * GROWTH, USUAL_BYTES) : Math.min(2L * size, needed);
            return (int) Math.min(larger, MOST_BYTES);
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

    /** Lets go of the bytes. */
    void release() {
        bytes = new byte[0];
        filled = 0;
    }
}
