package io.miniredis.protocol.resp;

import java.nio.ByteBuffer;

/** A piece of a connection's output; chunks form a list. It belongs to an I/O thread's {@link ChunkPool}, and to one owner at a time. */
final class Chunk {
    /** How many bytes a chunk takes. */
    static final int BYTES = 16 * 1024;

    final byte[] bytes = new byte[BYTES];
    /** The same bytes as the channel wants them: from {@link #seal} on, those that are still to be sent. */
    final ByteBuffer view = ByteBuffer.wrap(bytes);
    /** Where the written bytes end, once the writer has gone on to the next chunk. */
    int end;
    /** What is to be sent between this chunk's bytes and the next chunk, and is not written yet; mostly null. */
    Deferred deferred;
    /** The chunk after this one; null for the last. */
    Chunk next;

    /** One list of two; either may be null. */
    static Chunk join(Chunk list, Chunk more) {
        if (list == null) {
            return more;
        }
        Chunk last = list;
        while (last.next != null) {
            last = last.next;
        }
        last.next = more;
        return list;
    }

    /** What is deferred after it will not be written. */
    void abandonDeferred() {
        if (deferred != null) {
            deferred.abandon();
            deferred = null;
        }
    }

    /** Makes the written bytes the ones to be sent. */
    void seal() {
        view.limit(end).position(0);
    }
}
