package io.miniredis.protocol.resp;

import io.miniredis.api.transport.ReplyStream;

/** The real encoder without a socket behind it, for benchmarks in other packages. */
public final class Replies {
    private final ChunkPool pool = new ChunkPool();
    private final ReplyWriter writer = new ReplyWriter(pool);

    /** Creates an encoder. */
    public Replies() {}

    /**
     * Where replies go.
     *
     * @return the same stream each time
     */
    public ReplyStream stream() {
        return writer;
    }

    /**
     * Takes what was written, as a connection does, and gives the chunks back without sending them.
     *
     * @return the first byte that was written; 0 if there was none
     */
    public byte discard() {
        Chunk first = writer.take();
        if (first == null) {
            return 0;
        }
        byte beginning = first.bytes[0];
        pool.giveAll(first);
        return beginning;
    }
}
