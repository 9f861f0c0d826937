package io.miniredis.engine;

import io.miniredis.api.ArgSpec;
import io.miniredis.api.Args;
import io.miniredis.api.CommandCategory;
import io.miniredis.api.CommandContext;
import io.miniredis.api.CommandException;
import io.miniredis.api.CommandHandler;
import io.miniredis.api.CommandSpec;
import io.miniredis.api.Errors;
import io.miniredis.api.Reply;
import io.miniredis.api.Slice;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code SCAN cursor [MATCH pattern] [COUNT count] [TYPE type]}: some keys and where to go on. What stays in the
 * database during a full iteration is returned at least once. Reply: array of the next cursor, 0 at the end, and
 * an array of keys. Cost: O(1) per call, O(n) for a full iteration. Source: Redis 7.0.
 */
public final class Scan implements CommandHandler {
    private static final CommandSpec SPEC = CommandSpec.named("scan")
            .arity(-2)
            .readOnly()
            .categories(CommandCategory.KEYSPACE)
            .args(ArgSpec.of("cursor", ArgSpec.Type.INTEGER))
            .args(ArgSpec.of("pattern", ArgSpec.Type.PATTERN).withToken("MATCH").optional())
            .args(ArgSpec.of("count", ArgSpec.Type.INTEGER).withToken("COUNT").optional())
            .args(ArgSpec.of("type", ArgSpec.Type.STRING)
                    .withToken("TYPE")
                    .since("6.0.0")
                    .optional())
            .tips("nondeterministic_output", "request_policy:special")
            .summary("Incrementally iterate the keys space")
            .since("2.8.0")
            .group("generic")
            .complexity(
                    "O(1) for every call. O(N) for a complete iteration, including enough command calls for the cursor to return back to 0. N is the number of elements inside the collection.")
            .history("6.0.0", "Added the `TYPE` subcommand.")
            .build();

    /** For the service loader. */
    public Scan() {}

    @Override
    public CommandSpec spec() {
        return SPEC;
    }

    @Override
    public void execute(CommandContext context, Args args, Reply reply) throws CommandException {
        Worker worker = Worker.of(context);
        long cursor = cursor(args.slice(1));
        Slice pattern = null;
        String type = null;
        long count = 10;
        for (int i = 2; i < args.size(); i += 2) {
            boolean hasValue = i + 1 < args.size();
            if (args.is(i, "COUNT") && hasValue) {
                count = args.integer(i + 1);
                if (count < 1) {
                    throw Errors.syntax();
                }
            } else if (args.is(i, "MATCH") && hasValue) {
                pattern = args.slice(i + 1);
            } else if (args.is(i, "TYPE") && hasValue) {
                type = args.utf8(i + 1);
            } else {
                throw Errors.syntax();
            }
        }
        scan(worker, cursor, (int) Math.min(count, Integer.MAX_VALUE), pattern, type, reply);
    }

    /** An unsigned number, as the reply before gave it; or, as in Redis, whatever strtoul makes a number of. */
    private static long cursor(Slice text) throws CommandException {
        String digits = text.toString();
        boolean negative = digits.startsWith("-") && !digits.startsWith("-+");
        try {
            if (negative) {
                return -Long.parseUnsignedLong(digits.substring(1));
            }
            return digits.isEmpty() ? 0 : Long.parseUnsignedLong(digits);
        } catch (NumberFormatException e) {
            throw new CommandException("ERR invalid cursor");
        }
    }

    /** A cursor is the next shard in its high half and the next tag in its low half. */
    private static void scan(Worker worker, long cursor, int count, Slice pattern, String type, Reply reply) {
        Databases databases = worker.engine.databases();
        Glob glob = pattern == null ? null : new Glob(pattern);
        List<byte[]> found = new ArrayList<>();
        List<DatabaseKey> expired = new ArrayList<>(); // removed after the visit, which must not change anything
        Slice name = new Slice();
        long shard = cursor >>> 32;
        long tag = cursor & 0xffffffffL;
        long left = count;
        while (shard < databases.shards() && left > 0) {
            worker.locks.acquire((int) shard);
            int[] visited = {0};
            tag = worker.table((int) shard).scan(tag, (int) left, (segment, slot) -> {
                visited[0]++;
                KeyTable.key(segment, slot, name);
                if (glob == null || glob.matches(name)) {
                    if (worker.isExpired(segment, slot)) {
                        expired.add(new DatabaseKey(worker.database(), databases.hash(name), name));
                    } else if (type == null || worker.typeOf(segment, slot).equalsIgnoreCase(type)) {
                        found.add(name.copy());
                    }
                }
            });
            expired.forEach(worker::expire);
            if (type != null) { // so Redis has looked for the key, to learn its type
                expired.forEach(worker::missed);
            }
            expired.clear();
            if (tag < KeyTable.END) {
                break;
            }
            left -= visited[0];
            tag = 0;
            shard++;
        }
        reply.array(2);
        reply.bulk(shard < databases.shards() ? Long.toUnsignedString(shard << 32 | tag) : "0");
        reply.array(found.size());
        for (byte[] key : found) {
            reply.bulk(key);
        }
    }
}
