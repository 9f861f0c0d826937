package io.miniredis.engine;

import io.miniredis.api.Args;
import io.miniredis.api.CommandException;
import io.miniredis.api.CommandFlag;
import io.miniredis.api.KeySpec;
import io.miniredis.api.Slice;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The keys that a whole command names, which is given as arguments of COMMAND GETKEYS and GETKEYSANDFLAGS. */
final class NamedKeys {
    /** Where the command's name is. */
    private static final int NAME = 2;

    private final List<Slice> names = new ArrayList<>();
    private final List<Set<KeySpec.Access>> accesses = new ArrayList<>();

    private NamedKeys() {}

    /**
     * Finds them.
     *
     * @throws CommandException if there is no such command, it does not take the arguments, or has no keys
     */
    static NamedKeys of(Worker worker, Args args) throws CommandException {
        Command command = worker.find(args, NAME);
        if (command == null) {
            throw new CommandException("ERR Invalid command specified");
        }
        if (command.keys.findsNone()) {
            throw new CommandException("ERR The command has no key arguments");
        }
        if (!command.spec.accepts(args.size() - NAME)) {
            throw new CommandException("ERR Invalid number of arguments specified for command");
        }
        NamedKeys found = new NamedKeys();
        Args inner = new ArgsFrom(args, NAME);
        if (command.keys.findsAll(inner)) {
            command.keys.find(inner, (argument, spec) -> {
                found.names.add(args.slice(argument + NAME));
                found.accesses.add(VariableAccess.of(command.spec, spec, inner));
            });
        }
        if (found.names.isEmpty() && !command.spec.is(CommandFlag.NO_MANDATORY_KEYS)) {
            throw new CommandException("ERR Invalid arguments specified for command");
        }
        return found;
    }

    int size() {
        return names.size();
    }

    Slice name(int index) {
        return names.get(index);
    }

    /** What happens to a key. */
    Set<KeySpec.Access> access(int index) {
        return accesses.get(index);
    }
}
