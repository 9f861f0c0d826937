import io.miniredis.api.eviction.EvictionPolicy;
import io.miniredis.eviction.lru.LruPolicy;

/** Evicts what was used least recently. */
module io.miniredis.eviction.lru {
    requires io.miniredis.api;

    provides EvictionPolicy with
            LruPolicy;
}
