package io.miniredis.protocol.resp;

/** The output chunks that an I/O thread has at hand. Keeps a few, so that replies make no garbage; not thread-safe. */
public final class ChunkPool {
    /** How many chunks are kept for reuse: one megabyte. */
    static final int MOST_KEPT = 64;

    private Chunk free;
    private int kept;

    /** Creates a pool without chunks. */
    public ChunkPool() {}

    /** A chunk that belongs to the caller until it is given back. */
    Chunk take() {
        Chunk chunk = free;
        if (chunk == null) {
            return new Chunk();
        }
        free = chunk.next;
        kept--;
        chunk.next = null;
        return chunk;
    }

    /** Takes a chunk back; not those after it. */
    void give(Chunk chunk) {
        chunk.deferred = null;
        if (kept < MOST_KEPT) {
            chunk.next = free;
            free = chunk;
            kept++;
        } else {
            chunk.next = null;
        }
    }

    /** Takes a whole list of chunks back. */
    void giveAll(Chunk first) {
        Chunk chunk = first;
        while (chunk != null) {
            Chunk next = chunk.next;
            give(chunk);
            chunk = next;
        }
    }

    /** How many chunks lie ready. */
    int kept() {
        return kept;
    }
}
