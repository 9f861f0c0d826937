package io.miniredis.api;

/**
 * A type whose small values can be told in a few bytes. Where there are many of them, the server keeps these bytes instead of the objects,
 * beside the key, in an array that many share: then a value is found with one cache miss, and a million are not for the collector to look
 * after. A value is made from its bytes when a command asks for it, and told in bytes again when a command has changed it.
 *
 * <p>That pays for values that millions of keys have, each of them with a few elements. Values of plugins stay objects, as they can be parked.
 *
 * @param <V> the class of the values
 */
public interface CompactType<V> extends ValueType<V> {
    /** What a compact form may take, in bytes. */
    int MOST_BYTES = 1024;

    /**
     * Shows the compact form of a value. O(1) for a value that has none.
     *
     * @param value the value, which is not empty
     * @param target gets the bytes, which are copied before the value is used again
     * @return false if it has none, as it takes more than {@link #MOST_BYTES}
     */
    boolean compact(V value, Slice target);

    /**
     * Makes a value from its compact form.
     *
     * @param bytes what {@link #compact} has shown of such a value; must not be kept
     * @return a new value, equal to the one that was there
     */
    V expand(Slice bytes);
}
