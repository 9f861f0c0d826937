package io.miniredis.eviction.lfu;

import io.miniredis.api.eviction.EvictionPolicy;
import io.miniredis.api.eviction.EvictionSetup;
import io.miniredis.api.eviction.Evictor;
import java.util.concurrent.ThreadLocalRandom;

/** {@code allkeys-lfu} and {@code volatile-lfu}: the key that is used least frequently goes first. Source: Redis 7.0, evict.c. */
public final class LfuPolicy implements EvictionPolicy {

    /** For the service loader. */
    public LfuPolicy() {}

    @Override
    public String name() {
        return "lfu";
    }

    @Override
    public boolean countsUses() {
        return true;
    }

    @Override
    public boolean ranksByHash() {
        return false;
    }

    @Override
    public Evictor create(EvictionSetup setup) {
        return new LfuEvictor(setup, () -> ThreadLocalRandom.current().nextDouble());
    }
}
