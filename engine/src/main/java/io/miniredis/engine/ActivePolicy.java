package io.miniredis.engine;

import io.miniredis.api.eviction.EvictionPolicy;
import io.miniredis.api.eviction.EvictionPolicy.Scope;
import io.miniredis.api.eviction.Evictor;

/**
 * An eviction policy at work: the evictor, and what it was chosen as.
 *
 * @param name what {@code maxmemory-policy} calls it
 * @param policy what made the evictor
 * @param onlyVolatile whether only keys with an expiry may go
 * @param evictor ranks keys
 */
record ActivePolicy(String name, EvictionPolicy policy, boolean onlyVolatile, Evictor evictor) {

    ActivePolicy(String name, EvictionPolicy policy, Scope scope, Evictor evictor) {
        this(name, policy, scope == Scope.VOLATILE, evictor);
    }

    /** Whether a key may go. */
    boolean mayTake(Segment segment, int slot) {
        return !onlyVolatile || segment.expiresAtMillis(slot) >= 0;
    }

    long rank(long keyHash, Segment segment, int slot) {
        return evictor.rank(keyHash, segment.bits(slot), segment.expiresAtMillis(slot));
    }

    /** How many keys of a table may go. */
    long candidates(KeyTable table) {
        return onlyVolatile ? table.volatiles() : table.size();
    }
}
