package io.miniredis.engine;

import io.miniredis.api.Args;
import io.miniredis.api.CommandFlag;
import io.miniredis.api.CommandHandler;
import io.miniredis.api.CommandSpec;
import io.miniredis.api.KeySpec;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** A command as the engine calls it: the handler, its spec, and what was worked out of the spec beforehand. */
final class Command {
    private static final Set<String> CONTROL_TRANSACTIONS =
            Set.of("multi", "exec", "discard", "watch", "quit", "reset");

    private static final Set<String> FOR_SUBSCRIBERS = Set.of(
            "subscribe",
            "unsubscribe",
            "psubscribe",
            "punsubscribe",
            "ssubscribe",
            "sunsubscribe",
            "ping",
            "quit",
            "reset");

    /** What answers the old value of a key that it may change. */
    private static final Set<String> ANSWER_OLD_VALUES = Set.of("set", "getset", "getex", "getdel", "bitfield");

    /** What runs; replaced under all locks when the command's plugin goes. */
    CommandHandler handler;

    /** What has taken this command's place; itself while nothing has. */
    private Command latest = this;

    final CommandSpec spec;

    /** Where the command comes from. */
    Origin origin;

    /** In lower case. */
    final byte[] name;

    /** Its place in the workers' statistics. */
    final int number;

    final boolean denyOom;

    /** Whether it declares a key that it may change. */
    final boolean writes;

    /** Whether it runs at once between MULTI and EXEC, when others are queued. */
    final boolean controlsTransaction;

    /** Whether a client of RESP2 may send it that has subscribed to something. */
    final boolean isForSubscribers;

    final KeyFinder keys;

    /** Whether it may touch keys that its key specs do not find: it has none, or one that is incomplete. */
    final boolean reachesAll;

    /** Whether other commands may call it: it touches nothing but the keys that it declares. */
    final boolean isCallable;

    /** Whether clients that monitor commands are shown it. */
    final boolean isShown;

    /** Whether it reads keys and does not change them, so that clients may keep what it answers. */
    final boolean isRead;

    /** Whether it may not be sent by a client that monitors, as in Redis. */
    final boolean usesKeyspace;

    /** Where the key is, if the command has one at a fixed place and no others; otherwise 0. */
    final int singleKey;

    /**
     * With no more arguments than this, its name included, it is quick: what it does itself takes no longer than a few readings of the
     * clock, whatever it finds. 0 for commands of which that cannot be told.
     */
    final int quickArguments;

    /** Whether that key is only read. */
    final boolean readsOnly;

    private final Map<String, Command> subcommands = new LinkedHashMap<>();

    /** The container that this is a subcommand of; null if it is none. */
    private Command parent;

    /** @param numbers gives each command its place in the statistics */
    Command(CommandHandler handler, Origin origin, CommandNumbers numbers) {
        this.handler = handler;
        spec = handler.spec();
        if (spec == null) {
            throw new IllegalArgumentException(
                    "the spec of " + handler.getClass().getName() + " is null");
        }
        this.origin = origin;
        name = spec.name().getBytes(StandardCharsets.UTF_8);
        number = numbers.of(spec.name());
        denyOom = spec.is(CommandFlag.DENYOOM);
        writes = spec.keys().stream().anyMatch(keySpec -> !keySpec.isReadOnly());
        controlsTransaction = !origin.isPlugin() && CONTROL_TRANSACTIONS.contains(spec.name());
        isForSubscribers = !origin.isPlugin() && FOR_SUBSCRIBERS.contains(spec.name());
        List<KeySpec> places = spec.keys().stream()
                .filter(place -> !place.access().contains(KeySpec.Access.NOT_KEY))
                .toList();
        keys = handler instanceof FindsKeys finder ? KeyFinder.of(places, finder) : KeyFinder.of(places);
        boolean touchesNone = !origin.isPlugin() && spec.is(CommandFlag.PUBSUB);
        reachesAll = !touchesNone && (places.isEmpty() || places.stream().anyMatch(Command::isIncomplete));
        isCallable = !controlsTransaction
                && !spec.is(CommandFlag.ADMIN)
                && !(touchesNone && spec.is(CommandFlag.NOSCRIPT))
                && (!reachesAll || (origin.isPlugin() && places.isEmpty()));
        isShown = !spec.is(CommandFlag.ADMIN) && !spec.is(CommandFlag.SKIP_MONITOR);
        isRead = spec.is(CommandFlag.READONLY);
        usesKeyspace = isRead || Pause.mayWrite(this);
        singleKey = singleKey(places);
        quickArguments = quickArguments(spec);
        readsOnly = singleKey > 0 && places.get(0).isReadOnly();
        for (CommandHandler subcommand : handler.subcommands()) {
            addSubcommand(new Command(subcommand, origin, numbers));
        }
    }

