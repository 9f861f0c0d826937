package io.miniredis.engine;

import io.miniredis.api.eviction.EvictionPolicy;
import io.miniredis.api.eviction.EvictionSetup;
import io.miniredis.api.eviction.Evictor;

/** {@code allkeys-random} and {@code volatile-random}: any key goes, however it was used. Needs no bits. Source: Redis 7.0, evict.c. */
public final class RandomPolicy implements EvictionPolicy {

    /** For the service loader. */
    public RandomPolicy() {}

    @Override
    public String name() {
        return "random";
    }

    @Override
    public boolean choosesAtRandom() {
        return true;
    }

    @Override
    public Evictor create(EvictionSetup setup) {
        return new AnyKey();
    }

    private static final class AnyKey implements Evictor {
        @Override
        public int onInsert(long keyHash) {
            return 0;
        }

        @Override
        public int onAccess(long keyHash, int bits) {
            return bits;
        }

        @Override
        public long rank(long keyHash, int bits, long expiresAtMillis) {
            return 0;
        }
    }
}
