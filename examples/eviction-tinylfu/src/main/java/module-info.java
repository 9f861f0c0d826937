/** A plugin: an eviction policy that keeps what is used often, seeing nothing of the server but its API. */
module demo.tinylfu {
    requires io.miniredis.api;

    provides io.miniredis.api.eviction.EvictionPolicy with
            demo.tinylfu.TinyLfuPolicy;
}
