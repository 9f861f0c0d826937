package io.miniredis.eviction.lru;

/** Placeholder. */
final class Placeholder {
    private Placeholder() {}
}
