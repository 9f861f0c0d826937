/** Joins the engine and the protocol: options, logging, start and stop. */
module io.miniredis.app {
    requires ch.qos.logback.classic;
    requires ch.qos.logback.core;
    requires info.picocli;
    requires io.miniredis.engine;
    requires io.miniredis.protocol.resp;
    requires jdk.httpserver;
    requires transitive org.slf4j;

    // For no other module: Java resolves what exports something without being told, which it does fastest, see
    // bin/miniredis.
    exports io.miniredis.app;
}
