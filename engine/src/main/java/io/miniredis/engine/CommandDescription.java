package io.miniredis.engine;

import io.miniredis.api.ArgSpec;
import io.miniredis.api.CommandCategory;
import io.miniredis.api.CommandFlag;
import io.miniredis.api.CommandSpec;
import io.miniredis.api.KeySpec;
import io.miniredis.api.Reply;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Writes what a {@link CommandSpec} says, in the shapes of COMMAND INFO and COMMAND DOCS. */
final class CommandDescription {

    private CommandDescription() {}

    /** One element of COMMAND INFO. */
    static void info(Command command, Reply reply) {
        CommandSpec spec = command.spec;
        reply.array(10);
        reply.bulk(spec.name());
        reply.integer(spec.arity());
        flags(command, reply);
        legacyKeys(spec, reply);
        reply.set(spec.categories().size());
        for (CommandCategory category : spec.categories()) {
            reply.simple(category.label());
        }
        reply.set(spec.tips().size());
        spec.tips().forEach(reply::bulk);
        reply.set(spec.keys().size());
        for (KeySpec keys : spec.keys()) {
            keySpec(keys, reply);
        }
        List<Command> subcommands = command.subcommands();
        if (subcommands.isEmpty()) {
            reply.set(0); // as in Redis, not an empty array
            return;
        }
        reply.array(subcommands.size());
        for (Command subcommand : subcommands) {
            info(subcommand, reply);
        }
    }

    private static void flags(Command command, Reply reply) {
        Set<CommandFlag> flags = EnumSet.noneOf(CommandFlag.class); // the order of the enum is the order of Redis
        flags.addAll(command.spec.flags());
        flags.remove(CommandFlag.MAY_REPLICATE); // Redis does not show it either
        if (command.hasMovableKeys()) {
            flags.add(CommandFlag.MOVABLEKEYS);
        }
        if (command.origin.isPlugin()) {
            flags.add(CommandFlag.MODULE);
        }
        reply.set(flags.size());
        flags.forEach(flag -> reply.simple(flag.label()));
    }

    /**
     * First key, last key and step, as they were before there were key specifications: those of a plain range, and of the ranges of
     * single steps that go on where it ends.
     */
    private static void legacyKeys(CommandSpec spec, Reply reply) {
        int first = 0;
        int last = 0;
        int step = 0;
        for (KeySpec keys : spec.keys()) {
            if (keys.keyword() != null || keys.isUnknown() || keys.isCounted()) {
                continue;
            }
            boolean goesOn = step == 1 && keys.step() == 1 && keys.start() == last + 1;
            if (step == 0 || goesOn) {
                first = step == 0 ? keys.start() : first;
                last = keys.last() < 0 ? keys.last() : keys.start() + keys.last();
                step = keys.step();
            }
        }
        reply.integer(first);
        reply.integer(last);
        reply.integer(step);
    }

    private static void keySpec(KeySpec keys, Reply reply) {
        reply.map(keys.notes() == null ? 3 : 4);
        if (keys.notes() != null) {
            reply.bulk("notes");
            reply.bulk(keys.notes());
        }
        reply.bulk("flags");
        access(keys.access(), reply);
        reply.bulk("begin_search");
        if (keys.isUnknown()) {
            unknown(reply);
        } else {
            beginSearch(keys, reply);
        }
        reply.bulk("find_keys");
        if (keys.isUnknown()) {
            unknown(reply);
        } else {
            findKeys(keys, reply);
        }
    }

    /** What happens to a key. */
    static void access(Set<KeySpec.Access> accesses, Reply reply) {
        reply.set(accesses.size());
        for (KeySpec.Access access : accesses) {
            reply.simple(access.label());
        }
    }

    private static void unknown(Reply reply) {
        reply.map(2);
        field("type", "unknown", reply);
        reply.bulk("spec");
        reply.map(0);
    }

    private static void beginSearch(KeySpec keys, Reply reply) {
        reply.map(2);
        reply.bulk("type");
        reply.bulk(keys.keyword() == null ? "index" : "keyword");
        reply.bulk("spec");
        if (keys.keyword() == null) {
            reply.map(1);
            field("index", keys.start(), reply);
        } else {
            reply.map(2);
            field("keyword", keys.keyword(), reply);
            field("startfrom", keys.start(), reply);
        }
    }

