package io.miniredis.api;

/**
 * How this JVM lays objects out: what headers, references and arrays occupy in the heap, padding included. For
 * {@link ValueType#memoryBytes}. All of it is known when the class is loaded; a call costs a few additions.
 */
public final class Layout {
    private static final ObjectModel MODEL = ObjectModel.ofThisJvm();

    private Layout() {}

    /**
     * What an object with such fields occupies, without what it refers to.
     *
     * @param references how many of its fields are references
     * @param otherBytes what its other fields take together
     * @return bytes of heap
     */
    public static long object(int references, int otherBytes) {
        return MODEL.object(references, otherBytes);
    }

    /**
     * What an array of bytes occupies.
     *
     * @param length how many bytes are in it
     * @return bytes of heap
     */
    public static long bytes(long length) {
        return MODEL.bytes(length);
    }

    /**
     * The length of the longest array of bytes that occupies no more than one of this length.
     *
     * @param length how many bytes there are to put into it; no more than an array can have
     * @return that, or up to seven more
     */
    public static int unpaddedBytes(int length) {
        return MODEL.unpaddedBytes(length);
    }

    /**
     * What an array of ints occupies.
     *
     * @param length how many ints are in it
     * @return bytes of heap
     */
    public static long ints(long length) {
        return MODEL.bytes(Integer.BYTES * length);
    }

    /**
     * What an array of longs occupies.
     *
     * @param length how many longs are in it
     * @return bytes of heap
     */
    public static long longs(long length) {
        return MODEL.longs(length);
    }

    /**
     * What an array of references occupies, without what they refer to.
     *
     * @param length how many references are in it
     * @return bytes of heap
     */
    public static long references(long length) {
        return MODEL.references(length);
    }

    /**
     * What a reference occupies in an object or an array.
     *
     * @return bytes: 4, or 8
     */
    public static int referenceBytes() {
        return MODEL.referenceBytes();
    }
}
