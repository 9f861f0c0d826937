package io.miniredis.commands.lists;

import static io.miniredis.api.KeySpec.Access.ACCESS;
import static io.miniredis.api.KeySpec.Access.RO;

import io.miniredis.api.ArgSpec;
import io.miniredis.api.Args;
import io.miniredis.api.CommandCategory;
import io.miniredis.api.CommandContext;
import io.miniredis.api.CommandException;
import io.miniredis.api.CommandHandler;
import io.miniredis.api.CommandSpec;
import io.miniredis.api.Errors;
import io.miniredis.api.KeySpec;
import io.miniredis.api.Reply;
import io.miniredis.api.Slice;
import java.util.Arrays;

/**
 * {@code LPOS key element [RANK rank] [COUNT num-matches] [MAXLEN len]}: where elements are that are equal to one. RANK 2 begins
 * with the second match, a negative one looks from the tail on; COUNT 0 stands for all matches; MAXLEN limits how many elements
 * are looked at. Reply: integer, or null if there is none; with COUNT an array. Errors: syntax error; not an integer, RANK 0, a
 * negative COUNT or MAXLEN; WRONGTYPE if the key holds another type. Cost: O(N). Source: Redis 7.0, LPOS.
 */
public final class Lpos implements CommandHandler {
    private static final CommandSpec SPEC = CommandSpec.named("lpos")
            .arity(-3)
            .readOnly()
            .categories(CommandCategory.LIST)
            .keys(KeySpec.at(1, RO, ACCESS))
            .args(
                    ArgSpec.key("key", 0),
                    ArgSpec.of("element", ArgSpec.Type.STRING),
                    ArgSpec.of("rank", ArgSpec.Type.INTEGER).withToken("RANK").optional(),
                    ArgSpec.of("num-matches", ArgSpec.Type.INTEGER)
                            .withToken("COUNT")
                            .optional(),
                    ArgSpec.of("len", ArgSpec.Type.INTEGER).withToken("MAXLEN").optional())
            .summary("Return the index of matching elements on a list")
            .since("6.0.6")
            .group("list")
            .complexity("O(N) where N is the number of elements in the list, for the average case. When"
                    + " searching for elements near the head or the tail of the list, or when the"
                    + " MAXLEN option is provided, the command may run in constant time.")
            .build();

    /** For the service loader. */
    public Lpos() {}

    @Override
    public CommandSpec spec() {
        return SPEC;
    }

    @Override
    public void execute(CommandContext context, Args args, Reply reply) throws CommandException {
        long rank = 1;
        long count = -1;
        long most = 0;
        for (int i = 3; i < args.size(); i += 2) {
            if (i + 1 == args.size()) {
                throw Errors.syntax();
            }
            if (args.is(i, "RANK")) {
                rank = rank(args, i + 1);
            } else if (args.is(i, "COUNT")) {
                count = Counts.notNegative(args, i + 1, "COUNT can't be negative");
            } else if (args.is(i, "MAXLEN")) {
                most = Counts.notNegative(args, i + 1, "MAXLEN can't be negative");
            } else {
                throw Errors.syntax();
            }
        }
        PackedList list = context.keyspace().read(args.key(1), ListType.INSTANCE);
        Positions positions = new Positions(count < 0 ? 1 : count);
        if (list != null) {
            positions.find(list, args.slice(2), rank, most);
        }
        positions.reply(count >= 0, reply);
    }

    private static long rank(Args args, int index) throws CommandException {
        long rank = args.integer(index);
        if (rank == 0) {
            throw new CommandException("ERR RANK can't be zero: use 1 to start from the first match, 2 from the second"
                    + " ... or use negative to start from the end of the list");
        }
        return rank;
    }

    /** Indexes, as they are found. */
    private static final class Positions {
        private final long wanted;
        private long[] found = new long[1];
        private int count;

        /** At most as many as wanted; 0 stands for all. */
        Positions(long wanted) {
            this.wanted = wanted;
        }

        void find(PackedList list, Slice element, long rank, long most) {
            long size = list.size();
            boolean forwards = rank > 0;
            Cursor cursor = new Cursor(list, forwards ? 0 : size - 1, forwards ? ListEnd.TAIL : ListEnd.HEAD);
            long end = most == 0 ? size : Math.min(most, size);
            long skipped = rank == Long.MIN_VALUE ? 0 : Math.abs(rank) - 1; // Redis cannot negate that one either
            for (long i = 0; i < end && (wanted == 0 || count < wanted); i++) {
                cursor.next();
                if (cursor.shows(element) && skipped-- <= 0) {
                    add(forwards ? i : size - 1 - i);
                }
            }
        }

        private void add(long index) {
            if (count == found.length) {
                found = Arrays.copyOf(found, count * 2);
            }
            found[count++] = index;
        }

        void reply(boolean asArray, Reply reply) {
            if (asArray) {
                reply.array(count);
                for (int i = 0; i < count; i++) {
                    reply.integer(found[i]);
                }
            } else if (count == 0) {
                reply.nil();
            } else {
                reply.integer(found[0]);
            }
        }
    }
}
