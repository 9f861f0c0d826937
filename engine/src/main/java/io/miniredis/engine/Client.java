package io.miniredis.engine;

import io.miniredis.api.Args;
import io.miniredis.api.CommandCategory;
import io.miniredis.api.CommandContext;
import io.miniredis.api.CommandException;
import io.miniredis.api.CommandHandler;
import io.miniredis.api.CommandSpec;
import io.miniredis.api.Errors;
import io.miniredis.api.Reply;
import java.util.List;

/**
 * {@code CLIENT}: looks at connections and rules them. Only its subcommands do anything. Source: Redis 7.0.
 */
public final class Client implements CommandHandler {
    private static final CommandSpec SPEC = CommandSpec.named("client")
            .arity(-2)
            .summary("A container for client connection commands")
            .since("2.4.0")
            .group("connection")
            .complexity("Depends on subcommand.")
            .build();

    private static final Help HELP = new Help(
            Help.spec("client")
                    .categories(CommandCategory.CONNECTION)
                    .since("5.0.0")
                    .group("connection")
                    .build(),
            "CACHING (YES|NO)",
            "    Enable/disable tracking of the keys for next command in OPTIN/OPTOUT modes.",
            "GETREDIR",
            "    Return the client ID we are redirecting to when tracking is enabled.",
            "GETNAME",
            "    Return the name of the current connection.",
            "ID",
            "    Return the ID of the current connection.",
            "INFO",
            "    Return information about the current client connection.",
            "KILL <ip:port>",
            "    Kill connection made from <ip:port>.",
            "KILL <option> <value> [<option> <value> [...]]",
            "    Kill connections. Options are:",
            "    * ADDR (<ip:port>|<unixsocket>:0)",
            "      Kill connections made from the specified address",
            "    * LADDR (<ip:port>|<unixsocket>:0)",
            "      Kill connections made to specified local address",
            "    * TYPE (NORMAL|MASTER|REPLICA|PUBSUB)",
            "      Kill connections by type.",
            "    * USER <username>",
            "      Kill connections authenticated by <username>.",
            "    * SKIPME (YES|NO)",
            "      Skip killing current connection (default: yes).",
            "LIST [options ...]",
            "    Return information about client connections. Options:",
            "    * TYPE (NORMAL|MASTER|REPLICA|PUBSUB)",
            "      Return clients of specified type.",
            "UNPAUSE",
            "    Stop the current client pause, resuming traffic.",
            "PAUSE <timeout> [WRITE|ALL]",
            "    Suspend all, or just write, clients for <timeout> milliseconds.",
            "REPLY (ON|OFF|SKIP)",
            "    Control the replies sent to the current connection.",
            "SETNAME <name>",
            "    Assign the name <name> to the current connection.",
            "UNBLOCK <clientid> [TIMEOUT|ERROR]",
            "    Unblock the specified blocked client.",
            "TRACKING (ON|OFF) [REDIRECT <id>] [BCAST] [PREFIX <prefix> [...]]",
            "         [OPTIN] [OPTOUT] [NOLOOP]",
            "    Control server assisted client side caching.",
            "TRACKINGINFO",
            "    Report tracking status for the current connection.",
            "NO-EVICT (ON|OFF)",
            "    Protect current client connection from eviction.",
            "NO-TOUCH (ON|OFF)",
            "    Have the current connection's commands leave no trace of use on keys.",
            "SETINFO (LIB-NAME|LIB-VER) <value>",
            "    Note which library the current connection uses.");

    /** For the service loader. */
    public Client() {}

    @Override
    public CommandSpec spec() {
        return SPEC;
    }

    @Override
    public List<CommandHandler> subcommands() {
        return List.of(
                new ClientSetinfo(),
                new ClientSetname(),
                new ClientGetname(),
                new ClientId(),
                new ClientInfo(),
                new ClientList(),
                new ClientReply(),
                new ClientTracking(),
                new ClientTrackinginfo(),
                new ClientCaching(),
                new ClientGetredir(),
                new ClientUnblock(),
                new ClientKill(),
                new ClientPause(),
                new ClientUnpause(),
                new ClientNoEvict(),
                new ClientNoTouch(),
                HELP);
    }

    @Override
    public void execute(CommandContext context, Args args, Reply reply) throws CommandException {
        throw Errors.wrongArity("client");
    }
}
