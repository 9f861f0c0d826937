package io.miniredis.api.eviction;

import java.util.EnumSet;
import java.util.Set;

/**
 * A named way to choose which key goes when memory is full. A provider of this service named {@code lru} makes the
 * {@code maxmemory-policy} values {@code allkeys-lru} and {@code volatile-lru} appear. Stateless and thread-safe.
 */
public interface EvictionPolicy {

    /** Which keys a policy chooses among. */
    enum Scope {
        /** All keys. */
        ALLKEYS,
        /** Only keys that have an expiry. */
        VOLATILE
    }

    /**
     * The policy's short name.
     *
     * @return lower case, without the scope
     */
    String name();

    /**
     * The scopes in which the policy makes sense.
     *
     * @return one or both; both unless overridden
     */
    default Set<Scope> scopes() {
        return EnumSet.allOf(Scope.class);
    }

    /**
     * Whether the policy counts how often keys are used, for {@code OBJECT FREQ}. It is then at work even while memory has no limit, and the
     * evictor has {@link Evictor#frequency}; {@code OBJECT IDLETIME} is refused, as in Redis.
     *
     * @return false unless overridden
     */
    default boolean countsUses() {
        return false;
    }

    /**
     * Whether any key may go, whatever it is. Then each is as likely as any other, and the evictor is not asked for ranks.
     *
     * @return false unless overridden
     */
    default boolean choosesAtRandom() {
        return false;
    }

    /**
     * Whether ranks depend on a key's hash, and not on its bits and its expiry alone. A policy that says no spares the engine looking at the
     * names of the keys that it samples; its evictor is given 0 for the hash when it is asked for ranks.
     *
     * @return true unless overridden
     */
    default boolean ranksByHash() {
        return true;
    }

    /**
     * Makes what does the work, when the policy is switched on.
     *
     * @param setup what the engine offers it
     * @return a new evictor
     */
    Evictor create(EvictionSetup setup);
}
