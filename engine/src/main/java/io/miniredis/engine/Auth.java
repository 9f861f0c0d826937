package io.miniredis.engine;

import static java.nio.charset.StandardCharsets.US_ASCII;

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
import io.miniredis.api.Slice;

/**
 * {@code AUTH [username] password}: says who the client is; without a name, the user {@code default}. Reply: OK. Errors: WRONGPASS;
 * without a name, if that user needs no password. Cost: O(passwords of the user). Source: Redis 7.0.
 */
public final class Auth implements CommandHandler {
    private static final CommandSpec SPEC = CommandSpec.named("auth")
            .arity(-2)
            .fast()
            .flags(
                    CommandFlag.NOSCRIPT,
                    CommandFlag.LOADING,
                    CommandFlag.STALE,
                    CommandFlag.NO_AUTH,
                    CommandFlag.ALLOW_BUSY)
            .categories(CommandCategory.CONNECTION)
            .args(
                    ArgSpec.of("username", ArgSpec.Type.STRING).since("6.0.0").optional(),
                    ArgSpec.of("password", ArgSpec.Type.STRING))
            .summary("Authenticate to the server")
            .since("1.0.0")
            .group("connection")
            .complexity("O(N) where N is the number of passwords defined for the user")
            .history("6.0.0", "Added ACL style (username and password).")
            .build();

    private static final Slice DEFAULT_USER = new Slice(Users.DEFAULT.getBytes(US_ASCII));

    /** For the service loader. */
    public Auth() {}

    @Override
    public CommandSpec spec() {
        return SPEC;
    }

    @Override
    public void execute(CommandContext context, Args args, Reply reply) throws CommandException {
        Worker worker = Worker.of(context);
        if (args.size() > 3) {
            throw Errors.syntax();
        }
        boolean isNamed = args.size() == 3;
        if (!isNamed && worker.engine.users().defaultUser().rules().anyPassword()) {
            throw new CommandException(
                    "ERR AUTH <password> called without any password configured for the default user."
                            + " Are you sure your configuration is correct?");
        }
        Slice name = isNamed ? args.slice(1) : DEFAULT_USER;
        worker.become(worker.access().authenticate(name, args.slice(args.size() - 1)));
        reply.ok();
    }
}
