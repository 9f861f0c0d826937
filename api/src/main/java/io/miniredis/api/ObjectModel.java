package io.miniredis.api;

/**
 * How HotSpot lays objects out, in bytes; see its options UseCompressedOops and UseCompactObjectHeaders:
 *
 * <pre>
 *                                 header   length of an array   its bytes, ints   its longs
 *     plain                       0 - 11   12 - 15              from 16           from 16
 *     compact (Java 24 and up)    0 - 7    8 - 11               from 12           from 16
 * </pre>
 *
 * References take 4 bytes, or 8, and begin at a multiple of that. The whole is padded to a multiple of 8.
 *
 * @param headerBytes what each object begins with
 * @param referenceBytes what a reference takes
 */
record ObjectModel(int headerBytes, int referenceBytes) {
    private static final int PLAIN_HEADER = 12;
    private static final int COMPACT_HEADER = 8;

    static ObjectModel ofThisJvm() {
        boolean compact = HotSpotOptions.compactsHeaders();
        return new ObjectModel(compact ? COMPACT_HEADER : PLAIN_HEADER, HotSpotOptions.compressesReferences() ? 4 : 8);
    }

    long object(int references, int otherBytes) {
        return padded(headerBytes + (long) referenceBytes * references + otherBytes);
    }

    long bytes(long length) {
        return padded(arrayBase(Integer.BYTES) + length);
    }

    int unpaddedBytes(int length) {
        return (int) bytes(length) - arrayBase(Integer.BYTES);
    }

    long longs(long length) {
        return arrayBase(Long.BYTES) + Long.BYTES * length;
    }

    long references(long length) {
        return padded(arrayBase(referenceBytes) + referenceBytes * length);
    }

    /** Where an array's elements begin if they have to begin at a multiple of this. */
    private int arrayBase(int alignment) {
        int end = headerBytes + Integer.BYTES;
        return (end + alignment - 1) & -alignment;
    }

    private static long padded(long bytes) {
        return (bytes + 7) & ~7L;
    }
}
