package demo.tinylfu;

import io.miniredis.api.eviction.EvictionPolicy;
import io.miniredis.api.eviction.EvictionSetup;
import io.miniredis.api.eviction.Evictor;

/** {@code allkeys-tinylfu} and {@code volatile-tinylfu}: the key that is used least often for its age goes first. */
public final class TinyLfuPolicy implements EvictionPolicy {

    /** For the service loader. */
    public TinyLfuPolicy() {}

    @Override
    public String name() {
        return "tinylfu";
    }

    @Override
    public Evictor create(EvictionSetup setup) {
        return new TinyLfuEvictor(0);
    }
}
