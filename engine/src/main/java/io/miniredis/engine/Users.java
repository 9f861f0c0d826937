package io.miniredis.engine;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.miniredis.api.Slice;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * The users of the server. One, {@code default}, is always there: it is who a client is that has not authenticated, if that user needs
 * no password. Names and rules are bytes, a char for each. Reading takes no lock; changes are made by one thread at a time, each user
 * changes at one moment. No other lock is taken meanwhile, so it may be done under any.
 */
final class Users {
    static final String DEFAULT = "default";

    /** What a client may do that has to authenticate first: nothing that needs to be allowed. Its identity is what counts. */
    static final UserRules NOT_AUTHENTICATED = UserRules.none(false);

    private final Map<String, AclUser> byName = new ConcurrentSkipListMap<>();
    private final AclUser defaultUser = new AclUser(DEFAULT, UserRules.all());
    private final Settings settings;

    /** Those that rules may name. */
    private CommandTable commands = CommandTable.of(List.of());

    Users(Settings settings) {
        this.settings = settings;
        byName.put(DEFAULT, defaultUser);
    }

    AclUser defaultUser() {
        return defaultUser;
    }

    /** The user of that name; null if there is none. */
    AclUser find(String name) {
        return byName.get(name);
    }

    /** In the order of their names. */
    Collection<AclUser> all() {
        return byName.values();
    }

    /** Whether a client has to say who it is before it can do anything. */
    boolean requireAuthentication() {
        UserRules rules = defaultUser.rules();
        return !rules.anyPassword() || !rules.enabled();
    }

    /** What a client may do; null if everything. */
    UserRules restrictions(ClientSession client) {
        if (!client.hasAuthenticated() && requireAuthentication()) {
            return NOT_AUTHENTICATED;
        }
        UserRules rules = client.user().rules();
        return rules.allowsEverything() ? null : rules;
    }

    /** The user who has that password; null if there is none, or it may not be used. */
    AclUser authenticate(String name, byte[] password) {
        AclUser user = byName.get(name);
        UserRules rules = user == null ? NOT_AUTHENTICATED : user.rules();
        boolean matches = Passwords.isOneOf(password, rules.passwords());
        return rules.enabled() && (matches || rules.anyPassword()) ? user : null;
    }

    /**
     * Changes a user, or makes a new one.
     *
     * @param words rules; a selector may be several
     * @throws BadRule if one cannot be followed; nothing has changed
     */
    synchronized AclUser change(String name, List<String> words) throws BadRule {
        AclUser user = byName.get(name);
        UserRules before = user == null ? newUser() : user.rules();
        UserRules after = follow(before, UserRulesBuilder.joinSelectors(words));
        if (user == null) {
            user = new AclUser(name, after);
            byName.put(name, user);
        }
        user.rules(after);
        return user;
    }

    /**
     * Refuses what cannot be a user's name.
     *
     * @throws BadRule if there are blanks in it
     */
    void checkName(String name) throws BadRule {
        if (SelectorBuilder.hasBlanks(name)) {
            throw new BadRule("Usernames can't contain spaces or null characters");
        }
    }

    private UserRules newUser() {
        return UserRules.none(allChannelsByDefault());
    }

    private boolean allChannelsByDefault() {
        return settings.get("acl-pubsub-default").equals("allchannels");
    }

    private UserRules follow(UserRules before, List<String> rules) throws BadRule {
        UserRulesBuilder builder = new UserRulesBuilder(before, commands, allChannelsByDefault());
        for (String rule : rules) {
            try {
                builder.apply(rule);
            } catch (BadRule e) {
                throw new BadRule("Error in ACL SETUSER modifier '" + quotable(rule) + "': " + e.getMessage());
            }
        }
        return builder.build();
    }

    /**
     * Makes the users those of a file.
     *
     * @return those that are gone, or have become others of the same name; never {@code default}
     * @throws BadRule with all that is wrong with the file; nothing has changed
     */
    synchronized List<AclUser> replace(AclFile file) throws BadRule {
        Map<String, UserRules> read =
                new AclFileParser(file.name(), commands, allChannelsByDefault()).parse(file.read());
        UserRules forDefault = read.remove(DEFAULT);
        defaultUser.rules((forDefault == null ? UserRules.all() : forDefault).compiled(commands));
        List<AclUser> gone = new ArrayList<>(byName.values());
        gone.remove(defaultUser);
        byName.keySet().retainAll(List.of(DEFAULT));
        read.forEach((name, rules) -> byName.put(name, new AclUser(name, rules)));
        return gone;
    }

    /** Forgets a user. Returns null if there was none. */
    synchronized AclUser remove(String name) {
        return byName.remove(name);
    }

    /** Gives the default user a password and no other; an empty one means that any will do. */
    synchronized void defaultPassword(String password) {
        UserRulesBuilder builder = new UserRulesBuilder(defaultUser.rules(), commands, false);
        try {
            builder.apply("resetpass");
            builder.apply(password.isEmpty() ? "nopass" : ">" + bytes(password));
        } catch (BadRule e) {
            throw new IllegalStateException("these rules are always good", e);
        }
        defaultUser.rules(builder.build());
    }

    /** Notes which commands there are. What rules say of commands that are not there counts when they come. */
    synchronized void commandsAre(CommandTable newCommands) {
        commands = newCommands;
        for (AclUser user : byName.values()) {
            user.rules(user.rules().compiled(newCommands));
        }
    }

    /** A text's bytes in UTF-8, a char for each. */
    static String bytes(String text) {
        return new String(text.getBytes(java.nio.charset.StandardCharsets.UTF_8), ISO_8859_1);
    }

    /** Bytes, a char for each, to be quoted in an error. */
    static String quotable(String bytes) {
        return new Slice(bytes.getBytes(ISO_8859_1)).quotable();
    }

    /** Each user as ACL LIST shows it, but for the default user if it is as a password alone, perhaps an empty one, makes it. */
    List<String> describe(String password) {
        String rule = password.isEmpty()
                ? "nopass"
                : "#" + Passwords.hash(bytes(password).getBytes(ISO_8859_1));
        List<String> lines = describe();
        lines.remove("user default on " + rule + " ~* &* +@all");
        return lines;
    }

    /** Each user as ACL LIST shows it. */
    List<String> describe() {
        List<String> lines = new ArrayList<>();
        byName.values().forEach(user -> lines.add(user.describe()));
        return lines;
    }
}
