package io.miniredis.engine;

import io.miniredis.api.ArgSpec;
import io.miniredis.api.Args;
import io.miniredis.api.CommandContext;
import io.miniredis.api.CommandException;
import io.miniredis.api.CommandHandler;
import io.miniredis.api.CommandSpec;
import io.miniredis.api.Reply;

/**
 * {@code ACL GENPASS [bits]}: a password that nobody can guess, of 256 bits or as many as asked for. Reply: bulk string, hexadecimal.
 * Errors: bits that are not from 1 to 4096. Source: Redis 7.0.
 */
final class AclGenpass implements CommandHandler {
    private static final CommandSpec SPEC = Acl.open("acl|genpass")
            .arity(-2)
            .args(ArgSpec.of("bits", ArgSpec.Type.INTEGER).optional())
            .summary("Generate a pseudorandom secure password to use for ACL users")
            .complexity("O(1)")
            .build();

    @Override
    public CommandSpec spec() {
        return SPEC;
    }

    @Override
    public void execute(CommandContext context, Args args, Reply reply) throws CommandException {
        if (args.size() > 3) {
            throw Acl.unknownOrArity(args);
        }
        long bits = args.size() == 3 ? args.integer(2) : DEFAULT_BITS;
        if (bits < 1 || bits > MOST_BITS) {
            throw new CommandException(
                    "ERR ACL GENPASS argument must be the number of bits for the output password, a positive"
                            + " number up to " + MOST_BITS);
        }
        reply.bulk(Passwords.random((int) (bits + 3) / 4));
    }

    private static final int DEFAULT_BITS = 256;
    private static final int MOST_BITS = 4096;
}
