package io.miniredis.api;

import java.util.Locale;

/** The access-control category of a command, in the order in which {@code COMMAND INFO} lists it. */
public enum CommandCategory {
    /** Keys of any type. */
    KEYSPACE,
    /** Reads data. Follows from {@link CommandFlag#READONLY}. */
    READ,
    /** Writes data. Follows from {@link CommandFlag#WRITE}. */
    WRITE,
    /** Sets. */
    SET,
    /** Sorted sets. */
    SORTEDSET,
    /** Lists. */
    LIST,
    /** Hashes. */
    HASH,
    /** Strings. */
    STRING,
    /** Bitmaps. */
    BITMAP,
    /** HyperLogLogs. */
    HYPERLOGLOG,
    /** Geographical indexes. */
    GEO,
    /** Streams. */
    STREAM,
    /** Publishing and subscribing. Follows from {@link CommandFlag#PUBSUB}. */
    PUBSUB,
    /** Administration. Follows from {@link CommandFlag#ADMIN}. */
    ADMIN,
    /** Quick commands. Follows from {@link CommandFlag#FAST}. */
    FAST,
    /** All that are not fast. */
    SLOW,
    /** May wait. Follows from {@link CommandFlag#BLOCKING}. */
    BLOCKING,
    /** Can do harm. Follows from {@link CommandFlag#ADMIN}; others say so. */
    DANGEROUS,
    /** About the connection. */
    CONNECTION,
    /** Transactions. */
    TRANSACTION,
    /** Scripts. */
    SCRIPTING;

    private final String label = "@" + name().toLowerCase(Locale.ROOT);

    /**
     * The category as Redis prints it.
     *
     * @return lower case, with an at sign
     */
    public String label() {
        return label;
    }
}
