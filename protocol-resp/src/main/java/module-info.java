/** Sockets, decoding and encoding: the Redis serialization protocol. */
@SuppressWarnings("module") // the modules exported to are built after this one
module io.miniredis.protocol.resp {
    requires io.miniredis.api;
    requires org.slf4j;

    exports io.miniredis.protocol.resp to
            io.miniredis.app,
            io.miniredis.testkit;
}
