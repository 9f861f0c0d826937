package io.miniredis.commands.strings;

import static io.miniredis.api.KeySpec.Access.ACCESS;
import static io.miniredis.api.KeySpec.Access.RW;
import static io.miniredis.api.KeySpec.Access.UPDATE;
import static io.miniredis.api.KeySpec.Access.VARIABLE_FLAGS;

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
 * {@code BITFIELD key [GET encoding offset | [OVERFLOW WRAP | SAT | FAIL] SET encoding offset value | INCRBY encoding offset
 * increment ...]}: treats a string as an array of integers of any width, {@code u1} to {@code u63} and {@code i1} to {@code i64},
 * at any bit offset; {@code #n} is the n-th of that width. OVERFLOW counts for what follows it. The string grows if need be.
 * Reply: array, an integer for each operation: what was read, what was there before SET, what is there after INCRBY; null if FAIL
 * prevented it. Errors: syntax error; an encoding, offset or OVERFLOW that does not exist; not an integer; WRONGTYPE if the key
 * holds another type. Cost: O(1) for each operation. Source: Redis 7.0, BITFIELD.
 */
public final class Bitfield implements CommandHandler {
    private static final CommandSpec SPEC = CommandSpec.named("bitfield")
            .arity(-2)
            .write()
            .denyOom()
            .categories(CommandCategory.BITMAP)
            .keys(KeySpec.at(1, RW, ACCESS, UPDATE, VARIABLE_FLAGS)
                    .withNotes("This command allows both access and modification of the key"))
            .args(
                    ArgSpec.key("key", 0),
                    ArgSpec.oneOf(
                                    "operation",
                                    ArgSpec.block(
                                                    "encoding_offset",
                                                    ArgSpec.of("encoding", ArgSpec.Type.STRING),
                                                    ArgSpec.of("offset", ArgSpec.Type.INTEGER))
                                            .withToken("GET"),
                                    ArgSpec.block(
                                            "write",
                                            ArgSpec.oneOf(
                                                            "wrap_sat_fail",
                                                            ArgSpec.token("wrap", "WRAP"),
                                                            ArgSpec.token("sat", "SAT"),
                                                            ArgSpec.token("fail", "FAIL"))
                                                    .withToken("OVERFLOW")
                                                    .optional(),
                                            ArgSpec.oneOf(
                                                    "write_operation",
                                                    ArgSpec.block(
                                                                    "encoding_offset_value",
                                                                    ArgSpec.of("encoding", ArgSpec.Type.STRING),
                                                                    ArgSpec.of("offset", ArgSpec.Type.INTEGER),
                                                                    ArgSpec.of("value", ArgSpec.Type.INTEGER))
                                                            .withToken("SET"),
                                                    ArgSpec.block(
                                                                    "encoding_offset_increment",
                                                                    ArgSpec.of("encoding", ArgSpec.Type.STRING),
                                                                    ArgSpec.of("offset", ArgSpec.Type.INTEGER),
                                                                    ArgSpec.of("increment", ArgSpec.Type.INTEGER))
                                                            .withToken("INCRBY"))))
                            .optional()
                            .multiple())
            .summary("Perform arbitrary bitfield integer operations on strings")
            .since("3.2.0")
            .event("setbit")
            .group("bitmap")
            .complexity("O(1) for each subcommand specified")
            .build();

    /** For the service loader. */
    public Bitfield() {}

    @Override
    public CommandSpec spec() {
        return SPEC;
    }

    @Override
    public void execute(CommandContext context, Args args, Reply reply) throws CommandException {
        BitfieldOperations.execute(context, args, reply, true);
    }
}
