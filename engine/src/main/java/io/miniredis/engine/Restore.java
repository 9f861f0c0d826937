package io.miniredis.engine;

import static io.miniredis.api.KeySpec.Access.OW;
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
import io.miniredis.api.KeyspaceEvent;
import io.miniredis.api.Reply;

/**
 * {@code RESTORE key ttl payload [REPLACE] [ABSTTL] [IDLETIME seconds] [FREQ frequency]}: creates a key from what DUMP answered, here
 * or in Redis. Reply: OK. Errors: the key exists; a payload that is damaged, of a later version, or of an unknown type; numbers out of
 * range. Cost: O(n). Source: Redis 7.0.
 */
public final class Restore implements CommandHandler {
    private static final CommandSpec SPEC = CommandSpec.named("restore")
            .arity(-4)
            .write()
            .denyOom()
            .categories(CommandCategory.KEYSPACE, CommandCategory.DANGEROUS)
            .keys(KeySpec.at(1, OW, UPDATE))
            .args(
                    ArgSpec.key("key", 0),
                    ArgSpec.of("ttl", ArgSpec.Type.INTEGER),
                    ArgSpec.of("serialized-value", ArgSpec.Type.STRING),
                    ArgSpec.token("replace", "REPLACE").since("3.0.0").optional(),
                    ArgSpec.token("absttl", "ABSTTL").since("5.0.0").optional(),
                    ArgSpec.of("seconds", ArgSpec.Type.INTEGER)
                            .withToken("IDLETIME")
                            .since("5.0.0")
                            .optional(),
                    ArgSpec.of("frequency", ArgSpec.Type.INTEGER)
                            .withToken("FREQ")
                            .since("5.0.0")
                            .optional())
            .summary("Create a key using the provided serialized value, previously obtained using DUMP.")
            .since("2.6.0")
            .group("generic")
            .complexity("O(1) to create the new key and additional O(N*M) to reconstruct the serialized value,"
                    + " where N is the number of Redis objects composing the value and M their average"
                    + " size. For small string values the time complexity is thus O(1)+O(1*M) where M is"
                    + " small, so simply O(1). However for sorted set values the complexity is"
                    + " O(N*M*log(N)) because inserting values into sorted sets is O(log(N)).")
            .history("3.0.0", "Added the `REPLACE` modifier.")
            .history("5.0.0", "Added the `ABSTTL` modifier.")
            .history("5.0.0", "Added the `IDLETIME` and `FREQ` options.")
            .build();

    /** For the service loader. */
    public Restore() {}

    @Override
    public CommandSpec spec() {
        return SPEC;
    }

    @Override
    public void execute(CommandContext context, Args args, Reply reply) throws CommandException {
        boolean replace = false;
        boolean absolute = false;
        long idleSeconds = -1;
        int frequency = -1;
        for (int i = 4; i < args.size(); i++) {
            boolean hasValue = i + 1 < args.size();
            if (args.is(i, "REPLACE")) {
                replace = true;
            } else if (args.is(i, "ABSTTL")) {
                absolute = true;
            } else if (args.is(i, "IDLETIME") && hasValue && frequency < 0) {
                idleSeconds = atLeastZero(args, ++i, "IDLETIME");
            } else if (args.is(i, "FREQ") && hasValue && idleSeconds < 0) {
                frequency = frequency(args.integer(++i));
            } else {
                throw Errors.syntax();
            }
        }
        Worker worker = Worker.of(context);
        restore(worker, args, replace, absolute);
        setUse(worker, args.key(1), idleSeconds, frequency);
        reply.ok();
    }

    private static long atLeastZero(Args args, int index, String what) throws CommandException {
        long value = args.integer(index);
        if (value < 0) {
            throw new CommandException("ERR Invalid " + what + " value, must be >= 0");
        }
        return value;
    }

    private static int frequency(long value) throws CommandException {
        if (value < 0 || value > 255) {
            throw new CommandException("ERR Invalid FREQ value, must be >= 0 and <= 255");
        }
        return (int) value;
    }

    private static void restore(Worker worker, Args args, boolean replace, boolean absolute) throws CommandException {
        WorkingKeyspace keyspace = worker.keyspace();
        Key key = args.key(1);
        if (!replace && keyspace.touch(key)) {
            throw new CommandException("BUSYKEY Target key name already exists.");
        }
        long time = atLeastZero(args, 2, "TTL");
        Payload.Restored restored = Payload.read(args.slice(3), worker.engine.types(), mostUnpacked(worker));
        // As in Redis, a time that is too far away to be counted is over at once.
        long expiresAtMillis = absolute ? time : Math.max(0, time + worker.nowMillis());
        keyspace.delete(key);
        if (time > 0 && expiresAtMillis <= worker.nowMillis()) {
            return;
        }
        keyspace.put(key, restored.type(), restored.value(), time == 0 ? Keyspace.NO_EXPIRY : expiresAtMillis);
        keyspace.event(key, KeyspaceEvent.Type.GENERIC, "restore");
    }

    /** Compressed strings may become much longer; a value is held twice while it is stored. */
    private static long mostUnpacked(Worker worker) {
        return Math.min(worker.maxValueBytes(), worker.engine.evictions().freeHeapBytes() / 4);
    }

    /** As in Redis, of the two what the policy does not go by is ignored. */
    private static void setUse(Worker worker, Key key, long idleSeconds, int frequency) {
        if (worker.engine.evictions().countsUses()) {
            if (frequency >= 0) {
                worker.keyspace().frequency(key, frequency);
            }
        } else if (idleSeconds >= 0) {
            worker.keyspace().idle(key, idleSeconds);
        }
    }
}
