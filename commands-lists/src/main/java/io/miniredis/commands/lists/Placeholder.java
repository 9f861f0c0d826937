package io.miniredis.commands.lists;

/** Placeholder. */
final class Placeholder {
    private Placeholder() {}
}
