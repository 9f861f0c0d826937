import io.miniredis.api.eviction.EvictionPolicy;
import io.miniredis.eviction.lfu.LfuPolicy;

/** Evicts what is used least frequently. */
module io.miniredis.eviction.lfu {
    requires io.miniredis.api;

    provides EvictionPolicy with
            LfuPolicy;
}
