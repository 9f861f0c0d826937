package io.miniredis.commands.strings;

import io.miniredis.api.Args;
import io.miniredis.api.CommandContext;
import io.miniredis.api.CommandException;
import io.miniredis.api.Errors;
import io.miniredis.api.Reply;

/** The four ways to say when a string ends; SET has them all, SETEX and PSETEX one each. */
enum Expiry {
    /** In so many seconds. */
    EX(1000, true),
    /** In so many milliseconds. */
    PX(1, true),
    /** At this second since the epoch. */
    EXAT(1000, false),
    /** At this millisecond since the epoch. */
    PXAT(1, false);

    private static final Expiry[] ALL = values();

    private final long unitMillis;
    private final boolean fromNow;

    Expiry(long unitMillis, boolean fromNow) {
        this.unitMillis = unitMillis;
        this.fromNow = fromNow;
    }

    /** The one that an argument names; null if it names none. */
    static Expiry named(Args args, int index) {
        for (Expiry expiry : ALL) {
            if (args.is(index, expiry.name())) {
                return expiry;
            }
        }
        return null;
    }

    /**
     * Reads an argument as a moment in milliseconds since the epoch. A moment in the past is legal, a time to live that
     * is not positive is not.
     */
    long epochMillis(CommandContext context, Args args, int index, String command) throws CommandException {
        long time = args.integer(index);
        long base = fromNow ? context.nowMillis() : 0;
        if (time <= 0 || time > (Long.MAX_VALUE - base) / unitMillis) {
            throw Errors.invalidExpireTime(command);
        }
        return base + time * unitMillis;
    }

    /** What SETEX and PSETEX share: {@code name key time value}. */
    void store(CommandContext context, Args args, Reply reply, String command) throws CommandException {
        long expiresAtMillis = epochMillis(context, args, 2, command);
        context.keyspace().put(args.key(1), StringType.INSTANCE, args.slice(3), expiresAtMillis);
        reply.ok();
    }
}
