package io.miniredis.engine;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.miniredis.api.Args;
import io.miniredis.api.CommandException;
import io.miniredis.api.CommandFlag;
import io.miniredis.api.Slice;
import io.miniredis.engine.AccessCheck.Denial;

/**
 * A worker's part in access control: refuses what a client's user may not do, and notes it in the log. Called only for clients that
 * may not do everything. Confined to the worker's thread.
 */
final class AccessControl {
    private static final String WRONG_PASSWORD = "WRONGPASS invalid username-password pair or user is disabled.";

    private final Worker worker;
    private final Users users;
    private final AclLog log;
    private final AccessCheck check = new AccessCheck();

    AccessControl(Worker worker) {
        this.worker = worker;
        users = worker.engine.users();
        log = worker.engine.aclLog();
    }

    /** Refuses a command that a client sends, unless it may. */
    void authorize(UserRules rules, Command command, Args args, boolean isQueued) throws CommandException {
        if (rules == Users.NOT_AUTHENTICATED) {
            if (!command.spec.is(CommandFlag.NO_AUTH)) {
                throw new CommandException("NOAUTH Authentication required.");
            }
            return;
        }
        Denial denial = check.check(rules, command, args);
        if (denial != null) {
            note(denial, isQueued ? "multi" : "toplevel", command, args);
            throw refusal(denial, command);
        }
    }

    private static CommandException refusal(Denial denial, Command command) {
        return new CommandException(
                switch (denial) {
                    case COMMAND ->
                        "NOPERM this user has no permissions to run the '" + command.spec.name() + "' command";
                    case KEY -> "NOPERM this user has no permissions to access one of the keys used as arguments";
                    case CHANNEL ->
                        "NOPERM this user has no permissions to access one of the channels used as arguments";
                });
    }

    /** Refuses a queued command that its client may not run any more. */
    void authorizeQueued(UserRules rules, Command command, Args args) throws CommandException {
        Denial denial = check.check(rules, command, args);
        if (denial != null) {
            note(denial, "multi", command, args);
            throw new CommandException(
                    "NOPERM ACLs rules changed between the moment the transaction was accumulated and the EXEC"
                            + " call. This command is no longer allowed for the following reason: " + denial.reason);
        }
    }

    /** Refuses a command that another one calls, unless the client may run it itself. */
    void authorizeCalled(UserRules rules, Command command, Args args) throws CommandException {
        Denial denial = check.check(rules, command, args);
        if (denial != null) {
            note(denial, "module", command, args);
            throw refusal(denial, command);
        }
    }

    private void note(Denial denial, String context, Command command, Args args) {
        String object = denial == Denial.COMMAND
                ? command.spec.name()
                : args.slice(check.refusedArgument()).toString();
        note(denial.label, context, object, worker.session().user().name());
    }

    private void note(String reason, String context, String object, String user) {
        String client = worker.session().describe(worker.command(), worker.nowMillis());
        log.add(new AclLog.Entry(1, reason, context, object, user, worker.nowMillis(), client.stripTrailing()));
    }

    /** Whether the running command of the client may read whatever key it comes across. */
    boolean mayReadAllKeys(UserRules rules, Args args) {
        return rules == null || check.readsAllKeys(rules, worker.command(), args);
    }

    /**
     * What ACL DRYRUN answers about a user who would send a command.
     *
     * @return null if that would be allowed
     */
    String explain(UserRules rules, Command command, Args args) {
        Denial denial = check.check(rules, command, args);
        if (denial == null) {
            return null;
        }
        String argument = args.slice(check.refusedArgument()).quotable();
        return switch (denial) {
            case COMMAND -> "This user has no permissions to run the '" + command.spec.name() + "' command";
            case KEY -> "This user has no permissions to access the '" + argument + "' key";
            case CHANNEL -> "This user has no permissions to access the '" + argument + "' channel";
        };
    }

    /** The user that a client says it is. */
    AclUser authenticate(Slice name, Slice password) throws CommandException {
        AclUser user = users.authenticate(name.toString(), password.copy());
        if (user == null) {
            boolean isInTransaction = worker.session().transaction() != null || worker.transactions.isRunning();
            String command = new String(worker.args().slice(0).copy(), ISO_8859_1);
            note("auth", isInTransaction ? "multi" : "toplevel", command, name.toString());
            throw new CommandException(WRONG_PASSWORD);
        }
        return user;
    }
}
