package io.miniredis.api.eviction;

/** Why a key is gone. */
public enum RemovalCause {
    /** A command removed it, or its last element. */
    DELETED,
    /** Its time was over. */
    EXPIRED,
    /** Memory was full. */
    EVICTED
}
