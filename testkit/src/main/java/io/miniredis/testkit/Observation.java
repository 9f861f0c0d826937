package io.miniredis.testkit;

import io.miniredis.api.CommandException;
import java.util.HashSet;
import java.util.Set;

/** What a command did while it ran. */
final class Observation {
    /** What it threw that is no error reply; null for nothing. */
    volatile Throwable failure;

    /** Whether all it did with keys was seen. */
    boolean isComplete;

    /** The keys that it asked to hold a certain type. */
    final Set<String> typed = new HashSet<>();

    /** The keys that it asked to change. */
    final Set<String> written = new HashSet<>();

    /** Notes what was thrown. */
    void note(Throwable thrown) {
        if (!(thrown instanceof CommandException)) {
            failure = thrown;
        }
    }

    void clear() {
        failure = null;
        isComplete = false;
        typed.clear();
        written.clear();
    }
}
