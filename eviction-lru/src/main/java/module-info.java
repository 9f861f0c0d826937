/** Evicts what was used least recently. */
module io.miniredis.eviction.lru {
    requires io.miniredis.api;
}
