package io.miniredis.engine;

import io.miniredis.api.ArgSpec;
import io.miniredis.api.Args;
import io.miniredis.api.CommandCategory;
import io.miniredis.api.CommandContext;
import io.miniredis.api.CommandException;
import io.miniredis.api.CommandFlag;
import io.miniredis.api.CommandHandler;
import io.miniredis.api.CommandSpec;
import io.miniredis.api.Reply;

/**
 * {@code HELLO [protover [AUTH username password] [SETNAME name]]}: agrees on the protocol and says who the server
 * is. Reply: map. Errors: NOPROTO, WRONGPASS, NOAUTH. Cost: O(1). Source: Redis 7.0.
 */
public final class Hello implements CommandHandler {
    private static final CommandSpec SPEC = CommandSpec.named("hello")
            .arity(-1)
            .fast()
            .flags(
                    CommandFlag.NOSCRIPT,
                    CommandFlag.LOADING,
                    CommandFlag.STALE,
                    CommandFlag.NO_AUTH,
                    CommandFlag.ALLOW_BUSY)
            .categories(CommandCategory.CONNECTION)
            .args(ArgSpec.block(
                            "arguments",
                            ArgSpec.of("protover", ArgSpec.Type.INTEGER),
                            ArgSpec.block(
                                            "username_password",
                                            ArgSpec.of("username", ArgSpec.Type.STRING),
                                            ArgSpec.of("password", ArgSpec.Type.STRING))
                                    .withToken("AUTH")
                                    .optional(),
                            ArgSpec.of("clientname", ArgSpec.Type.STRING)
                                    .withToken("SETNAME")
                                    .optional())
                    .optional())
            .summary("Handshake with Redis")
            .since("6.0.0")
            .group("connection")
            .complexity("O(1)")
            .history(
                    "6.2.0",
                    "`protover` made optional; when called without arguments the command reports the current connection's context.")
            .build();

    /** For the service loader. */
    public Hello() {}

    @Override
    public CommandSpec spec() {
        return SPEC;
    }

    @Override
    public void execute(CommandContext context, Args args, Reply reply) throws CommandException {
        Worker worker = Worker.of(context);
        ClientSession session = worker.session();
        int version = args.size() > 1 ? version(args) : session.protocol();
        AclUser user = null;
        String name = null;
        for (int i = 2; i < args.size(); i++) {
            int more = args.size() - 1 - i;
            if (args.is(i, "AUTH") && more >= 2) {
                user = worker.access().authenticate(args.slice(i + 1), args.slice(i + 2));
                i += 2;
            } else if (args.is(i, "SETNAME") && more >= 1) {
                name = ClientSetname.valid(args.slice(i + 1));
                i++;
            } else {
                throw new CommandException(
                        "ERR Syntax error in HELLO option '" + args.slice(i).quotable() + "'");
            }
        }
        if (user == null && !session.hasAuthenticated()) {
            throw new CommandException(
                    "NOAUTH HELLO must be called with the client already authenticated, otherwise the HELLO"
                            + " AUTH <user> <pass> option can be used to authenticate the client and select the RESP protocol version at"
                            + " the same time");
        }
        if (user != null) {
            worker.become(user);
        }
        if (name != null) {
            session.rename(name);
        }
        session.speak(version);
        worker.replies().protocol(version);
        describe(worker, reply);
    }

    private static int version(Args args) throws CommandException {
        long version;
        try {
            version = args.integer(1);
        } catch (CommandException notANumber) {
            throw new CommandException("ERR Protocol version is not an integer or out of range");
        }
        if (version < 2 || version > 3) {
            throw new CommandException("NOPROTO unsupported protocol version");
        }
        return (int) version;
    }

    private static void describe(Worker worker, Reply reply) {
        reply.map(7);
        reply.bulk("server");
        reply.bulk("redis");
        reply.bulk("version");
        reply.bulk(Engine.REDIS_VERSION);
        reply.bulk("proto");
        reply.integer(worker.session().protocol());
        reply.bulk("id");
        reply.integer(worker.session().id());
        reply.bulk("mode");
        reply.bulk("standalone");
        reply.bulk("role");
        reply.bulk("master");
        reply.bulk("modules");
        reply.array(0);
    }
}
