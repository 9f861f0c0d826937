package io.miniredis.engine;

import io.miniredis.api.eviction.EvictionPolicy;
import io.miniredis.api.eviction.EvictionSetup;
import io.miniredis.api.eviction.Evictor;
import java.util.EnumSet;
import java.util.Set;

/** {@code volatile-ttl}: the key that would expire soonest goes first. Needs no bits. Source: Redis 7.0, evict.c. */
public final class VolatileTtl implements EvictionPolicy {

    /** For the service loader. */
    public VolatileTtl() {}

    @Override
    public String name() {
        return "ttl";
    }

    @Override
    public Set<Scope> scopes() {
        return EnumSet.of(Scope.VOLATILE);
    }

    @Override
    public boolean ranksByHash() {
        return false;
    }

    @Override
    public Evictor create(EvictionSetup setup) {
        return new SoonestFirst();
    }

    private static final class SoonestFirst implements Evictor {
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
            return -expiresAtMillis;
        }
    }
}
