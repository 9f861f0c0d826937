package io.miniredis.engine;

import io.miniredis.api.ArgSpec;
import io.miniredis.api.Args;
import io.miniredis.api.CommandCategory;
import io.miniredis.api.CommandContext;
import io.miniredis.api.CommandException;
import io.miniredis.api.CommandHandler;
import io.miniredis.api.CommandSpec;
import io.miniredis.api.KeySpec;
import io.miniredis.api.KeySpec.Access;
import io.miniredis.api.Reply;

/**
 * {@code PEXPIRE key time [NX | XX | GT | LT]}: lets a key expire so many milliseconds from now. Reply: integer, 1
 * if set, 0 if not. Errors: not a number, out of range, options that contradict each other. Cost: O(1). Source:
 * Redis 7.0.
 */
public final class Pexpire implements CommandHandler {
    private static final CommandSpec SPEC = CommandSpec.named("pexpire")
            .arity(-3)
            .write()
            .fast()
            .categories(CommandCategory.KEYSPACE)
            .keys(KeySpec.at(1, Access.RW, Access.UPDATE))
            .args(ArgSpec.key("key", 0))
            .args(ArgSpec.of("milliseconds", ArgSpec.Type.INTEGER))
            .args(ArgSpec.oneOf(
                            "condition",
                            ArgSpec.token("nx", "NX"),
                            ArgSpec.token("xx", "XX"),
                            ArgSpec.token("gt", "GT"),
                            ArgSpec.token("lt", "LT"))
                    .since("7.0.0")
                    .optional())
            .summary("Set a key's time to live in milliseconds")
            .since("2.6.0")
            .group("generic")
            .complexity("O(1)")
            .history("7.0.0", "Added options: `NX`, `XX`, `GT` and `LT`.")
            .build();

    /** For the service loader. */
    public Pexpire() {}

    @Override
    public CommandSpec spec() {
        return SPEC;
    }

    @Override
    public void execute(CommandContext context, Args args, Reply reply) throws CommandException {
        Expiration.set(Expiration.Unit.MILLISECONDS, Expiration.Base.RELATIVE, "pexpire", context, args, reply);
    }
}
