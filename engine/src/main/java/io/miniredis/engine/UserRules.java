package io.miniredis.engine;

import io.miniredis.api.Slice;
import java.util.ArrayList;
import java.util.List;

/**
 * What a user may do, and how a client proves to be that user. A command is allowed if one of the selectors allows all of it; the
 * first is the user's own, the others are those in parentheses. Immutable.
 */
final class UserRules {
    private final boolean enabled;
    private final boolean anyPassword;
    private final String sanitizing;
    private final List<String> passwords;
    private final List<Selector> selectors;

    /**
     * Makes rules.
     *
     * @param enabled whether a client can authenticate
     * @param anyPassword whether any password will do
     * @param sanitizing what was said about payloads of RESTORE, {@code sanitize-payload} or {@code skip-sanitize-payload}; empty if
     *     nothing
     * @param passwords SHA-256 in hexadecimal digits
     * @param selectors at least one
     */
    UserRules(
            boolean enabled, boolean anyPassword, String sanitizing, List<String> passwords, List<Selector> selectors) {
        this.enabled = enabled;
        this.anyPassword = anyPassword;
        this.sanitizing = sanitizing;
        this.passwords = List.copyOf(passwords);
        this.selectors = List.copyOf(selectors);
    }

    /** The rules of a new user, which may do nothing. */
    static UserRules none(boolean allChannels) {
        return new UserRules(false, false, "", List.of(), List.of(Selector.none(allChannels)));
    }

    /** The rules of a user that may do everything, without a password. */
    static UserRules all() {
        return new UserRules(true, true, "", List.of(), List.of(Selector.all()));
    }

    boolean enabled() {
        return enabled;
    }

    boolean anyPassword() {
        return anyPassword;
    }

    String sanitizing() {
        return sanitizing;
    }

    List<String> passwords() {
        return passwords;
    }

    List<Selector> selectors() {
        return selectors;
    }

    /** The user's own selector. */
    Selector root() {
        return selectors.get(0);
    }

    /** Whether no command needs to be looked at. */
    boolean allowsEverything() {
        for (Selector selector : selectors) {
            if (selector.allowsEverything()) {
                return true;
            }
        }
        return false;
    }

    /** Whether a channel or pattern may be subscribed to, as far as channels matter. */
    boolean allowsSubscribing(PubSub.Kind kind, Slice name) {
        for (Selector selector : selectors) {
            boolean allowed =
                    kind == PubSub.Kind.PATTERN ? selector.allowsChannels(name) : selector.allowsChannel(name);
            if (allowed) {
                return true;
            }
        }
        return false;
    }

    /** The same, quick to decide about the commands of a table. */
    UserRules compiled(CommandTable commands) {
        List<Selector> compiled = new ArrayList<>();
        for (Selector selector : selectors) {
            compiled.add(selector.compiled(commands));
        }
        return new UserRules(enabled, anyPassword, sanitizing, passwords, compiled);
    }

    /** The words that ACL GETUSER calls flags. */
    List<String> flags() {
        List<String> flags = new ArrayList<>();
        flags.add(enabled ? "on" : "off");
        if (anyPassword) {
            flags.add("nopass");
        }
        if (!sanitizing.isEmpty()) {
            flags.add(sanitizing);
        }
        return flags;
    }

    /** The rules that make a new user one like this. */
    String describe() {
        StringBuilder text = new StringBuilder(String.join(" ", flags()));
        passwords.forEach(hash -> text.append(" #").append(hash));
        text.append(' ').append(root().describe());
        for (Selector selector : selectors.subList(1, selectors.size())) {
            text.append(" (").append(selector.describe()).append(')');
        }
        return text.toString();
    }
}
