package io.miniredis.api;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The facts of one command, as data: the server checks with them, locks with them and documents with them, so a handler need
 * not. Immutable; made with {@link #named}.
 */
public final class CommandSpec {

    /** A change in a command's life. */
    public static final class Change {
        private final String version;
        private final String text;

        private Change(String version, String text) {
            this.version = version;
            this.text = text;
        }

        /**
         * When.
         *
         * @return a version
         */
        public String version() {
            return version;
        }

        /**
         * What.
         *
         * @return one sentence
         */
        public String text() {
            return text;
        }
    }

    private final String name;
    private final int arity;
    private final Set<CommandFlag> flags;
    private final Set<CommandCategory> categories;
    private final List<KeySpec> keys;
    private final List<ChannelSpec> channels;
    private final List<ArgSpec> args;
    private final List<String> tips;
    private final List<Change> history;
    private final String summary;
    private final String since;
    private final String group;
    private final String complexity;
    private final String event;
    private final String deprecatedSince;
    private final String replacedBy;
    private final boolean systemCommand;

    private CommandSpec(Builder builder) {
        name = builder.name;
        arity = builder.arity;
        flags = Collections.unmodifiableSet(copyOf(builder.flags, CommandFlag.class));
        categories = Collections.unmodifiableSet(impliedCategories(builder));
        keys = List.copyOf(builder.keys);
        channels = List.copyOf(builder.channels);
        args = List.copyOf(builder.args);
        tips = List.copyOf(builder.tips);
        history = List.copyOf(builder.history);
        summary = builder.summary;
        since = builder.since;
        group = builder.group;
        complexity = builder.complexity;
        event = builder.event == null ? builder.name : builder.event;
        deprecatedSince = builder.deprecatedSince;
        replacedBy = builder.replacedBy;
        systemCommand = builder.systemCommand;
    }

    /** Unlike {@link EnumSet#copyOf}, works for an empty set too. */
    private static <E extends Enum<E>> Set<E> copyOf(Set<E> original, Class<E> type) {
        Set<E> copy = EnumSet.noneOf(type);
        copy.addAll(original);
        return copy;
    }

    private static Set<CommandCategory> impliedCategories(Builder builder) {
        Set<CommandCategory> implied = copyOf(builder.categories, CommandCategory.class);
        if (builder.flags.contains(CommandFlag.WRITE)) {
            implied.add(CommandCategory.WRITE);
        }
        if (builder.flags.contains(CommandFlag.READONLY) && !implied.contains(CommandCategory.SCRIPTING)) {
            implied.add(CommandCategory.READ);
        }
        if (builder.flags.contains(CommandFlag.ADMIN)) {
            implied.add(CommandCategory.ADMIN);
            implied.add(CommandCategory.DANGEROUS);
        }
        if (builder.flags.contains(CommandFlag.PUBSUB)) {
            implied.add(CommandCategory.PUBSUB);
        }
        if (builder.flags.contains(CommandFlag.BLOCKING)) {
            implied.add(CommandCategory.BLOCKING);
        }
        implied.add(builder.flags.contains(CommandFlag.FAST) ? CommandCategory.FAST : CommandCategory.SLOW);
        return implied;
    }

    /**
     * Begins a spec.
     *
     * @param name the command's name in lower case; {@code container|subcommand} for a subcommand
     * @return a builder
     */
    public static Builder named(String name) {
        return new Builder(name);
    }

    /**
     * The command's name.
     *
     * @return in lower case; {@code container|subcommand} for a subcommand
     */
    public String name() {
        return name;
    }

    /**
     * How many arguments the command takes, its name included (both names, for a subcommand).
     *
     * @return exactly so many, or, if negative, at least so many
     */
    public int arity() {
        return arity;
    }

    /**
     * Whether a number of arguments fits.
     *
     * @param count how many there are, the name included
     * @return true if the command can run with them
     */
    public boolean accepts(int count) {
        return arity >= 0 ? count == arity : count >= -arity;
    }

    /**
     * What the command is like.
     *
     * @return an immutable set, in the order of {@link CommandFlag}
     */
    public Set<CommandFlag> flags() {
        return flags;
    }

    /**
     * Whether the command has a flag.
     *
     * @param flag the flag
     * @return true if it has
     */
    public boolean is(CommandFlag flag) {
        return flags.contains(flag);
    }

    /**
     * The access-control categories, those that follow from flags included.
     *
     * @return an immutable set, in the order of {@link CommandCategory}
     */
    public Set<CommandCategory> categories() {
        return categories;
    }

    /**
     * Where the keys are.
     *
     * @return immutable, empty for a command without keys
     */
    public List<KeySpec> keys() {
        return keys;
    }

    /**
     * Where the channels are that the command publishes or subscribes to.
     *
     * @return immutable, empty for a command without channels
     */
    public List<ChannelSpec> channels() {
        return channels;
    }

    /**
     * The documented arguments.
     *
     * @return immutable
     */
    public List<ArgSpec> args() {
        return args;
    }

    /**
     * Hints for clients and proxies.
     *
     * @return immutable, such as {@code nondeterministic_output}
     */
    public List<String> tips() {
        return tips;
    }

    /**
     * What changed since the command appeared.
     *
     * @return immutable, oldest first
     */
    public List<Change> history() {
        return history;
    }

    /**
     * What the command does.
     *
     * @return one sentence; empty if none was given
     */
    public String summary() {
        return summary;
    }

    /**
     * The version that first had the command.
     *
     * @return a version
     */
    public String since() {
        return since;
    }

    /**
     * The group that documentation shows the command in.
     *
     * @return such as {@code string}, {@code generic} or {@code module}
     */
    public String group() {
        return group;
    }

    /**
     * What the command costs.
     *
     * @return such as {@code O(1)}; null if not said
     */
    public String complexity() {
        return complexity;
    }

    /**
     * What a change to one of the command's keys is called, if the handler does not {@linkplain Keyspace#event name} it.
     *
     * @return the command's name unless it was said otherwise, such as {@code incrby} for {@code decr}
     */
    public String event() {
        return event;
    }

    /**
     * Since when the command should not be used any more.
     *
     * @return a version; null if it may be used
     */
    public String deprecatedSince() {
        return deprecatedSince;
    }

    /**
     * What to use instead of a deprecated command.
     *
     * @return a sentence part; null if the command is not deprecated
     */
    public String replacedBy() {
        return replacedBy;
    }

    /**
     * Whether the command is meant for the server's own use and for tests, not for applications.
     *
     * @return true if {@code COMMAND DOCS} says so
     */
    public boolean isSystemCommand() {
        return systemCommand;
    }

    /** Collects the facts of a command. */
    public static final class Builder {
        private final String name;
        private int arity = -1;
        private final Set<CommandFlag> flags = EnumSet.noneOf(CommandFlag.class);
        private final Set<CommandCategory> categories = EnumSet.noneOf(CommandCategory.class);
        private final List<KeySpec> keys = new ArrayList<>();
        private final List<ChannelSpec> channels = new ArrayList<>();
        private final List<ArgSpec> args = new ArrayList<>();
        private final List<String> tips = new ArrayList<>();
        private final List<Change> history = new ArrayList<>();
        private String summary = "";
        private String since = "1.0.0";
        private String group = "module";
        private String complexity;
        private String event;
        private String deprecatedSince;
        private String replacedBy;
        private boolean systemCommand;

        private Builder(String name) {
            if (!name.equals(name.toLowerCase(Locale.ROOT)) || name.isBlank()) {
                throw new IllegalArgumentException("a command's name is in lower case: '" + name + "'");
            }
            this.name = name;
        }

        /**
         * Sets the arity; {@code -1} (any) if never called.
         *
         * @param count exactly so many arguments, the name included, or, if negative, at least so many
         * @return this builder
         */
        public Builder arity(int count) {
            arity = count;
            return this;
        }

        /**
         * Adds flags.
         *
         * @param more what the command is like
         * @return this builder
         */
        public Builder flags(CommandFlag... more) {
            flags.addAll(Arrays.asList(more));
            return this;
        }

        /**
         * Adds {@link CommandFlag#WRITE}.
         *
         * @return this builder
         */
        public Builder write() {
            return flags(CommandFlag.WRITE);
        }

        /**
         * Adds {@link CommandFlag#READONLY}.
         *
         * @return this builder
         */
        public Builder readOnly() {
            return flags(CommandFlag.READONLY);
        }

        /**
         * Adds {@link CommandFlag#DENYOOM}.
         *
         * @return this builder
         */
        public Builder denyOom() {
            return flags(CommandFlag.DENYOOM);
        }

        /**
         * Adds {@link CommandFlag#FAST}.
         *
         * @return this builder
         */
        public Builder fast() {
            return flags(CommandFlag.FAST);
        }

        /**
         * Adds access-control categories beside those that follow from the flags.
         *
         * @param more the categories
         * @return this builder
         */
        public Builder categories(CommandCategory... more) {
            categories.addAll(Arrays.asList(more));
            return this;
        }

        /**
         * Declares where keys are. A command can touch no others.
         *
         * @param more one or more specs
         * @return this builder
         */
        public Builder keys(KeySpec... more) {
            keys.addAll(Arrays.asList(more));
            return this;
        }

        /**
         * Declares where channels are. Access control refuses a client whose user may not publish or subscribe to one of them.
         *
         * @param more one or more specs
         * @return this builder
         */
        public Builder channels(ChannelSpec... more) {
            channels.addAll(Arrays.asList(more));
            return this;
        }

        /**
         * Documents arguments, in their order.
         *
         * @param more one or more arguments
         * @return this builder
         */
        public Builder args(ArgSpec... more) {
            args.addAll(Arrays.asList(more));
            return this;
        }

        /**
         * Documents a plain argument.
         *
         * @param argument its name
         * @return this builder
         */
        public Builder arg(String argument) {
            return args(ArgSpec.of(argument, ArgSpec.Type.STRING));
        }

        /**
         * Adds hints for clients and proxies.
         *
         * @param more one or more tips
         * @return this builder
         */
        public Builder tips(String... more) {
            tips.addAll(Arrays.asList(more));
            return this;
        }

        /**
         * Says what the command does.
         *
         * @param sentence one sentence
         * @return this builder
         */
        public Builder summary(String sentence) {
            summary = sentence;
            return this;
        }

        /**
         * Says since when the command exists.
         *
         * @param version a version
         * @return this builder
         */
        public Builder since(String version) {
            since = version;
            return this;
        }

        /**
         * Says which group documentation shows the command in; {@code module} if never called.
         *
         * @param name the group
         * @return this builder
         */
        public Builder group(String name) {
            group = name;
            return this;
        }

        /**
         * Says that the command is not meant for applications.
         *
         * @return this builder
         */
        public Builder systemCommand() {
            systemCommand = true;
            return this;
        }

        /**
         * Says what the command costs.
         *
         * @param cost such as {@code O(N)}
         * @return this builder
         */
        public Builder complexity(String cost) {
            complexity = cost;
            return this;
        }

        /**
         * Says what a change to a key is called in keyspace events; the command's name if never called.
         *
         * @param name such as {@code set} for {@code mset}
         * @return this builder
         */
        public Builder event(String name) {
            event = name;
            return this;
        }

        /**
         * Adds a change in the command's life; oldest first.
         *
         * @param version when
         * @param text what
         * @return this builder
         */
        public Builder history(String version, String text) {
            history.add(new Change(version, text));
            return this;
        }

        /**
         * Says that the command should not be used any more.
         *
         * @param version since when
         * @param replacement what to use instead
         * @return this builder
         */
        public Builder deprecated(String version, String replacement) {
            deprecatedSince = version;
            replacedBy = replacement;
            return this;
        }

        /**
         * Makes the spec.
         *
         * @return an immutable spec
         */
        public CommandSpec build() {
            if (arity == 0) {
                throw new IllegalArgumentException("the arity of '" + name + "' counts the name, so it cannot be 0");
            }
            return new CommandSpec(this);
        }
    }
}
