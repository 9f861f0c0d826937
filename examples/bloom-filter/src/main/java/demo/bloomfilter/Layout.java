package demo.bloomfilter;

/** What objects occupy in this JVM, headers and padding included. A heap under 32 GB uses compressed references. */
final class Layout {
    private static final int REFERENCE_BYTES = Runtime.getRuntime().maxMemory() < 32L << 30 ? 4 : 8;
    private static final int OBJECT_HEADER_BYTES = REFERENCE_BYTES == 4 ? 12 : 16;
    private static final int ARRAY_HEADER_BYTES = 16;

    private Layout() {}

    /** An object with so many references and so many bytes of other fields. */
    static long object(int references, int otherBytes) {
        return padded(OBJECT_HEADER_BYTES + references * REFERENCE_BYTES + otherBytes);
    }

    /** An array of references. */
    static long references(long length) {
        return padded(ARRAY_HEADER_BYTES + REFERENCE_BYTES * length);
    }

    /** An array of longs. */
    static long longs(long length) {
        return ARRAY_HEADER_BYTES + Long.BYTES * length;
    }

    private static long padded(long bytes) {
        return (bytes + 7) & ~7L;
    }
}
