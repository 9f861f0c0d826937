package io.miniredis.bench;

import io.miniredis.engine.Host;

/** The program around an engine that has none. */
final class NoHost implements Host {

    @Override
    public void shutdown() {}

    @Override
    public int port() {
        return 0;
    }

    @Override
    public String configFile() {
        return "";
    }
}
