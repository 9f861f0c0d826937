package io.miniredis.engine;

import io.miniredis.api.ArgSpec;
import io.miniredis.api.Args;
import io.miniredis.api.CommandCategory;
import io.miniredis.api.CommandContext;
import io.miniredis.api.CommandException;
import io.miniredis.api.CommandFlag;
import io.miniredis.api.CommandHandler;
import io.miniredis.api.CommandSpec;
import io.miniredis.api.Errors;
import io.miniredis.api.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * {@code CLIENT KILL addr:port | [ID client-id] [TYPE type] [USER name] [ADDR addr:port] [LADDR addr:port] [SKIPME yes|no]}: closes the
 * connections that are all of this. Reply: how many; OK in the old form. Errors: bad id, unknown type or user, no such client in the
 * old form. Cost: O(clients). Source: Redis 7.0.
 */
final class ClientKill implements CommandHandler {
    private static final CommandSpec SPEC = CommandSpec.named("client|kill")
            .arity(-3)
            .flags(CommandFlag.ADMIN, CommandFlag.NOSCRIPT, CommandFlag.LOADING, CommandFlag.STALE)
            .categories(CommandCategory.CONNECTION)
            .args(ArgSpec.oneOf(
                    "filter",
                    ArgSpec.of("ip:port", ArgSpec.Type.STRING).deprecatedSince("2.8.12"),
                    ArgSpec.oneOf(
                                    "new-format",
                                    ArgSpec.of("client-id", ArgSpec.Type.INTEGER)
                                            .withToken("ID")
                                            .since("2.8.12")
                                            .optional(),
                                    ArgSpec.oneOf(
                                                    "normal_master_slave_pubsub",
                                                    ArgSpec.token("normal", "NORMAL"),
                                                    ArgSpec.token("master", "MASTER")
                                                            .since("3.2.0"),
                                                    ArgSpec.token("slave", "SLAVE"),
                                                    ArgSpec.token("replica", "REPLICA")
                                                            .since("5.0.0"),
                                                    ArgSpec.token("pubsub", "PUBSUB"))
                                            .withToken("TYPE")
                                            .since("2.8.12")
                                            .optional(),
                                    ArgSpec.of("username", ArgSpec.Type.STRING)
                                            .withToken("USER")
                                            .optional(),
                                    ArgSpec.of("ip:port", ArgSpec.Type.STRING)
                                            .withToken("ADDR")
                                            .optional(),
                                    ArgSpec.of("ip:port", ArgSpec.Type.STRING)
                                            .withToken("LADDR")
                                            .since("6.2.0")
                                            .optional(),
                                    ArgSpec.of("yes/no", ArgSpec.Type.STRING)
                                            .withToken("SKIPME")
                                            .optional())
                            .multiple()))
            .summary("Kill the connection of a client")
            .since("2.4.0")
            .group("connection")
            .complexity("O(N) where N is the number of client connections")
            .history("2.8.12", "Added new filter format.")
            .history("2.8.12", "`ID` option.")
            .history("3.2.0", "Added `master` type in for `TYPE` option.")
            .history(
                    "5.0.0",
                    "Replaced `slave` `TYPE` with `replica`. `slave` still supported for backward compatibility.")
            .history("6.2.0", "`LADDR` option.")
            .build();

    @Override
    public CommandSpec spec() {
        return SPEC;
    }

    @Override
    public void execute(CommandContext context, Args args, Reply reply) throws CommandException {
        Worker worker = Worker.of(context);
        if (args.size() == 3) {
            String address = args.slice(2).toString();
            if (kill(worker, client -> client.remoteAddress().equals(address), false) == 0) {
                throw new CommandException("ERR No such client");
            }
            reply.ok();
        } else {
            Filter filter = new Filter(worker, args);
            reply.integer(kill(worker, filter, filter.skipsMe));
        }
    }

    private static int kill(Worker worker, Predicate<ClientSession> wanted, boolean skipsMe) {
        List<ClientSession> killed = new ArrayList<>();
        for (ClientSession client : worker.engine.clients()) {
            if (!client.isCutOff() && wanted.test(client) && !(skipsMe && client == worker.session())) {
                killed.add(client);
            }
        }
        killed.forEach(ClientSession::kill);
        return killed.size();
    }

    /** What a client must be to be killed. */
    private static final class Filter implements Predicate<ClientSession> {
        private boolean skipsMe = true;
        private Predicate<ClientSession> all = client -> true;

        Filter(Worker worker, Args args) throws CommandException {
            for (int i = 2; i < args.size(); i += 2) {
                if (i + 1 == args.size()) {
                    throw Errors.syntax();
                }
                if (args.is(i, "SKIPME")) {
                    skipsMe = isYes(args, i + 1);
                } else {
                    all = all.and(filter(worker, args, i));
                }
            }
        }

        private static boolean isYes(Args args, int index) throws CommandException {
            if (args.is(index, "YES") || args.is(index, "NO")) {
                return args.is(index, "YES");
            }
            throw Errors.syntax();
        }

        private static Predicate<ClientSession> filter(Worker worker, Args args, int index) throws CommandException {
            String value = args.slice(index + 1).toString();
            if (args.is(index, "ID")) {
                long id = idAt(args, index + 1);
                return client -> client.id() == id;
            }
            if (args.is(index, "TYPE")) {
                ClientType type = ClientType.at(args, index + 1);
                return client -> client.type() == type;
            }
            if (args.is(index, "ADDR")) {
                return client -> client.remoteAddress().equals(value);
            }
            if (args.is(index, "LADDR")) {
                return client -> client.localAddress().equals(value);
            }
            if (args.is(index, "USER")) {
                AclUser user = worker.engine.users().find(value);
                if (user == null) {
                    throw new CommandException("ERR No such user '" + Users.quotable(value) + "'");
                }
                return client -> client.user() == user;
            }
            throw Errors.syntax();
        }

        private static long idAt(Args args, int index) throws CommandException {
            long id;
            try {
                id = args.integer(index);
            } catch (CommandException e) {
                id = 0;
            }
            if (id <= 0) {
                throw new CommandException("ERR client-id should be greater than 0");
            }
            return id;
        }

        @Override
        public boolean test(ClientSession client) {
            return all.test(client);
        }
    }
}
