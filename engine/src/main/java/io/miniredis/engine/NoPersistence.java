package io.miniredis.engine;

import io.miniredis.api.CommandException;

/** What commands that save are answered. */
final class NoPersistence {
    private NoPersistence() {}

    static CommandException refusal() {
        return new CommandException("ERR nothing is written to disk, the data is in memory only");
    }
}
