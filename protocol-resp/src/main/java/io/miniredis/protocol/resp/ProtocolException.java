package io.miniredis.protocol.resp;

/**
 * Input that is not the Redis protocol. There is no way to find the next request after it, so the client is told, and the
 * connection closed. Carries no stack trace: a flood of nonsense must not cost more than sense.
 */
public final class ProtocolException extends Exception {
    private static final long serialVersionUID = 1;

    private final int offset;

    /**
     * @param offset where in the input buffer the malformed token begins
     * @param text what the client is told after {@code ERR Protocol error: }; each character stands for one byte
     */
    ProtocolException(int offset, String text) {
        super(text, null, false, false);
        this.offset = offset;
    }

    /**
     * Where in the input buffer the malformed token begins.
     *
     * @return an index
     */
    public int offset() {
        return offset;
    }
}
