/** What a plugin and the server know of each other: commands, data types, eviction policies. Needs nothing but Java. */
module io.miniredis.api {
    exports io.miniredis.api;
}
