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
import io.miniredis.api.Errors;
import io.miniredis.api.KeySpec;
import io.miniredis.api.Reply;
import io.miniredis.api.Slice;
import java.util.List;

/**
 * {@code LCS key1 key2 [LEN] [IDX] [MINMATCHLEN len] [WITHMATCHLEN]}: the longest common subsequence of two strings; a missing key
 * counts as empty. Reply: bulk string; with LEN an integer, its length; with IDX a map of {@code matches}, ranges in both strings
 * from the last to the first, those shorter than MINMATCHLEN left out, and {@code len}. Errors: keys of another type; syntax error;
 * LEN together with IDX. Cost: O(N*M) time, and memory too unless only the length is asked for. Source: Redis 7.0, LCS.
 */
public final class Lcs implements CommandHandler {
    private static final CommandSpec SPEC = CommandSpec.named("lcs")
            .arity(-3)
            .readOnly()
            .categories(CommandCategory.STRING)
            .keys(KeySpec.range(1, 2, 1, RO, ACCESS))
            .args(
                    ArgSpec.key("key1", 0),
                    ArgSpec.key("key2", 0),
                    ArgSpec.token("len", "LEN").optional(),
                    ArgSpec.token("idx", "IDX").optional(),
                    ArgSpec.of("len", ArgSpec.Type.INTEGER)
                            .withToken("MINMATCHLEN")
                            .optional(),
                    ArgSpec.token("withmatchlen", "WITHMATCHLEN").optional())
            .summary("Find longest common substring")
            .since("7.0.0")
            .group("string")
            .complexity("O(N*M) where N and M are the lengths of s1 and s2, respectively")
            .build();

    /** For the service loader. */
    public Lcs() {}

    @Override
    public CommandSpec spec() {
        return SPEC;
    }

    @Override
    public void execute(CommandContext context, Args args, Reply reply) throws CommandException {
        Slice first = string(context, args, 1);
        Slice second = string(context, args, 2);
        boolean lengthOnly = false;
        boolean ranges = false;
        boolean withLength = false;
        long shortest = 0;
        for (int i = 3; i < args.size(); i++) {
            if (args.is(i, "IDX")) {
                ranges = true;
            } else if (args.is(i, "LEN")) {
                lengthOnly = true;
            } else if (args.is(i, "WITHMATCHLEN")) {
                withLength = true;
            } else if (args.is(i, "MINMATCHLEN") && i + 1 < args.size()) {
                shortest = args.integer(++i);
            } else {
                throw Errors.syntax();
            }
        }
        if (ranges && lengthOnly) {
            throw new CommandException("ERR If you want both the length and indexes, please just use IDX.");
        }
        if (lengthOnly) {
            context.needs(4L * second.length());
            reply.integer(CommonSubsequence.length(first, second));
            return;
        }
        context.needs(CommonSubsequence.tableBytes(first, second));
        CommonSubsequence found = CommonSubsequence.of(first, second);
        if (ranges) {
            reply(found.rangesOf(shortest), found.length(), withLength, reply);
        } else {
            reply.bulk(found.bytes());
        }
    }

    private static Slice string(CommandContext context, Args args, int index) throws CommandException {
        try {
            Slice value = context.keyspace().read(args.key(index), StringType.INSTANCE);
            return value == null ? new Slice() : value;
        } catch (CommandException wrongType) {
            throw new CommandException("ERR The specified keys must contain string values");
        }
    }

    private static void reply(List<CommonSubsequence.Match> matches, int length, boolean withLength, Reply reply) {
        reply.map(2);
        reply.bulk("matches");
        reply.array(matches.size());
        for (CommonSubsequence.Match match : matches) {
            reply.array(withLength ? 3 : 2);
            reply.array(2);
            reply.integer(match.first());
            reply.integer(match.first() + match.length() - 1);
            reply.array(2);
            reply.integer(match.second());
            reply.integer(match.second() + match.length() - 1);
            if (withLength) {
                reply.integer(match.length());
            }
        }
        reply.bulk("len");
        reply.integer(length);
    }
}
