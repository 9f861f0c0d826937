package io.miniredis.api;

import java.util.function.Consumer;

/**
 * A type whose values are collections of byte strings. Commands that take a collection of any kind, such as {@code SORT}, work
 * through this: a list, a set and a sorted set are such types, a hash is not, for it is of pairs.
 *
 * @param <V> the class of the values
 */
public interface CollectionType<V> extends ValueType<V> {

    /**
     * How many elements there are. O(1).
     *
     * @param value the value
     * @return 0 or more
     */
    long size(V value);

    /**
     * Shows all elements, in their order if they have one.
     *
     * @param value the value
     * @param visitor gets each element; the slice is valid during the call only
     */
    void forEach(V value, Consumer<Slice> visitor);

    /**
     * Whether the elements have an order of their own: that of a list, or that of a sorted set's scores.
     *
     * @return false for a set
     */
    default boolean isOrdered() {
        return true;
    }

    /**
     * Adds an element; at the end, if the elements have the order in which they came.
     *
     * @param value the value
     * @param element its bytes, to be copied
     * @throws UnsupportedOperationException if an element is more than its bytes, as in a sorted set
     */
    void add(V value, Slice element);
}