    private static void findKeys(KeySpec keys, Reply reply) {
        reply.map(2);
        reply.bulk("type");
        reply.bulk(keys.isCounted() ? "keynum" : "range");
        reply.bulk("spec");
        reply.map(3);
        if (keys.isCounted()) {
            field("keynumidx", 0, reply);
            field("firstkey", keys.first(), reply);
            field("keystep", keys.step(), reply);
        } else {
            field("lastkey", keys.last(), reply);
            field("keystep", keys.step(), reply);
            field("limit", 0, reply);
        }
    }

    /** One entry of COMMAND DOCS: the name, then what there is to say. */
    static void docs(Command command, Reply reply) {
        CommandSpec spec = command.spec;
        reply.bulk(spec.name());
        List<Command> subcommands = command.subcommands();
        int deprecated = spec.deprecatedSince() == null ? 0 : 3;
        reply.map(3
                + (spec.complexity() == null ? 0 : 1)
                + (command.origin.isPlugin() ? 1 : 0)
                + deprecated
                + (spec.isSystemCommand() ? 1 : 0)
                + (spec.history().isEmpty() ? 0 : 1)
                + (spec.args().isEmpty() ? 0 : 1)
                + (subcommands.isEmpty() ? 0 : 1));
        field("summary", spec.summary(), reply);
        field("since", spec.since(), reply);
        field("group", spec.group(), reply);
        if (spec.complexity() != null) {
            field("complexity", spec.complexity(), reply);
        }
        if (command.origin.isPlugin()) {
            field("module", command.origin.name(), reply);
        }
        if (spec.isSystemCommand()) {
            reply.bulk("doc_flags");
            reply.set(1);
            reply.simple("syscmd");
        }
        if (deprecated > 0) {
            deprecation(spec, reply);
        }
        if (!spec.history().isEmpty()) {
            history(spec, reply);
        }
        if (!spec.args().isEmpty()) {
            reply.bulk("arguments");
            arguments(spec.args(), reply);
        }
        if (!subcommands.isEmpty()) {
            reply.bulk("subcommands");
            reply.map(subcommands.size());
            subcommands.forEach(subcommand -> docs(subcommand, reply));
        }
    }

    private static void deprecation(CommandSpec spec, Reply reply) {
        reply.bulk("doc_flags");
        reply.set(1);
        reply.simple("deprecated");
        field("deprecated_since", spec.deprecatedSince(), reply);
        field("replaced_by", spec.replacedBy(), reply);
    }

    private static void history(CommandSpec spec, Reply reply) {
        reply.bulk("history");
        reply.set(spec.history().size());
        for (CommandSpec.Change change : spec.history()) {
            reply.array(2);
            reply.bulk(change.version());
            reply.bulk(change.text());
        }
    }

    private static void arguments(List<ArgSpec> arguments, Reply reply) {
        reply.array(arguments.size());
        arguments.forEach(argument -> argument(argument, reply));
    }

    private static void argument(ArgSpec argument, Reply reply) {
        List<String> flags = argument.flags();
        reply.map(2
                + (argument.keySpec() < 0 ? 0 : 1)
                + (argument.token() == null ? 0 : 1)
                + (argument.since() == null ? 0 : 1)
                + (argument.deprecatedSince() == null ? 0 : 1)
                + (flags.isEmpty() ? 0 : 1)
                + (argument.nested().isEmpty() ? 0 : 1));
        field("name", argument.name(), reply);
        field("type", argument.type().label(), reply);
        if (argument.keySpec() >= 0) {
            field("key_spec_index", argument.keySpec(), reply);
        }
        if (argument.token() != null) {
            field("token", argument.token(), reply);
        }
        if (argument.since() != null) {
            field("since", argument.since(), reply);
        }
        if (argument.deprecatedSince() != null) {
            field("deprecated_since", argument.deprecatedSince(), reply);
        }
        if (!flags.isEmpty()) {
            reply.bulk("flags");
            reply.set(flags.size());
            flags.forEach(reply::simple);
        }
        if (!argument.nested().isEmpty()) {
            reply.bulk("arguments");
            arguments(argument.nested(), reply);
        }
    }

    private static void field(String name, String value, Reply reply) {
        reply.bulk(name);
        reply.bulk(value);
    }

    private static void field(String name, long value, Reply reply) {
        reply.bulk(name);
        reply.integer(value);
    }
}
