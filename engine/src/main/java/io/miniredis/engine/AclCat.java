package io.miniredis.engine;

import io.miniredis.api.ArgSpec;
import io.miniredis.api.Args;
import io.miniredis.api.CommandCategory;
import io.miniredis.api.CommandContext;
import io.miniredis.api.CommandException;
import io.miniredis.api.CommandHandler;
import io.miniredis.api.CommandSpec;
import io.miniredis.api.Reply;
import io.miniredis.api.Slice;
import java.util.List;
import java.util.stream.Stream;

/**
 * {@code ACL CAT [category]}: the categories, or the commands of one. Reply: array. Errors: unknown category. Source: Redis 7.0.
 */
final class AclCat implements CommandHandler {
    private static final CommandSpec SPEC = Acl.open("acl|cat")
            .arity(-2)
            .args(ArgSpec.of("categoryname", ArgSpec.Type.STRING).optional())
            .summary("List the ACL categories or the commands inside a category")
            .complexity("O(1) since the categories and commands are a fixed set.")
            .build();

    @Override
    public CommandSpec spec() {
        return SPEC;
    }

    @Override
    public void execute(CommandContext context, Args args, Reply reply) throws CommandException {
        if (args.size() > 3) {
            throw Acl.unknownOrArity(args);
        }
        List<String> names = args.size() == 2 ? categories() : commands(Worker.of(context).engine, args.slice(2));
        reply.array(names.size());
        names.forEach(reply::bulk);
    }

    private static List<String> categories() {
        return Stream.of(CommandCategory.values()).map(AclCat::name).toList();
    }

    private static String name(CommandCategory category) {
        return category.label().substring(1);
    }

    private static List<String> commands(Engine engine, Slice name) throws CommandException {
        for (CommandCategory category : CommandCategory.values()) {
            if (name(category).equalsIgnoreCase(name.toString())) {
                return engine.commands().all().stream()
                        .filter(command -> command.spec.categories().contains(category))
                        .map(command -> command.spec.name())
                        .toList();
            }
        }
        throw new CommandException("ERR Unknown category '" + name.quotable() + "'");
    }
}
