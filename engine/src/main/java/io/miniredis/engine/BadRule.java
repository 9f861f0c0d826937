package io.miniredis.engine;

/** A rule about a user that cannot be followed; the message is Redis's. */
final class BadRule extends Exception {
    private static final long serialVersionUID = 1;

    static final String SYNTAX = "Syntax error";
    static final String UNKNOWN = "Unknown command or category name in ACL";

    /** Whether it is about a command or category that there is not. */
    boolean namesNothing() {
        return UNKNOWN.equals(getMessage());
    }

    BadRule(String message) {
        super(message, null, false, false);
    }
}
