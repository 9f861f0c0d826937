package io.miniredis.engine;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;

/** A program that is asked to stop and only counts how often. */
final class FakeHost implements Host {
    final AtomicInteger shutdowns = new AtomicInteger();

    /** What a shutdown fails with; null if it does not. */
    RuntimeException failure;

    @Override
    public void shutdown() {
        shutdowns.incrementAndGet();
        if (failure != null) {
            throw failure;
        }
    }

    @Override
    public int port() {
        return 7777;
    }

    /** How often the configuration file was rewritten. */
    final AtomicInteger rewrites = new AtomicInteger();

    /** What rewriting it fails with; null if it does not. */
    IOException rewriteFailure;

    String configFile = "/etc/miniredis.conf";

    @Override
    public String configFile() {
        return configFile;
    }

    @Override
    public void rewriteConfigFile() throws IOException {
        if (rewriteFailure != null) {
            throw rewriteFailure;
        }
        rewrites.incrementAndGet();
    }
}
