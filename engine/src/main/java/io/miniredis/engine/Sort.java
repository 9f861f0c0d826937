package io.miniredis.engine;

import static io.miniredis.api.KeySpec.Access.ACCESS;
import static io.miniredis.api.KeySpec.Access.OW;
import static io.miniredis.api.KeySpec.Access.RO;
import static io.miniredis.api.KeySpec.Access.UPDATE;

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
 * {@code SORT key [BY pattern] [LIMIT offset count] [GET pattern ...] [ASC|DESC] [ALPHA] [STORE destination]}: the elements of a
 * collection in order, of themselves or of the strings that a pattern makes of them. Reply: array of elements, or of what GET found
 * for them; with STORE the length of the list that was stored. Errors: WRONGTYPE; weights that are not numbers. Cost: O(n log n),
 * with all shards locked. Source: Redis 7.0.
 */
public final class Sort implements CommandHandler, FindsKeys {
    private static final KeySpec KEY = KeySpec.at(1, RO, ACCESS);
    private static final KeySpec PATTERNS = KeySpec.unknown(RO, ACCESS)
            .withNotes("For the optional BY/GET keyword. It is marked 'unknown' because the key names"
                    + " derive from the content of the key we sort");
    private static final KeySpec DESTINATION = KeySpec.unknown(OW, UPDATE)
            .withNotes("For the optional STORE keyword. It is marked 'unknown' because the keyword can"
                    + " appear anywhere in the argument array");

    private static final CommandSpec SPEC = described("sort")
            .write()
            .denyOom()
            .event("sortstore")
            .keys(KEY, PATTERNS, DESTINATION)
            .args(ArgSpec.key("destination", 2).withToken("STORE").optional())
            .summary("Sort the elements in a list, set or sorted set")
            .since("1.0.0")
            .build();

    /** For the service loader. */
    public Sort() {}

    /** What SORT and SORT_RO have in common. */
    private static CommandSpec.Builder described(String name) {
        return CommandSpec.named(name)
                .arity(-2)
                .categories(
                        CommandCategory.SET, CommandCategory.SORTEDSET, CommandCategory.LIST, CommandCategory.DANGEROUS)
                .args(
                        ArgSpec.key("key", 0),
                        pattern().withToken("BY").optional(),
                        ArgSpec.block(
                                        "offset_count",
                                        ArgSpec.of("offset", ArgSpec.Type.INTEGER),
                                        ArgSpec.of("count", ArgSpec.Type.INTEGER))
                                .withToken("LIMIT")
                                .optional(),
                        pattern().withToken("GET").optional().multiple().multipleToken(),
                        ArgSpec.oneOf("order", ArgSpec.token("asc", "ASC"), ArgSpec.token("desc", "DESC"))
                                .optional(),
                        ArgSpec.token("sorting", "ALPHA").optional())
                .group("generic")
                .complexity("O(N+M*log(M)) where N is the number of elements in the list or set to sort, and M"
                        + " the number of returned elements. When the elements are not sorted, complexity is"
                        + " O(N).");
    }

    /** The spec of SORT_RO. */
    static CommandSpec readOnly() {
        return described("sort_ro")
                .readOnly()
                .keys(KEY, PATTERNS)
                .summary("Sort the elements in a list, set or sorted set. Read-only variant of SORT.")
                .since("7.0.0")
                .build();
    }

    private static ArgSpec pattern() {
        return ArgSpec.of("pattern", ArgSpec.Type.PATTERN).ofKeys(1);
    }

    @Override
    public CommandSpec spec() {
        return SPEC;
    }

    /** The argument of the last STORE, which is the one that counts. */
    @Override
    public void findKeys(Args args, KeyFinder.Found found) {
        int destination = 0;
        for (int i = 2; i < args.size(); i++) {
            int left = args.size() - 1 - i;
            if (args.is(i, "LIMIT")) {
                i += left >= 2 ? 2 : 0;
            } else if (left >= 1 && (args.is(i, "GET") || args.is(i, "BY"))) {
                i++;
            } else if (left >= 1 && args.is(i, "STORE")) {
                destination = ++i;
            }
        }
        if (destination > 0) {
            found.key(destination, DESTINATION);
        }
    }

    @Override
    public void execute(CommandContext context, Args args, Reply reply) throws CommandException {
        new Sorting(Worker.of(context), args, Sorting.Result.MAY_BE_STORED).run(reply);
    }
}
