package io.miniredis.protocol.resp;

import java.util.ArrayDeque;
import java.util.Iterator;

/**
 * Large input buffers that an I/O thread's connections are done with, to be used again by those that send large requests: so that
 * a stream of them neither allocates nor copies while its buffer grows. Keeps a few megabytes, the most recent; not thread-safe.
 */
final class SpareBuffers {
    /** The most bytes that any thread need keep. */
    static final int MOST_BYTES = 32 << 20;

    /** The largest buffer that is kept. */
    static final int LARGEST = 4 << 20;

    private final ArrayDeque<byte[]> spares = new ArrayDeque<>();
    private final long mostBytes;
    private int bytes;

    /**
     * Begins with none.
     *
     * @param mostBytes the most bytes that are kept
     */
    SpareBuffers(long mostBytes) {
        this.mostBytes = mostBytes;
    }

    /**
     * Lends a buffer.
     *
     * @param atLeast how many bytes it must have
     * @param atMost how many it may have
     * @return a buffer with anything in it; null if there is none like this
     */
    byte[] take(int atLeast, int atMost) {
        for (Iterator<byte[]> i = spares.iterator(); i.hasNext(); ) {
            byte[] spare = i.next();
            if (spare.length >= atLeast && spare.length <= atMost) {
                i.remove();
                bytes -= spare.length;
                return spare;
            }
        }
        return null;
    }

    /** Takes a buffer that nobody uses any more. */
    void give(byte[] spare) {
        if (spare.length > LARGEST) {
            return;
        }
        spares.addFirst(spare);
        bytes += spare.length;
        while (bytes > mostBytes) {
            bytes -= spares.removeLast().length;
        }
    }
}
