package io.miniredis.engine;

import io.miniredis.api.CommandCategory;
import io.miniredis.api.Slice;
import java.util.Locale;

/**
 * One rule about commands, such as {@code +get}, {@code -config|set}, {@code +@read} or {@code +select|0}. It is kept by name, so it
 * counts for commands that come later, too. Immutable.
 *
 * @param allows whether it gives permission or takes it away
 * @param category the commands it is about; null if it names one
 * @param name of a command or subcommand, in lower case; empty for a category
 * @param firstArgument without which the command is not allowed; null if it is with any
 */
record CommandRule(boolean allows, CommandCategory category, String name, String firstArgument) {

    static CommandRule of(boolean allows, CommandCategory category) {
        return new CommandRule(allows, category, "", null);
    }

    static CommandRule of(boolean allows, Command command) {
        return new CommandRule(allows, null, command.spec.name(), null);
    }

    static CommandRule firstArgument(Command command, String argument) {
        return new CommandRule(true, null, command.spec.name(), argument);
    }

    /** Whether it decides about a command, whatever its arguments. What is said of a container goes for its subcommands. */
    boolean isAbout(Command command) {
        if (firstArgument != null) {
            return false;
        }
        return names(command) || (command.parent() != null && names(command.parent()));
    }

    private boolean names(Command command) {
        return category == null
                ? name.equals(command.spec.name())
                : command.spec.categories().contains(category);
    }

    /** Whether it allows a command with some first argument. */
    boolean isAboutFirstArgumentOf(Command command) {
        return firstArgument != null && !command.isContainer() && name.equals(command.spec.name());
    }

    /** Whether a first argument is the one that it allows; case does not matter. */
    boolean takes(Slice argument) {
        if (argument.length() != firstArgument.length()) {
            return false;
        }
        for (int i = 0; i < argument.length(); i++) {
            if (lower(argument.byteAt(i) & 0xff) != lower(firstArgument.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static int lower(int c) {
        return c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c;
    }

    /** Whether nothing is left of it when another rule follows. */
    boolean isReplacedBy(CommandRule later) {
        String own = target();
        String other = later.target();
        return own.equals(other) || own.startsWith(other + "|");
    }

    private String target() {
        return text().toLowerCase(Locale.ROOT);
    }

    private String text() {
        if (category != null) {
            return category.label();
        }
        return firstArgument == null ? name : name + "|" + firstArgument;
    }

    @Override
    public String toString() {
        return (allows ? "+" : "-") + text();
    }
}
