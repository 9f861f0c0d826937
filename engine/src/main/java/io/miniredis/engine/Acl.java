package io.miniredis.engine;

import io.miniredis.api.Args;
import io.miniredis.api.CommandContext;
import io.miniredis.api.CommandException;
import io.miniredis.api.CommandFlag;
import io.miniredis.api.CommandHandler;
import io.miniredis.api.CommandSpec;
import io.miniredis.api.Errors;
import io.miniredis.api.Reply;
import java.util.List;

/** {@code ACL}: users and what they may do. Only its subcommands do anything. Source: Redis 7.0. */
public final class Acl implements CommandHandler {
    private static final CommandSpec SPEC = CommandSpec.named("acl")
            .arity(-2)
            .summary("A container for Access List Control commands ")
            .since("6.0.0")
            .group("server")
            .complexity("Depends on subcommand.")
            .build();

    private static final Help HELP = new Help(
            Help.spec("acl").since("6.0.0").group("server").build(),
            "CAT [<category>]",
            "    List all commands that belong to <category>, or all command categories",
            "    when no category is specified.",
            "DELUSER <username> [<username> ...]",
            "    Delete a list of users.",
            "DRYRUN <username> <command> [<arg> ...]",
            "    Returns whether the user can execute the given command without executing the command.",
            "GETUSER <username>",
            "    Get the user's details.",
            "GENPASS [<bits>]",
            "    Generate a secure 256-bit user password. The optional `bits` argument can",
            "    be used to specify a different size.",
            "LIST",
            "    Show users details in config file format.",
            "LOAD",
            "    Reload users from the ACL file.",
            "LOG [<count> | RESET]",
            "    Show the ACL log entries.",
            "SAVE",
            "    Save the current config to the ACL file.",
            "SETUSER <username> <attribute> [<attribute> ...]",
            "    Create or modify a user with the specified attributes.",
            "USERS",
            "    List all the registered usernames.",
            "WHOAMI",
            "    Return the current connection username.");

    /** For the service loader. */
    public Acl() {}

    @Override
    public CommandSpec spec() {
        return SPEC;
    }

    @Override
    public List<CommandHandler> subcommands() {
        return List.of(
                new AclWhoami(),
                new AclDeluser(),
                new AclSetuser(),
                HELP,
                new AclList(),
                new AclGetuser(),
                new AclUsers(),
                new AclGenpass(),
                new AclCat(),
                new AclDryrun(),
                new AclLogCommand(),
                new AclLoad(),
                new AclSave());
    }

    @Override
    public void execute(CommandContext context, Args args, Reply reply) throws CommandException {
        throw Errors.wrongArity("acl");
    }

    /** The spec of a subcommand for everybody. */
    static CommandSpec.Builder open(String name) {
        return CommandSpec.named(name)
                .flags(CommandFlag.NOSCRIPT, CommandFlag.LOADING, CommandFlag.STALE)
                .since("6.0.0")
                .group("server");
    }

    /** The spec of a subcommand for administrators. */
    static CommandSpec.Builder admin(String name) {
        return open(name).flags(CommandFlag.ADMIN);
    }

    /** Where the users are kept. */
    static AclFile file(Engine engine) throws CommandException {
        String name = engine.settings().get("aclfile");
        if (name.isEmpty()) {
            throw new CommandException(
                    "ERR This Redis instance is not configured to use an ACL file. You may want to specify"
                            + " users via the ACL SETUSER command and then issue a CONFIG REWRITE (assuming you have a Redis"
                            + " configuration file set) in order to store users in the Redis configuration.");
        }
        return new AclFile(name);
    }

    /** The error for a subcommand with too many arguments, whose arity allows any number. */
    static CommandException unknownOrArity(Args args) {
        return new CommandException("ERR unknown subcommand or wrong number of arguments for '"
                + Worker.printable(args.slice(1), 128) + "'. Try ACL HELP.");
    }
}
