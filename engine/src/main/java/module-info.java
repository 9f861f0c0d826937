/** The command table, the keyspace, expiry, memory accounting and the plugin loader. */
@SuppressWarnings("module") // the modules exported to are built after this one
module io.miniredis.engine {
    requires io.miniredis.api;
    requires org.slf4j;

    exports io.miniredis.engine to
            io.miniredis.app,
            io.miniredis.protocol.resp;
}
