package io.miniredis.app;

import java.util.ArrayList;
import java.util.List;

/** The image on free ports, with metrics. */
record MetricsServerProcess(ServerProcess server, int metricsPort) implements AutoCloseable {

    /** Starts it with these options, and waits until it is ready. */
    static MetricsServerProcess start(String... options) throws Exception {
        for (int attempt = 1; ; attempt++) {
            int port = ServerProcess.freePort();
            List<String> all = new ArrayList<>(List.of(options));
            all.addAll(List.of("--metrics-port", Integer.toString(port)));
            try {
                return new MetricsServerProcess(ServerProcess.start(all.toArray(String[]::new)), port);
            } catch (AssertionError e) {
                // Somebody else may have taken the port in between.
                if (attempt == 5) {
                    throw e;
                }
            }
        }
    }

    int port() {
        return server.port();
    }

    @Override
    public void close() {
        server.close();
    }
}
