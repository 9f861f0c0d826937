package io.miniredis.api;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * A kind of value: its name, its weight, how it is copied and how it travels. A provider of this service adds its type to the
 * server. Values themselves are plain objects; the server never looks inside them.
 *
 * <p>A type is a singleton, stateless and thread-safe; the server calls it while it holds the lock of the value's key. For a
 * value that is nothing but bytes extend {@link BytesType}, which the server stores beside the key.
 *
 * @param <V> the class of the values
 */
public interface ValueType<V> {

    /**
     * What {@code TYPE} answers. Unique in a server.
     *
     * @return a short ASCII name, such as {@code list}
     */
    String name();

    /**
     * The version of the form that {@link #write} writes.
     *
     * @return 1 or more; raised at each change of the form
     */
    int encodingVersion();

    /**
     * Makes an empty value.
     *
     * @return a new value
     */
    V create();

    /**
     * Copies a value deeply.
     *
     * @param value the original
     * @return a value that shares nothing mutable with it
     */
    V copy(V value);

    /**
     * What the value occupies: object headers, array headers, references and padding included. O(1): keep a running total.
     *
     * @param value the value
     * @return bytes of heap
     */
    long memoryBytes(V value);

    /**
     * Whether the value is empty, which for a collection means that its key goes away.
     *
     * @param value the value
     * @return true if the key should be removed; types whose empty value is legal answer false
     */
    default boolean isEmpty(V value) {
        return false;
    }

    /**
     * Gives the arrays of a value away that has left the keyspace for good: its key was deleted, expired or evicted, or got another
     * value. Called once the command has ended that did so; later, and perhaps not for all values, if all keys were removed at once. A
     * value that was removed must not be stored again, then: {@link #copy} it.
     *
     * <p>Other clients wait meanwhile, so who has thousands of arrays gives some hundreds at a time. What is not asked for any more is left
     * to the collector.
     *
     * @param value the value, which nobody uses any more
     * @param arrays takes what the value had {@linkplain Keyspace#arrays taken} and no reply still reads
     * @return whether that was all; otherwise it is called again, a little later
     */
    default boolean release(V value, ArrayPool arrays) {
        return true;
    }

    /**
     * What {@code OBJECT ENCODING} answers.
     *
     * @param value the value
     * @return the name that Redis would give its representation
     */
    default String encoding(V value) {
        return "raw";
    }

    /**
     * Writes a value in the form of the current {@link #encodingVersion}.
     *
     * @param value the value
     * @param out where to
     * @throws IOException if {@code out} throws it
     */
    void write(V value, DataOutput out) throws IOException;

    /**
     * Reads a value that {@link #write} wrote, now or in an earlier version.
     *
     * @param version the {@link #encodingVersion} it was written with
     * @param in where from
     * @return a new value
     * @throws IOException if the bytes are not such a value
     */
    V read(int version, DataInput in) throws IOException;
}
