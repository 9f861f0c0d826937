package io.miniredis.engine;

import io.miniredis.api.Args;
import io.miniredis.api.CommandException;

/** What a connection is for, as CLIENT LIST and CLIENT KILL tell them apart. There are no masters and no replicas here. */
enum ClientType {
    NORMAL,
    MASTER,
    REPLICA,
    PUBSUB;

    /** Reads an argument. */
    static ClientType at(Args args, int index) throws CommandException {
        for (ClientType type : values()) {
            if (args.is(index, type.name())) {
                return type;
            }
        }
        if (args.is(index, "SLAVE")) {
            return REPLICA;
        }
        throw new CommandException(
                "ERR Unknown client type '" + args.slice(index).quotable() + "'");
    }
}
