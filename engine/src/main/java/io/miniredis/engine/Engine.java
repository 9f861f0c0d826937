package io.miniredis.engine;

/** Placeholder. */
public final class Engine {
    private Engine() {}
}
