package io.miniredis.engine;

import io.miniredis.api.ArgSpec;
import io.miniredis.api.Args;
import io.miniredis.api.CommandCategory;
import io.miniredis.api.CommandContext;
import io.miniredis.api.CommandException;
import io.miniredis.api.CommandFlag;
import io.miniredis.api.CommandHandler;
import io.miniredis.api.CommandSpec;
import io.miniredis.api.Errors;
import io.miniredis.api.Reply;
import io.miniredis.api.Slice;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/**
 * {@code COMMAND LIST [FILTERBY MODULE name | ACLCAT category | PATTERN pattern]}: the names of commands. Reply:
 * array of bulk strings. Source: Redis 7.0.
 */
final class CommandList implements CommandHandler {
    private static final CommandSpec SPEC = CommandSpec.named("command|list")
            .arity(-2)
            .flags(CommandFlag.LOADING, CommandFlag.STALE)
            .categories(CommandCategory.CONNECTION)
            .args(ArgSpec.oneOf(
                            "filterby",
                            ArgSpec.of("module-name", ArgSpec.Type.STRING).withToken("MODULE"),
                            ArgSpec.of("category", ArgSpec.Type.STRING).withToken("ACLCAT"),
                            ArgSpec.of("pattern", ArgSpec.Type.PATTERN).withToken("PATTERN"))
                    .withToken("FILTERBY")
                    .optional())
            .tips("nondeterministic_output_order")
            .summary("Get an array of Redis command names")
            .since("7.0.0")
            .group("server")
            .complexity("O(N) where N is the total number of Redis commands")
            .build();

    @Override
    public CommandSpec spec() {
        return SPEC;
    }

    @Override
    public void execute(CommandContext context, Args args, Reply reply) throws CommandException {
        Predicate<Command> filter = args.size() == 2 ? command -> true : filter(args);
        List<String> names = new ArrayList<>();
        for (Command command : Worker.of(context).engine.commands().all()) {
            if (filter.test(command)) {
                names.add(command.spec.name());
            }
        }
        reply.array(names.size());
        names.forEach(reply::bulk);
    }

    private static Predicate<Command> filter(Args args) throws CommandException {
        if (args.size() == 5 && args.is(2, "FILTERBY")) {
            String wanted = args.utf8(4);
            if (args.is(3, "MODULE")) {
                return command ->
                        command.origin.isPlugin() && command.origin.name().equals(wanted);
            }
            if (args.is(3, "ACLCAT")) {
                String label = "@" + wanted.toLowerCase(Locale.ROOT);
                return command -> command.spec.categories().stream()
                        .anyMatch(category -> category.label().equals(label));
            }
            if (args.is(3, "PATTERN")) {
                Glob glob = new Glob(new Slice(args.copy(4)), Glob.Case.IGNORED);
                return command -> glob.matches(new Slice(command.name));
            }
        }
        throw Errors.syntax();
    }
}
