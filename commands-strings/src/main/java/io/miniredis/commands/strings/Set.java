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
import io.miniredis.api.Errors;
import io.miniredis.api.Key;
import io.miniredis.api.KeySpec;
import io.miniredis.api.Keyspace;
import io.miniredis.api.Reply;

/**
 * {@code SET key value [NX | XX] [GET] [EX seconds | PX milliseconds | EXAT unix-time-seconds | PXAT
 * unix-time-milliseconds | KEEPTTL]}: stores a string, whatever the key held. NX only stores if there is no such key,
 * XX only if there is one; without an expiry option the old expiry ends.
 *
 * <p>Reply: OK, or null if NX or XX prevented it; with GET the old string instead, or null if there was none. Errors:
 * syntax error; a time that is not a number, not positive or too large; with GET, WRONGTYPE if the key holds another
 * type. Cost: O(1). Source: Redis 7.0, SET.
 */
public final class Set implements CommandHandler {
    private static final CommandSpec SPEC = CommandSpec.named("set")
            .arity(-3)
            .write()
            .denyOom()
            .categories(CommandCategory.STRING)
            .keys(KeySpec.at(1, RW, ACCESS, UPDATE, VARIABLE_FLAGS)
                    .withNotes("RW and ACCESS due to the optional `GET` argument"))
            .args(
                    ArgSpec.key("key", 0),
                    ArgSpec.of("value", ArgSpec.Type.STRING),
                    ArgSpec.oneOf("condition", ArgSpec.token("nx", "NX"), ArgSpec.token("xx", "XX"))
                            .optional()
                            .since("2.6.12"),
                    ArgSpec.token("get", "GET").optional().since("6.2.0"),
                    ArgSpec.oneOf(
                                    "expiration",
                                    ArgSpec.of("seconds", ArgSpec.Type.INTEGER)
                                            .withToken("EX")
                                            .since("2.6.12"),
                                    ArgSpec.of("milliseconds", ArgSpec.Type.INTEGER)
                                            .withToken("PX")
                                            .since("2.6.12"),
                                    ArgSpec.of("unix-time-seconds", ArgSpec.Type.UNIX_TIME)
                                            .withToken("EXAT")
                                            .since("6.2.0"),
                                    ArgSpec.of("unix-time-milliseconds", ArgSpec.Type.UNIX_TIME)
                                            .withToken("PXAT")
                                            .since("6.2.0"),
                                    ArgSpec.token("keepttl", "KEEPTTL").since("6.0.0"))
                            .optional())
            .summary("Set the string value of a key")
            .since("1.0.0")
            .group("string")
            .complexity("O(1)")
            .history("2.6.12", "Added the `EX`, `PX`, `NX` and `XX` options.")
            .history("6.0.0", "Added the `KEEPTTL` option.")
            .history("6.2.0", "Added the `GET`, `EXAT` and `PXAT` option.")
            .history("7.0.0", "Allowed the `NX` and `GET` options to be used together.")
            .build();

    /** For the service loader. */
    public Set() {}

    @Override
    public CommandSpec spec() {
        return SPEC;
    }

    @Override
    public void execute(CommandContext context, Args args, Reply reply) throws CommandException {
        boolean nx = false;
        boolean xx = false;
        boolean get = false;
        boolean keepTtl = false;
        Expiry expiry = null;
        int time = 0;
        // An option may come twice, and of an expiry the last one counts; only what contradicts is refused.
        for (int i = 3; i < args.size(); i++) {
            if (!xx && args.is(i, "NX")) {
                nx = true;
            } else if (!nx && args.is(i, "XX")) {
                xx = true;
            } else if (args.is(i, "GET")) {
                get = true;
            } else if (expiry == null && args.is(i, "KEEPTTL")) {
                keepTtl = true;
            } else {
                Expiry named = Expiry.named(args, i);
                boolean contradicts = keepTtl || (expiry != null && expiry != named);
                if (named == null || contradicts || i + 1 == args.size()) {
                    throw Errors.syntax();
                }
                expiry = named;
                time = ++i;
            }
        }
        long expiresAtMillis = keepTtl ? Keyspace.KEEP_EXPIRY : Keyspace.NO_EXPIRY;
        if (expiry != null) {
            expiresAtMillis = expiry.epochMillis(context, args, time, SPEC.name());
        }

        Key key = args.key(1);
        if (get) {
            Get.reply(context, key, reply);
        }
        boolean stores = !(nx || xx) || context.keyspace().exists(key) == xx;
        if (stores) {
            context.keyspace().put(key, StringType.INSTANCE, args.slice(2), expiresAtMillis);
        }
        if (!get) {
            okOrNil(stores, reply);
        }
    }

    private static void okOrNil(boolean ok, Reply reply) {
        if (ok) {
            reply.ok();
        } else {
            reply.nil();
        }
    }
}
