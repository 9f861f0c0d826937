package io.miniredis.engine;

import java.util.HashMap;
import java.util.Map;

/**
 * Gives commands their places in the workers' statistics: the same to all that ever have the same name, so that a plugin that comes and
 * goes takes no more room each time. Thread-safe.
 */
final class CommandNumbers {
    private final Map<String, Integer> byName = new HashMap<>();

    /** The number of commands of that name, counted up from 0. */
    synchronized int of(String name) {
        return byName.computeIfAbsent(name, unused -> byName.size());
    }

    /** How many numbers there are. */
    synchronized int count() {
        return byName.size();
    }
}
