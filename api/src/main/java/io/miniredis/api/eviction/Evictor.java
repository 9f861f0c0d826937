package io.miniredis.api.eviction;

/**
 * A policy at work. The engine keeps 32 bits with each key for it, samples keys when memory must be freed, remembers the best of them
 * from one time to the next, and removes the one that the evictor ranks highest. With no memory limit nothing is reported and the bits cost nothing, unless the policy {@linkplain
 * EvictionPolicy#countsUses counts uses}.
 *
 * <p>Called by many threads, each holding the lock of the key it reports: what an evictor shares between keys must be
 * thread-safe. If it throws, writes are refused instead.
 */
public interface Evictor {

    /**
     * A key was added, or was there when the policy was switched on.
     *
     * @param keyHash a 64-bit hash of the key's name
     * @return the bits to keep with it
     */
    int onInsert(long keyHash);

    /**
     * A key was read or changed; told once for each time that a command names it.
     *
     * @param keyHash a 64-bit hash of the key's name
     * @param bits the bits kept with it
     * @return the bits to keep from now on
     */
    int onAccess(long keyHash, int bits);

    /**
     * A key is gone.
     *
     * @param keyHash a 64-bit hash of the key's name
     * @param bits the bits kept with it
     * @param cause why
     */
    default void onRemove(long keyHash, int bits, RemovalCause cause) {}

    /**
     * Keys are gone that were not reported one by one: their database was flushed.
     *
     * @param keys how many
     */
    default void onFlush(long keys) {}

    /**
     * How much a key deserves to go, compared with others at the same moment. Ranks are never kept: what a sample found earlier is ranked
     * anew before it is compared, so they may change with time or with what the evictor learns.
     *
     * @param keyHash a 64-bit hash of the key's name; 0 if the policy does not {@linkplain EvictionPolicy#ranksByHash need it}
     * @param bits the bits kept with it
     * @param expiresAtMillis when it expires, in milliseconds since the epoch; -1 if never
     * @return the greater, the sooner it goes
     */
    long rank(long keyHash, int bits, long expiresAtMillis);

    /**
     * How long ago a key was used, for {@code OBJECT IDLETIME}.
     *
     * @param bits the bits kept with it
     * @return milliseconds; -1 if the policy does not know
     */
    default long idleMillis(int bits) {
        return -1;
    }

    /**
     * How often a key was used, for {@code OBJECT FREQ}.
     *
     * @param bits the bits kept with it
     * @return 0 to 255, in whatever scale the policy counts; -1 if it does not
     */
    default int frequency(int bits) {
        return -1;
    }

    /**
     * Makes a key look as if it had been used so often, for {@code RESTORE ... FREQ} and for keys that get another name.
     *
     * @param bits the bits kept with it
     * @param frequency 0 to 255, as {@link #frequency} tells it
     * @return the bits to keep from now on
     */
    default int withFrequency(int bits, int frequency) {
        return bits;
    }
}
