package io.miniredis.protocol.resp;

/** Placeholder. */
public final class Placeholder {
    private Placeholder() {}
}
