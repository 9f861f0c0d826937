package io.miniredis.engine;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.miniredis.api.Args;
import io.miniredis.api.CommandFlag;
import io.miniredis.api.Slice;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.StringJoiner;

/**
 * A set of permissions that hold together: commands, and the keys and channels that these commands may have. Immutable; made by a
 * {@link SelectorBuilder}.
 */
final class Selector {

    /**
     * Keys that may be read or written.
     *
     * @param text the pattern's bytes, a char for each
     */
    record KeyPattern(String text, boolean read, boolean write, Glob glob) {
        static KeyPattern of(String text, boolean read, boolean write) {
            return new KeyPattern(text, read, write, Selector.glob(text));
        }

        /** Whether it gives what is needed. */
        boolean gives(boolean reading, boolean writing) {
            return (read || !reading) && (write || !writing);
        }

        @Override
        public String toString() {
            String access = read ? "%R" : "%W";
            return (read && write ? "" : access) + "~" + text;
        }
    }

    /** Channels, by a pattern. */
    record ChannelPattern(String text, Glob glob) {
        static ChannelPattern of(String text) {
            return new ChannelPattern(text, Selector.glob(text));
        }

        @Override
        public String toString() {
            return "&" + text;
        }
    }

    private static final long[] NOTHING = {};

    final boolean allKeys;
    final List<KeyPattern> keys;
    final boolean allChannels;
    final List<ChannelPattern> channels;

    /** Whether commands are allowed that no rule is about. */
    final boolean allCommands;

    /** In the order in which they were given; a later one counts more. */
    final List<CommandRule> rules;

    private final boolean takesCommandsAway;

    /** By {@link Command#number}: which commands are known, and which of these are allowed with any first argument. */
    private final long[] known;

    private final long[] allowed;

    Selector(
            boolean allKeys,
            List<KeyPattern> keys,
            boolean allChannels,
            List<ChannelPattern> channels,
            boolean allCommands,
            List<CommandRule> rules) {
        this(allKeys, keys, allChannels, channels, allCommands, rules, NOTHING, NOTHING);
    }

    private Selector(
            boolean allKeys,
            List<KeyPattern> keys,
            boolean allChannels,
            List<ChannelPattern> channels,
            boolean allCommands,
            List<CommandRule> rules,
            long[] known,
            long[] allowed) {
        this.allKeys = allKeys;
        this.keys = List.copyOf(keys);
        this.allChannels = allChannels;
        this.channels = List.copyOf(channels);
        this.allCommands = allCommands;
        this.rules = List.copyOf(rules);
        this.known = known;
        this.allowed = allowed;
        takesCommandsAway = rules.stream().anyMatch(rule -> !rule.allows());
    }

    static Selector none(boolean allChannels) {
        return new Selector(false, List.of(), allChannels, List.of(), false, List.of());
    }

    static Selector all() {
        return new Selector(true, List.of(), true, List.of(), true, List.of());
    }

    private static Glob glob(String text) {
        return new Glob(new Slice(text.getBytes(ISO_8859_1)));
    }

    /** The same, which need not go through the rules for the commands of a table. */
    Selector compiled(CommandTable commands) {
        BitSet knownSet = new BitSet();
        BitSet allowedSet = new BitSet();
        commands.all().forEach(command -> compile(command, knownSet, allowedSet));
        return new Selector(
                allKeys,
                keys,
                allChannels,
                channels,
                allCommands,
                rules,
                knownSet.toLongArray(),
                allowedSet.toLongArray());
    }

    private void compile(Command command, BitSet knownSet, BitSet allowedSet) {
        knownSet.set(command.number);
        allowedSet.set(command.number, follows(command));
    }

    boolean allowsEverything() {
        return allKeys && allChannels && allCommands && !takesCommandsAway;
    }

    /** Whether a command is allowed, as far as its keys and channels do not matter. Cost: O(1), unless first arguments matter. */
    boolean allows(Command command, Args args) {
        return command.spec.is(CommandFlag.NO_AUTH) || allows(command) || allowsFirstArgument(command, args);
    }

    private boolean allows(Command command) {
        return has(known, command.number) ? has(allowed, command.number) : follows(command);
    }

    private static boolean has(long[] bits, int number) {
        int word = number >> 6;
        return word < bits.length && (bits[word] & 1L << number) != 0;
    }

    /** Goes through the rules. */
    private boolean follows(Command command) {
        for (int i = rules.size() - 1; i >= 0; i--) {
            if (rules.get(i).isAbout(command)) {
                return rules.get(i).allows();
            }
        }
        return allCommands;
    }

    private boolean allowsFirstArgument(Command command, Args args) {
        for (int i = rules.size() - 1; i >= 0; i--) {
            CommandRule rule = rules.get(i);
            if (rule.isAbout(command)) {
                return false; // what was said before does not count any more
            }
            if (rule.isAboutFirstArgumentOf(command) && args.size() > 1 && rule.takes(args.slice(1))) {
                return true;
            }
        }
        return false;
    }

    /** Whether a key may be read, or written, or, if neither, may be named. */
    boolean allowsKey(Slice name, boolean reading, boolean writing) {
        if (allKeys) {
            return true;
        }
        for (int i = 0; i < keys.size(); i++) {
            KeyPattern pattern = keys.get(i);
            if (pattern.gives(reading, writing) && pattern.glob.matches(name)) {
                return true;
            }
        }
        return false;
    }

    /** Whether any key may be read. */
    boolean readsAllKeys() {
        return allKeys || keys.stream().anyMatch(pattern -> pattern.read && pattern.text.equals("*"));
    }

    boolean allowsChannel(Slice name) {
        if (allChannels) {
            return true;
        }
        for (int i = 0; i < channels.size(); i++) {
            if (channels.get(i).glob.matches(name)) {
                return true;
            }
        }
        return false;
    }

    /** Whether all channels of a pattern are allowed; only the very same pattern is known to allow them. */
    boolean allowsChannels(Slice pattern) {
        if (allChannels) {
            return true;
        }
        String text = pattern.toString();
        return channels.stream().anyMatch(allowedPattern -> allowedPattern.text.equals(text));
    }

    /** The keys as ACL GETUSER shows them. */
    String describeKeys() {
        return allKeys ? "~*" : joined(keys);
    }

    /** The channels as ACL GETUSER shows them. */
    String describeChannels() {
        return allChannels ? "&*" : joined(channels);
    }

    /** The rules about commands. */
    String describeCommands() {
        String base = allCommands ? "+@all" : "-@all";
        return rules.isEmpty() ? base : base + " " + joined(rules);
    }

    private static String joined(List<?> rules) {
        StringJoiner text = new StringJoiner(" ");
        rules.forEach(rule -> text.add(rule.toString()));
        return text.toString();
    }

    String describe() {
        List<String> parts = new ArrayList<>();
        parts.add(describeKeys());
        parts.add(allChannels ? "" : "resetchannels");
        parts.add(describeChannels());
        parts.add(describeCommands());
        parts.removeIf(String::isEmpty);
        return String.join(" ", parts);
    }
}
