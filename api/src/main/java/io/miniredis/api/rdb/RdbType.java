package io.miniredis.api.rdb;

import io.miniredis.api.ValueType;

/**
 * A type whose values can also be written and read in the form that Redis gives them in {@code DUMP} and in its files. Types of
 * values that Redis does not know need not be one; {@code DUMP} then uses what {@link #write} writes.
 *
 * @param <V> the class of the values
 */
public interface RdbType<V> extends ValueType<V> {

    /**
     * What {@link #writeRdb} writes.
     *
     * @return one of Redis's numbers for types, such as 0 for a string
     */
    int rdbType();

    /**
     * Whether {@link #readRdb} can read a form; Redis has several for some types.
     *
     * @param rdbType one of Redis's numbers for types
     * @return true if it can; no other type of the server may
     */
    default boolean readsRdb(int rdbType) {
        return rdbType == rdbType();
    }

    /**
     * Writes a value.
     *
     * @param value the value, not empty
     * @param out where to
     */
    void writeRdb(V value, RdbWriter out);

    /**
     * Reads a value.
     *
     * @param rdbType the form, one that {@link #readsRdb} accepts
     * @param in where from; may hold anything
     * @return a new value; an empty one is taken as malformed if {@link #isEmpty} says that its key would go away
     * @throws MalformedRdbException if the bytes are not such a value
     */
    V readRdb(int rdbType, RdbReader in) throws MalformedRdbException;
}
