package io.miniredis.engine;

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

    @Override
    public String configFile() {
        return "/etc/miniredis.conf";
    }
}
