package io.miniredis.commands.strings;

/** Placeholder. */
final class Placeholder {
    private Placeholder() {}
}
