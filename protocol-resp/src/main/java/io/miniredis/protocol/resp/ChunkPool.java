package io.miniredis.protocol.resp;

/**
 * The output chunks of an I/O thread. A few are its own, which it makes when it needs them and keeps, so that replies make no garbage; more
 * are made if the server's {@link BufferMemory} has room for them, and let go of afterwards. Not thread-safe.
 */
public final class ChunkPool {
    /** How many chunks are a thread's own: one megabyte. */
    static final int MOST_KEPT = 64;

    /** While there are more than these, so many lie ready nevertheless. */
    private static final int SPARES = 4;

    private final BufferMemory memory;
    private final int own;
    private Chunk free;
    private int kept;
    /** How many chunks there are, in use or not. */
    private int made;

    /** Creates a pool without chunks, and without a limit. */
    public ChunkPool() {
        this(BufferMemory.unlimited(), MOST_KEPT);
    }

    /**
     * Creates a pool without chunks.
     *
     * @param memory has to have room for more than its own
     * @param own how many are its own, 1 or more
     */
    ChunkPool(BufferMemory memory, int own) {
        this.memory = memory;
        this.own = own;
    }

    /**
     * Lends a chunk.
     *
     * @param holding how many bytes the connection that it is for holds already: only those that hold more are cut off for it
     * @return a chunk that belongs to the caller until it is given back; null if there is no room for another one
     */
    Chunk take(long holding) {
        Chunk chunk = free;
        if (chunk == null) {
            return make(holding);
        }
        free = chunk.next;
        kept--;
        chunk.next = null;
        return chunk;
    }

    private Chunk make(long holding) {
        if (made >= own && !memory.take(Chunk.BYTES, 0, holding)) {
            return null;
        }
        made++;
        return new Chunk();
    }

    /** Takes a chunk back; not those after it. */
    void give(Chunk chunk) {
        chunk.abandonDeferred();
        if (made > own && kept >= SPARES) {
            chunk.next = null;
            made--;
            memory.add(-Chunk.BYTES);
        } else {
            chunk.next = free;
            free = chunk;
            kept++;
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
