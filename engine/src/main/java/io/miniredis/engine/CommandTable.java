package io.miniredis.engine;

import io.miniredis.api.Slice;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * The commands, found by name in any case without making a String: open addressing over a hash of the lower-case name.
 * Immutable; another table takes its place when commands come or go.
 */
final class CommandTable {
    private final List<Command> commands;
    private final List<Command> all;
    private final Command[] slots;

    private CommandTable(List<Command> commands) {
        this.commands = List.copyOf(commands);
        all = commands.stream().flatMap(Command::withSubcommands).toList();
        slots = new Command[Integer.highestOneBit(Math.max(8, commands.size() * 4))];
        for (Command command : commands) {
            int slot = hash(command.name, 0, command.name.length) & (slots.length - 1);
            while (slots[slot] != null) {
                slot = (slot + 1) & (slots.length - 1);
            }
            slots[slot] = command;
        }
    }

    /**
     * Makes a table.
     *
     * @throws IllegalArgumentException if a name is provided twice, naming both origins
     */
    static CommandTable of(Collection<Command> commands) {
        List<Command> distinct = new ArrayList<>();
        for (Command command : commands) {
            for (Command other : distinct) {
                if (other.spec.name().equals(command.spec.name())) {
                    throw new IllegalArgumentException("the command '" + command.spec.name()
                            + "' is provided twice, by " + other.origin + " and by " + command.origin);
                }
            }
            distinct.add(command);
        }
        return new CommandTable(distinct);
    }

    /** This table without some commands, and with others. */
    CommandTable exchange(Collection<Command> out, Collection<Command> in) {
        List<Command> all = new ArrayList<>(commands);
        all.removeAll(out);
        all.addAll(in);
        return of(all);
    }

    List<Command> commands() {
        return commands;
    }

    /** The same, each followed by its subcommands. */
    List<Command> all() {
        return all;
    }

    /** The command of that name, or null. */
    Command find(byte[] array, int offset, int length) {
        int slot = hash(array, offset, length) & (slots.length - 1);
        while (slots[slot] != null) {
            if (isNamed(slots[slot], array, offset, length)) {
                return slots[slot];
            }
            slot = (slot + 1) & (slots.length - 1);
        }
        return null;
    }

    /** The command of that name, a subcommand's written {@code container|subcommand}; or null. */
    Command find(Slice name) {
        Command plain = find(name.array(), name.offset(), name.length());
        String text = name.toString();
        int bar = text.indexOf('|');
        if (plain != null || bar < 0) {
            return plain;
        }
        Command container = find(name.array(), name.offset(), bar);
        return container == null
                ? null
                : container.subcommand(text.substring(bar + 1).toLowerCase(java.util.Locale.ROOT));
    }

    static boolean isNamed(Command command, byte[] array, int offset, int length) {
        byte[] name = command.name;
        if (name.length != length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (lower(array[offset + i]) != name[i]) {
                return false;
            }
        }
        return true;
    }

    private static int hash(byte[] array, int offset, int length) {
        int hash = length;
        for (int i = 0; i < length; i++) {
            hash = hash * 31 + lower(array[offset + i]);
        }
        return hash ^ hash >>> 15;
    }

    private static byte lower(byte b) {
        return b >= 'A' && b <= 'Z' ? (byte) (b + ('a' - 'A')) : b;
    }
}
