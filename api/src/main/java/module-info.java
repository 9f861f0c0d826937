/** The contract between the server and everything that is plugged into it. Requires nothing but {@code java.base}. */
module io.miniredis.api {
    // Unqualified, because a qualified export does not reach the layers that plugins live in.
    exports io.miniredis.api;
    exports io.miniredis.api.eviction;
    exports io.miniredis.api.rdb;
    exports io.miniredis.api.transport;
}
