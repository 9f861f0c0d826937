package io.miniredis.engine;

import io.miniredis.api.Args;
import io.miniredis.api.ChannelSpec;
import io.miniredis.api.KeySpec;
import io.miniredis.api.KeySpec.Access;
import java.util.Set;

/**
 * Decides whether a user's rules allow a command with its arguments, by nothing but its {@link io.miniredis.api.CommandSpec}. Says
 * which argument is not allowed. Used again for the next command, so that a check allocates nothing; confined to one thread.
 */
final class AccessCheck implements KeyFinder.Found {

    /** What is not allowed. The later ones tell more, so of several selectors that refuse they are told. */
    enum Denial {
        /** The command itself. */
        COMMAND("command", "no permission to execute the command or subcommand"),
        /** One of its keys. */
        KEY("key", "no permission to touch the specified keys"),
        /** One of its channels. */
        CHANNEL("channel", "no permission to access one of the channels used as arguments to the command");

        /** What ACL LOG calls it. */
        final String label;

        /** What EXEC says of a command that was allowed when it was queued. */
        final String reason;

        Denial(String label, String reason) {
            this.label = label;
            this.reason = reason;
        }
    }

    private static final int NOWHERE = -1;

    private Command command;
    private Args args;
    private Selector selector;
    private int refusedKey;
    private int refusedArgument;

    /** Returns null if the command is allowed. */
    Denial check(UserRules rules, Command asked, Args arguments) {
        command = asked;
        args = arguments;
        Denial worst = null;
        int worstArgument = 0;
        for (int i = 0; i < rules.selectors().size(); i++) {
            selector = rules.selectors().get(i);
            Denial denial = check();
            if (denial == null) {
                return null;
            }
            int order = worst == null ? 1 : denial.compareTo(worst);
            if (order > 0 || (order == 0 && refusedArgument > worstArgument)) {
                worst = denial;
                worstArgument = refusedArgument;
            }
        }
        refusedArgument = worstArgument;
        return worst;
    }

    /** Where the argument is that is not allowed; the command's name is the first. */
    int refusedArgument() {
        return refusedArgument;
    }

    /** Whether a selector allows the command that lets it read whatever key it comes across. */
    boolean readsAllKeys(UserRules rules, Command asked, Args arguments) {
        command = asked;
        args = arguments;
        for (Selector each : rules.selectors()) {
            selector = each;
            if (each.readsAllKeys() && check() == null) {
                return true;
            }
        }
        return false;
    }

    private Denial check() {
        refusedArgument = 0;
        if (!selector.allows(command, args)) {
            return Denial.COMMAND;
        }
        if (!selector.allKeys && !command.keys.findsNone() && refusesKey()) {
            return Denial.KEY;
        }
        if (!selector.allChannels && command.hasChannels() && refusesChannel()) {
            return Denial.CHANNEL;
        }
        return null;
    }

    /**
     * Of the server's own commands, as in Redis, keys are not looked at if their number is wrong: such a command complains of that. A
     * plugin's might not.
     */
    private boolean refusesKey() {
        if (!command.origin.isPlugin() && !command.keys.findsAll(args)) {
            return false;
        }
        refusedKey = NOWHERE;
        command.keys.find(args, this);
        if (refusedKey == NOWHERE) {
            return false;
        }
        refusedArgument = refusedKey;
        return true;
    }

    @Override
    public void key(int argument, KeySpec spec) {
        if (refusedKey != NOWHERE || spec.access().contains(Access.NOT_KEY)) {
            return;
        }
        Set<Access> access = VariableAccess.of(command.spec, spec, args);
        boolean writes =
                access.contains(Access.INSERT) || access.contains(Access.UPDATE) || access.contains(Access.DELETE);
        if (!selector.allowsKey(args.slice(argument), access.contains(Access.ACCESS), writes)) {
            refusedKey = argument;
        }
    }

    private boolean refusesChannel() {
        for (int i = 0; i < command.spec.channels().size(); i++) {
            ChannelSpec channels = command.spec.channels().get(i);
            int last = channels.last() < 0 ? args.size() + channels.last() : channels.last();
            for (int at = channels.first(); at <= last && at < args.size(); at += channels.step()) {
                boolean allowed = channels.arePatterns()
                        ? selector.allowsChannels(args.slice(at))
                        : selector.allowsChannel(args.slice(at));
                if (!allowed) {
                    refusedArgument = at;
                    return true;
                }
            }
        }
        return false;
    }
}
