package io.miniredis.engine;

/** A user of the server: a name and its present rules. Clients that have authenticated as this user hold it. Thread-safe. */
final class AclUser {
    private final String name;
    private volatile UserRules rules;

    AclUser(String name, UserRules rules) {
        this.name = name;
        this.rules = rules;
    }

    /** Its bytes, a char for each. */
    String name() {
        return name;
    }

    UserRules rules() {
        return rules;
    }

    void rules(UserRules newRules) {
        rules = newRules;
    }

    /** The user as ACL LIST shows it and as it stands in a file. */
    String describe() {
        return "user " + name + " " + rules.describe();
    }
}
