package io.miniredis.api;

/**
 * Where a command writes its answer, value by value, straight into the connection's output. It knows RESP2 from RESP3: a map
 * becomes a flat array for a client of RESP2, null the null that the client understands, and so on.
 *
 * <p>A handler writes exactly one value; an aggregate of n is followed by exactly n values, which may be aggregates again. The
 * server counts: a reply that is incomplete or too long is withdrawn and becomes one clean error.
 */
public interface Reply {

    /** Writes {@code +OK}. */
    void ok();

    /**
     * Writes a simple string.
     *
     * @param text short ASCII text without line breaks
     */
    void simple(String text);

    /**
     * Writes an error, as an element of an array say; to answer the whole command with an error, throw {@link CommandException}.
     *
     * @param message code, blank, explanation; line breaks become blanks
     */
    void error(String message);

    /**
     * Writes an integer.
     *
     * @param value the number
     */
    void integer(long value);

    /**
     * Writes a bulk string.
     *
     * @param array holds the bytes, which are copied before this returns
     * @param offset the first byte
     * @param length how many
     */
    void bulk(byte[] array, int offset, int length);

    /**
     * Writes a bulk string.
     *
     * @param bytes the bytes, copied before this returns
     */
    default void bulk(byte[] bytes) {
        bulk(bytes, 0, bytes.length);
    }

    /**
     * Writes a bulk string.
     *
     * @param bytes the bytes, copied before this returns or lent by their owner ({@link Slice#lend})
     */
    default void bulk(Slice bytes) {
        bulk(bytes.array(), bytes.offset(), bytes.length());
    }

    /**
     * Writes a bulk string, encoded as UTF-8.
     *
     * @param text the text
     */
    void bulk(String text);

    /**
     * Writes a number as the bulk string of its decimal digits.
     *
     * @param value the number
     */
    void bulkInteger(long value);

    /** Writes null: {@code $-1} in RESP2, {@code _} in RESP3. */
    void nil();

    /** Writes a null array: {@code *-1} in RESP2, {@code _} in RESP3. */
    void nullArray();

    /**
     * Writes a boolean: 1 or 0 in RESP2.
     *
     * @param value the boolean
     */
    void bool(boolean value);

    /**
     * Writes a double: a bulk string in RESP2.
     *
     * @param value the number, with 17 significant digits, as Redis 7.0 prints it
     */
    void real(double value);

    /**
     * Writes text to be shown as it is: a bulk string in RESP2.
     *
     * @param format three characters, {@code txt} or {@code mkd}
     * @param text the text, encoded as UTF-8
     */
    void verbatim(String format, String text);

    /**
     * Begins an array.
     *
     * @param size how many values follow
     */
    void array(int size);

    /**
     * Writes an array whose values are written later, bit by bit as the client takes them. For long arrays, which would
     * otherwise lie in memory as a whole.
     *
     * @param size how many values
     * @param source writes exactly {@code size} values
     */
    void array(int size, ReplySource source);

    /**
     * Begins a set: an array in RESP2.
     *
     * @param size how many values follow
     */
    void set(int size);

    /**
     * Begins a map: an array of twice as many values in RESP2.
     *
     * @param pairs how many keys, each followed by its value
     */
    void map(int pairs);

    /**
     * Begins an array whose length is not known yet. It ends when the scope is closed. A handler that throws need not close it.
     *
     * @return the open array
     */
    Scope array();

    /** An array that is being written and will know its length when it is closed. */
    interface Scope {
        /** Ends the array. */
        void close();
    }
}
