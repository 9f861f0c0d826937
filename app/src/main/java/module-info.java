/** Joins the engine and the protocol: options, logging, start and stop. */
module io.miniredis.app {
    requires info.picocli;
    requires io.miniredis.engine;
    requires io.miniredis.protocol.resp;
    requires jdk.httpserver;
    requires org.slf4j;
}
