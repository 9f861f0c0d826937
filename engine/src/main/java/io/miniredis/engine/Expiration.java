package io.miniredis.engine;

import io.miniredis.api.Args;
import io.miniredis.api.CommandContext;
import io.miniredis.api.CommandException;
import io.miniredis.api.Errors;
import io.miniredis.api.Key;
import io.miniredis.api.Keyspace;
import io.miniredis.api.Reply;

/** What the EXPIRE family and the TTL family share. */
final class Expiration {

    /** What a time is counted in. */
    enum Unit {
        SECONDS(1000),
        MILLISECONDS(1);

        private final long millis;

        Unit(long millis) {
            this.millis = millis;
        }

        /** So many of these, to the nearest. */
        private long rounded(long time) {
            return time / millis + (time % millis + millis / 2) / millis;
        }
    }

    /** What a time is counted from. */
    enum Base {
        /** Now. */
        RELATIVE,
        /** The Unix epoch. */
        ABSOLUTE
    }

    private boolean onlyWithout;
    private boolean onlyWith;
    private boolean onlyLater;
    private boolean onlySooner;

    private Expiration(Args args) throws CommandException {
        for (int i = 3; i < args.size(); i++) {
            if (args.is(i, "NX")) {
                onlyWithout = true;
            } else if (args.is(i, "XX")) {
                onlyWith = true;
            } else if (args.is(i, "GT")) {
                onlyLater = true;
            } else if (args.is(i, "LT")) {
                onlySooner = true;
            } else {
                throw new CommandException(
                        "ERR Unsupported option " + args.slice(i).quotable());
            }
        }
        if (onlyWithout && (onlyWith || onlyLater || onlySooner)) {
            throw new CommandException("ERR NX and XX, GT or LT options at the same time are not compatible");
        }
        if (onlyLater && onlySooner) {
            throw new CommandException("ERR GT and LT options at the same time are not compatible");
        }
    }

    /** Runs {@code EXPIRE} or one of its siblings. */
    static void set(Unit unit, Base base, String command, CommandContext context, Args args, Reply reply)
            throws CommandException {
        Expiration condition = args.size() > 3 ? new Expiration(args) : null;
        long millis = millis(unit, base, command, context, args.integer(2));
        WorkingKeyspace keyspace = Worker.of(context).keyspace();
        Key key = args.key(1);
        boolean allowed =
                keyspace.touch(key) && (condition == null || condition.allows(millis, keyspace.expiresAtMillis(key)));
        if (allowed) {
            // A time before the epoch is as much in the past as the epoch itself.
            keyspace.expireAt(key, Math.max(0, millis));
        }
        reply.integer(allowed ? 1 : 0);
    }

    private static long millis(Unit unit, Base base, String command, CommandContext context, long time)
            throws CommandException {
        long from = base == Base.RELATIVE ? context.nowMillis() : 0;
        if (time > Long.MAX_VALUE / unit.millis || time < Long.MIN_VALUE / unit.millis) {
            throw Errors.invalidExpireTime(command);
        }
        long millis = time * unit.millis;
        if (millis > Long.MAX_VALUE - from) {
            throw Errors.invalidExpireTime(command);
        }
        return millis + from;
    }

    private boolean allows(long millis, long current) {
        boolean expires = current != Keyspace.NO_EXPIRY;
        if ((onlyWithout && expires) || (onlyWith && !expires)) {
            return false;
        }
        if (onlyLater) {
            return expires && millis > current;
        }
        return !onlySooner || !expires || millis < current;
    }

    /** What {@code EXPIRETIME} or its sibling answers. */
    static long moment(Unit unit, CommandContext context, Args args) {
        Keyspace keyspace = context.keyspace();
        Key key = args.key(1);
        if (!keyspace.exists(key)) {
            return -2;
        }
        long expiresAtMillis = keyspace.expiresAtMillis(key);
        if (expiresAtMillis == Keyspace.NO_EXPIRY) {
            return -1;
        }
        return unit.rounded(expiresAtMillis);
    }

    /** What {@code TTL} or its sibling answers. */
    static long left(Unit unit, CommandContext context, Args args) {
        Keyspace keyspace = context.keyspace();
        Key key = args.key(1);
        if (!keyspace.exists(key)) {
            return -2;
        }
        long expiresAtMillis = keyspace.expiresAtMillis(key);
        if (expiresAtMillis == Keyspace.NO_EXPIRY) {
            return -1;
        }
        long left = Math.max(0, expiresAtMillis - context.nowMillis());
        return unit.rounded(left);
    }
}
