package io.miniredis.eviction.lru;

import io.miniredis.api.eviction.EvictionPolicy;
import io.miniredis.api.eviction.EvictionSetup;
import io.miniredis.api.eviction.Evictor;

/** {@code allkeys-lru} and {@code volatile-lru}: the key whose last use is longest ago goes first. */
public final class LruPolicy implements EvictionPolicy {

    /** For the service loader. */
    public LruPolicy() {}

    @Override
    public String name() {
        return "lru";
    }

    @Override
    public boolean ranksByHash() {
        return false;
    }

    @Override
    public Evictor create(EvictionSetup setup) {
        return new LruEvictor(setup, 0);
    }
}
