package io.miniredis.engine;

import io.miniredis.api.Args;
import io.miniredis.api.CommandException;
import io.miniredis.api.Reply;

/** What REPLICAOF and SLAVEOF share: there is no replication, so the server is a master and stays one. */
final class Replication {
    private static final int MAX_PORT = 65535;

    private Replication() {}

    static void follow(Args args, Reply reply) throws CommandException {
        if (args.is(1, "NO") && args.is(2, "ONE")) {
            reply.ok();
            return;
        }
        checkPort(args);
        throw new CommandException("ERR there is no replication, this server can only be a master");
    }

    private static void checkPort(Args args) throws CommandException {
        long port;
        try {
            port = args.integer(2);
        } catch (CommandException notAnInteger) {
            port = -1;
        }
        if (port < 0 || port > MAX_PORT) {
            throw new CommandException("ERR Invalid master port");
        }
    }
}
