package io.miniredis.commands.strings;

import static io.miniredis.api.KeySpec.Access.ACCESS;
import static io.miniredis.api.KeySpec.Access.RO;

import io.miniredis.api.ArgSpec;
import io.miniredis.api.Args;
import io.miniredis.api.CommandCategory;
import io.miniredis.api.CommandContext;
import io.miniredis.api.CommandException;
import io.miniredis.api.CommandHandler;
import io.miniredis.api.CommandSpec;
import io.miniredis.api.KeySpec;
import io.miniredis.api.Reply;

/**
 * {@code BITFIELD_RO key [GET encoding offset ...]}: as {@link Bitfield}, but only reads. Source: Redis 7.0, BITFIELD_RO.
 */
public final class BitfieldRo implements CommandHandler {
    private static final CommandSpec SPEC = CommandSpec.named("bitfield_ro")
            .arity(-2)
            .readOnly()
            .fast()
            .categories(CommandCategory.BITMAP)
            .keys(KeySpec.at(1, RO, ACCESS))
            .args(
                    ArgSpec.key("key", 0),
                    ArgSpec.block(
                                    "encoding_offset",
                                    ArgSpec.of("encoding", ArgSpec.Type.STRING),
                                    ArgSpec.of("offset", ArgSpec.Type.INTEGER))
                            .withToken("GET")
                            .optional()
                            .multipleToken())
            .summary("Perform arbitrary bitfield integer operations on strings. Read-only variant of" + " BITFIELD")
            .since("6.0.0")
            .group("bitmap")
            .complexity("O(1) for each subcommand specified")
            .build();

    /** For the service loader. */
    public BitfieldRo() {}

    @Override
    public CommandSpec spec() {
        return SPEC;
    }

    @Override
    public void execute(CommandContext context, Args args, Reply reply) throws CommandException {
        BitfieldOperations.execute(context, args, reply, false);
    }
}
