package io.miniredis.engine;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.miniredis.api.CommandCategory;
import io.miniredis.api.Slice;
import io.miniredis.engine.Selector.ChannelPattern;
import io.miniredis.engine.Selector.KeyPattern;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Follows rules about commands, keys and channels, one by one, to make a {@link Selector}. What a rule means is as in Redis. */
final class SelectorBuilder {
    private final CommandTable commands;
    private boolean allKeys;
    private final List<KeyPattern> keys = new ArrayList<>();
    private boolean allChannels;
    private final List<ChannelPattern> channels = new ArrayList<>();
    private boolean allCommands;
    private final List<CommandRule> rules = new ArrayList<>();

    /**
     * Begins with what another selector allows.
     *
     * @param commands those that rules may name
     */
    SelectorBuilder(Selector from, CommandTable commands) {
        this.commands = commands;
        allKeys = from.allKeys;
        keys.addAll(from.keys);
        allChannels = from.allChannels;
        channels.addAll(from.channels);
        allCommands = from.allCommands;
        rules.addAll(from.rules);
    }

    Selector build() {
        return new Selector(allKeys, keys, allChannels, channels, allCommands, rules).compiled(commands);
    }

    /**
     * Follows a rule.
     *
     * @param rule its bytes, a char for each
     * @throws BadRule if it is none; nothing has changed
     */
    void apply(String rule) throws BadRule {
        switch (rule.toLowerCase(Locale.ROOT)) {
            case "allkeys", "~*" -> keys(true);
            case "resetkeys" -> keys(false);
            case "allchannels", "&*" -> channels(true);
            case "resetchannels" -> channels(false);
            case "allcommands", "+@all" -> commands(true);
            case "nocommands", "-@all" -> commands(false);
            default -> applyOther(rule);
        }
    }

    private void keys(boolean all) {
        allKeys = all;
        keys.clear();
    }

    private void channels(boolean all) {
        allChannels = all;
        channels.clear();
    }

    private void commands(boolean all) {
        allCommands = all;
        rules.clear();
    }

    private void applyOther(String rule) throws BadRule {
        switch (rule.isEmpty() ? 0 : rule.charAt(0)) {
            case '~' -> addKeys(rule.substring(1), true, true);
            case '%' -> addKeysByAccess(rule);
            case '&' -> addChannels(rule.substring(1));
            case '+', '-' -> addCommands(rule.substring(1), rule.charAt(0) == '+');
            default -> throw new BadRule(BadRule.SYNTAX);
        }
    }

    /** As in Redis, the tilde may be missing if nothing follows it. */
    private void addKeysByAccess(String rule) throws BadRule {
        checkRoomForKeys();
        int tilde = rule.indexOf('~');
        String access = rule.substring(1, tilde < 0 ? rule.length() : tilde).toUpperCase(Locale.ROOT);
        String pattern = tilde < 0 ? "" : rule.substring(tilde + 1);
        switch (access) {
            case "R" -> addKeys(pattern, true, false);
            case "W" -> addKeys(pattern, false, true);
            case "RW", "WR" -> addKeys(pattern, true, true);
            default -> throw new BadRule(BadRule.SYNTAX);
        }
    }

    private void checkRoomForKeys() throws BadRule {
        if (allKeys) {
            throw new BadRule(
                    "Adding a pattern after the * pattern (or the 'allkeys' flag) is not valid and does not have any"
                            + " effect. Try 'resetkeys' to start with an empty list of patterns");
        }
    }

    private void addKeys(String pattern, boolean read, boolean write) throws BadRule {
        checkRoomForKeys();
        checkBlanks(pattern);
        for (int i = 0; i < keys.size(); i++) {
            KeyPattern same = keys.get(i);
            if (same.text().equals(pattern)) {
                keys.set(i, KeyPattern.of(pattern, same.read() || read, same.write() || write));
                return;
            }
        }
        keys.add(KeyPattern.of(pattern, read, write));
    }

    private void addChannels(String pattern) throws BadRule {
        if (allChannels) {
            throw new BadRule(
                    "Adding a pattern after the * pattern (or the 'allchannels' flag) is not valid and does not have"
                            + " any effect. Try 'resetchannels' to start with an empty list of channels");
        }
        checkBlanks(pattern);
        if (channels.stream().noneMatch(same -> same.text().equals(pattern))) {
            channels.add(ChannelPattern.of(pattern));
        }
    }

    private static void checkBlanks(String text) throws BadRule {
        if (hasBlanks(text)) {
            throw new BadRule(BadRule.SYNTAX);
        }
    }

    /** Whether something could not be told from the rules around it. */
    static boolean hasBlanks(String text) {
        return text.chars().anyMatch(c -> c == 0 || c == ' ' || (c >= '\t' && c <= '\r'));
    }

    private void addCommands(String name, boolean allows) throws BadRule {
        if (name.startsWith("@")) {
            add(CommandRule.of(allows, category(name)));
            return;
        }
        int bar = name.lastIndexOf('|');
        if (!allows || bar < 0) {
            add(CommandRule.of(allows, find(name)));
            return;
        }
        Command command = find(name.substring(0, bar));
        String argument = name.substring(bar + 1);
        if (command.parent() != null) {
            throw new BadRule("Allowing first-arg of a subcommand is not supported");
        }
        if (argument.isEmpty()) {
            throw new BadRule(BadRule.SYNTAX);
        }
        add(command.isContainer() ? CommandRule.of(true, find(name)) : CommandRule.firstArgument(command, argument));
    }

    private void add(CommandRule rule) {
        rules.removeIf(earlier -> earlier.isReplacedBy(rule));
        rules.add(rule);
    }

    private Command find(String name) throws BadRule {
        Command found = commands.find(new Slice(name.getBytes(ISO_8859_1)));
        if (found == null) {
            throw new BadRule(BadRule.UNKNOWN);
        }
        return found;
    }

    private static CommandCategory category(String label) throws BadRule {
        for (CommandCategory category : CommandCategory.values()) {
            if (category.label().equalsIgnoreCase(label)) {
                return category;
            }
        }
        throw new BadRule(BadRule.UNKNOWN);
    }
}