    private static boolean isIncomplete(KeySpec keys) {
        return keys.isUnknown() || keys.access().contains(KeySpec.Access.INCOMPLETE);
    }

    private static int singleKey(List<KeySpec> places) {
        if (places.size() != 1) {
            return 0;
        }
        KeySpec only = places.get(0);
        boolean single = only.keyword() == null && !only.isUnknown() && !only.isCounted() && only.last() == 0;
        return single ? only.start() : 0;
    }

    /** What bitmaps hold grows to where a bit is set, so setting one is not quick although it is called so. */
    private static int quickArguments(CommandSpec spec) {
        String cost = spec.complexity() == null || spec.group().equals("bitmap") ? "" : spec.complexity();
        if (cost.equals("O(1)") && !spec.is(CommandFlag.ADMIN)) {
            return Integer.MAX_VALUE;
        }
        if (spec.is(CommandFlag.FAST) && cost.startsWith("O(1) for each element")) {
            return 3; // a key and one element
        }
        return spec.is(CommandFlag.FAST) && cost.startsWith("O(N)") ? 2 : 0;
    }

    private void addSubcommand(Command subcommand) {
        String prefix = spec.name() + "|";
        if (!subcommand.spec.name().startsWith(prefix)) {
            throw new IllegalArgumentException(
                    "the subcommand '" + subcommand.spec.name() + "' is not named " + prefix + "...");
        }
        Command other = subcommands.put(subcommand.spec.name().substring(prefix.length()), subcommand);
        if (other != null) {
            throw new IllegalArgumentException("the subcommand '" + subcommand.spec.name() + "' is provided twice");
        }
        subcommand.parent = this;
    }

    /** The container that this is a subcommand of; null if it is none. */
    Command parent() {
        return parent;
    }

    boolean isContainer() {
        return !subcommands.isEmpty();
    }

    /** The subcommand of that name in lower case, or null. */
    Command subcommand(String lowerCaseName) {
        return subcommands.get(lowerCaseName);
    }

    List<Command> subcommands() {
        return List.copyOf(subcommands.values());
    }

    /** This command, and its subcommands. */
    Stream<Command> withSubcommands() {
        return Stream.concat(Stream.of(this), subcommands.values().stream());
    }

    /**
     * Withdraws the command from whoever has it still. All locks are held. Nothing of its plugin is referred to any more.
     *
     * @param replacement takes its place; null if nothing does
     */
    void withdraw(Command replacement) {
        handler = new Withdrawn(spec);
        origin = new Origin(origin.name(), true, Runnable::run);
        latest = replacement == null ? this : replacement;
        subcommands.forEach((name, subcommand) ->
                subcommand.withdraw(replacement == null ? null : replacement.subcommands.get(name)));
    }

    /** Whether this is a command or one of its subcommands. */
    boolean isOf(Command command) {
        return this == command || command.subcommands.containsValue(this);
    }

    /** The command that is to run where this one was asked for. */
    Command latest() {
        return latest == this ? this : latest.latest();
    }

    /** Whether access control has channels to look at. */
    boolean hasChannels() {
        return !spec.channels().isEmpty();
    }

    /** Whether Redis reads the key first, although the command may change it. BITFIELD does if it is to change nothing. */
    boolean answersOldValue(Args args) {
        if (origin.isPlugin() || !ANSWER_OLD_VALUES.contains(spec.name())) {
            return false;
        }
        for (int i = 2; i < args.size() && spec.name().equals("bitfield"); i++) {
            if (args.is(i, "SET") || args.is(i, "INCRBY")) {
                return false;
            }
        }
        return true;
    }

    /** Whether keys can be found only by looking at other arguments. */
    boolean hasMovableKeys() {
        return spec.keys().stream()
                .anyMatch(keySpec -> keySpec.keyword() != null || keySpec.isUnknown() || keySpec.isCounted());
    }
}
