package io.miniredis.api;

import java.util.Locale;

/** What a command is like, in the order in which {@code COMMAND INFO} lists it. */
public enum CommandFlag {
    /** Changes the data set. */
    WRITE,
    /** Only reads the data set. */
    READONLY,
    /** Refused when memory is full. */
    DENYOOM,
    /** Comes from a plugin. Set by the server. */
    MODULE,
    /** For administrators. */
    ADMIN,
    /** Publishes or subscribes. */
    PUBSUB,
    /** Not allowed in scripts. */
    NOSCRIPT,
    /** May wait. */
    BLOCKING,
    /** Allowed while the data set is loading. */
    LOADING,
    /** Allowed on a stale replica. */
    STALE,
    /** Not shown in MONITOR. */
    SKIP_MONITOR,
    /** Not counted by the slow log. */
    SKIP_SLOWLOG,
    /** Accepts a slot that is being imported. */
    ASKING,
    /** O(1) or O(log n). */
    FAST,
    /** Allowed before authentication. */
    NO_AUTH,
    /** May write in some cases. */
    MAY_REPLICATE,
    /** May run without any key. */
    NO_MANDATORY_KEYS,
    /** Refused during asynchronous loading. */
    NO_ASYNC_LOADING,
    /** Refused inside MULTI. */
    NO_MULTI,
    /** Keys whose places depend on other arguments. Set by the server. */
    MOVABLEKEYS,
    /** Allowed while a script or a plugin keeps the server busy. */
    ALLOW_BUSY;

    private final String label = name().toLowerCase(Locale.ROOT);

    /**
     * The flag as Redis prints it.
     *
     * @return lower case, with underscores
     */
    public String label() {
        return label;
    }
}
