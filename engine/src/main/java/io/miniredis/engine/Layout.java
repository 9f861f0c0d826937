package io.miniredis.engine;

/**
 * How this JVM lays objects out: what a header, a reference and an array cost. A heap under 32 GB uses compressed references.
 */
public final class Layout {
    static final int REFERENCE_BYTES = Runtime.getRuntime().maxMemory() < 32L << 30 ? 4 : 8;
    private static final int OBJECT_HEADER_BYTES = REFERENCE_BYTES == 4 ? 12 : 16;
    static final int ARRAY_HEADER_BYTES = 16;

    private Layout() {}

    /**
     * What an array of bytes occupies, header and padding included.
     *
     * @param length how many bytes are in it
     * @return bytes of heap
     */
    public static long bytes(long length) {
        return padded(ARRAY_HEADER_BYTES + length);
    }

    static long ints(long length) {
        return padded(ARRAY_HEADER_BYTES + 4 * length);
    }

    static long longs(long length) {
        return padded(ARRAY_HEADER_BYTES + 8 * length);
    }

    /**
     * What an array of references occupies, without what they refer to.
     *
     * @param length how many references are in it
     * @return bytes of heap
     */
    public static long references(long length) {
        return padded(ARRAY_HEADER_BYTES + REFERENCE_BYTES * length);
    }

    /**
     * What an object with such fields occupies, without what it refers to.
     *
     * @param references how many of its fields are references
     * @param otherBytes what its other fields take together
     * @return bytes of heap
     */
    public static long object(int references, int otherBytes) {
        return padded(OBJECT_HEADER_BYTES + (long) REFERENCE_BYTES * references + otherBytes);
    }

    static long padded(long bytes) {
        return (bytes + 7) & ~7L;
    }
}
