package io.miniredis.commands.strings;

import static io.miniredis.api.KeySpec.Access.ACCESS;
import static io.miniredis.api.KeySpec.Access.RW;
import static io.miniredis.api.KeySpec.Access.UPDATE;

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
import io.miniredis.api.Slice;

/**
 * {@code GETEX key [EX seconds | PX milliseconds | EXAT unix-time-seconds | PXAT unix-time-milliseconds | PERSIST]}: reads a
 * string and changes when it ends, if an option says so. Reply: bulk string, or null if there is no such key. Errors: syntax
 * error; WRONGTYPE if the key holds another type; a time that is not a number, not positive or too large, though only if there
 * is such a key. Cost: O(1). Source: Redis 7.0, GETEX.
 */
public final class Getex implements CommandHandler {
    private static final CommandSpec SPEC = CommandSpec.named("getex")
            .arity(-2)
            .write()
            .fast()
            .categories(CommandCategory.STRING)
            .keys(KeySpec.at(1, RW, ACCESS, UPDATE).withNotes("RW and UPDATE because it changes the TTL"))
            .args(
                    ArgSpec.key("key", 0),
                    ArgSpec.oneOf(
                                    "expiration",
                                    ArgSpec.of("seconds", ArgSpec.Type.INTEGER).withToken("EX"),
                                    ArgSpec.of("milliseconds", ArgSpec.Type.INTEGER)
                                            .withToken("PX"),
                                    ArgSpec.of("unix-time-seconds", ArgSpec.Type.UNIX_TIME)
                                            .withToken("EXAT"),
                                    ArgSpec.of("unix-time-milliseconds", ArgSpec.Type.UNIX_TIME)
                                            .withToken("PXAT"),
                                    ArgSpec.token("persist", "PERSIST"))
                            .optional())
            .summary("Get the value of a key and optionally set its expiration")
            .since("6.2.0")
            .group("string")
            .complexity("O(1)")
            .build();

    /** For the service loader. */
    public Getex() {}

    @Override
    public CommandSpec spec() {
        return SPEC;
    }

    @Override
    public void execute(CommandContext context, Args args, Reply reply) throws CommandException {
        boolean persist = false;
        Expiry expiry = null;
        int time = 0;
        for (int i = 2; i < args.size(); i++) {
            if (expiry == null && args.is(i, "PERSIST")) {
                persist = true;
                continue;
            }
            Expiry named = Expiry.named(args, i);
            boolean contradicts = persist || (expiry != null && expiry != named);
            if (named == null || contradicts || i + 1 == args.size()) {
                throw Errors.syntax();
            }
            expiry = named;
            time = ++i;
        }

        Key key = args.key(1);
        Slice value = context.keyspace().read(key, StringType.INSTANCE);
        if (value == null) {
            reply.nil();
            return;
        }
        long expiresAtMillis =
                expiry == null ? Keyspace.NO_EXPIRY : expiry.epochMillis(context, args, time, SPEC.name());
        reply.bulk(value);
        boolean changes = expiry != null || (persist && context.keyspace().expiresAtMillis(key) != Keyspace.NO_EXPIRY);
        if (changes) {
            context.keyspace().expireAt(key, expiresAtMillis);
        }
    }
}
