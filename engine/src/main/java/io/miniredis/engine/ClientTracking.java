package io.miniredis.engine;

import io.miniredis.api.ArgSpec;
import io.miniredis.api.Args;
import io.miniredis.api.CommandCategory;
import io.miniredis.api.CommandContext;
import io.miniredis.api.CommandException;
import io.miniredis.api.CommandFlag;
import io.miniredis.api.CommandHandler;
import io.miniredis.api.CommandSpec;
import io.miniredis.api.Errors;
import io.miniredis.api.Reply;
import io.miniredis.api.Slice;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * {@code CLIENT TRACKING ON | OFF [REDIRECT id] [PREFIX prefix ...] [BCAST] [OPTIN] [OPTOUT] [NOLOOP]}: has the client told when keys change
 * that it has read, or all keys with a prefix, so that it may keep copies of them. Reply: OK. Cost: O(1); O(shards + copies) for OFF.
 * Source: Redis 7.0.
 */
final class ClientTracking implements CommandHandler {
    private static final CommandSpec SPEC = CommandSpec.named("client|tracking")
            .arity(-3)
            .flags(CommandFlag.NOSCRIPT, CommandFlag.LOADING, CommandFlag.STALE)
            .categories(CommandCategory.CONNECTION)
            .args(ArgSpec.oneOf("status", ArgSpec.token("on", "ON"), ArgSpec.token("off", "OFF")))
            .args(ArgSpec.of("client-id", ArgSpec.Type.INTEGER)
                    .withToken("REDIRECT")
                    .optional())
            .args(ArgSpec.of("prefix", ArgSpec.Type.STRING)
                    .withToken("PREFIX")
                    .optional()
                    .multipleToken())
            .args(ArgSpec.token("bcast", "BCAST").optional())
            .args(ArgSpec.token("optin", "OPTIN").optional())
            .args(ArgSpec.token("optout", "OPTOUT").optional())
            .args(ArgSpec.token("noloop", "NOLOOP").optional())
            .summary("Enable or disable server assisted client side caching support")
            .since("6.0.0")
            .group("connection")
            .complexity("O(1). Some options may introduce additional complexity.")
            .build();

    @Override
    public CommandSpec spec() {
        return SPEC;
    }

    @Override
    public void execute(CommandContext context, Args args, Reply reply) throws CommandException {
        Worker worker = Worker.of(context);
        ClientSession client = worker.session();
        Options options = new Options(args, worker);
        if (args.is(2, "ON")) {
            options.check(client.tracking());
            begin(client, options, worker);
        } else if (args.is(2, "OFF")) {
            client.track(null, worker);
        } else {
            throw Errors.syntax();
        }
        reply.ok();
    }

    private static void begin(ClientSession client, Options options, Worker worker) {
        if (options.redirection != null) {
            options.redirection.listen();
        }
        client.track(options.mode(), worker);
        if (options.broadcast) {
            List<String> prefixes = options.prefixes.isEmpty() ? List.of("") : options.prefixes;
            prefixes.forEach(prefix -> worker.engine.tracking().add(client.tracking(), prefix, worker));
        }
    }

    /** What the arguments say. */
    private static final class Options {
        private ClientSession redirection;
        private boolean broadcast;
        private boolean optIn;
        private boolean optOut;
        private boolean noLoop;

        /** As Latin-1. */
        private final List<String> prefixes = new ArrayList<>();

        Options(Args args, Worker worker) throws CommandException {
            for (int i = 3; i < args.size(); i++) {
                boolean more = i + 1 < args.size();
                if (args.is(i, "REDIRECT") && more) {
                    redirectTo(idAt(args, i + 1), worker);
                    i++;
                } else if (args.is(i, "PREFIX") && more) {
                    prefixes.add(args.slice(i + 1).toString());
                    i++;
                } else if (!isSet(args, i)) {
                    throw Errors.syntax();
                }
            }
        }

        private long idAt(Args args, int index) throws CommandException {
            if (redirection != null) {
                throw new CommandException("ERR A client can only redirect to a single other client");
            }
            return args.integer(index);
        }

        private void redirectTo(long id, Worker worker) throws CommandException {
            redirection = worker.engine.client(id);
            if (redirection == null) {
                throw new CommandException("ERR The client ID you want redirect to does not exist");
            }
        }

        private boolean isSet(Args args, int index) {
            boolean isBroadcast = args.is(index, "BCAST");
            boolean isOptIn = args.is(index, "OPTIN");
            boolean isOptOut = args.is(index, "OPTOUT");
            boolean isNoLoop = args.is(index, "NOLOOP");
            broadcast |= isBroadcast;
            optIn |= isOptIn;
            optOut |= isOptOut;
            noLoop |= isNoLoop;
            return isBroadcast || isOptIn || isOptOut || isNoLoop;
        }

        TrackingMode mode() {
            return new TrackingMode(broadcast, optIn, optOut, noLoop, redirection == null ? 0 : redirection.id());
        }

        /** @param before null if nothing is tracked */
        void check(TrackingClient before) throws CommandException {
            if (!broadcast && !prefixes.isEmpty()) {
                throw new CommandException("ERR PREFIX option requires BCAST mode to be enabled");
            }
            if (before != null && before.mode().broadcast() != broadcast) {
                throw new CommandException("ERR You can't switch BCAST mode on/off before disabling tracking for this"
                        + " client, and then re-enabling it with a different mode.");
            }
            if (broadcast && (optIn || optOut)) {
                throw new CommandException("ERR OPTIN and OPTOUT are not compatible with BCAST");
            }
            if (optIn && optOut) {
                throw new CommandException("ERR You can't specify both OPTIN mode and OPTOUT mode");
            }
            if (before != null
                    && ((optIn && before.mode().optOut())
                            || (optOut && before.mode().optIn()))) {
                throw new CommandException("ERR You can't switch OPTIN/OPTOUT mode before disabling tracking for this"
                        + " client, and then re-enabling it with a different mode.");
            }
            checkPrefixes(before == null ? Set.of() : before.prefixes());
        }

        private void checkPrefixes(Set<String> known) throws CommandException {
            for (int i = 0; i < prefixes.size(); i++) {
                String prefix = prefixes.get(i);
                for (String existing : known) {
                    refuseOverlap(prefix, existing, "an existing prefix");
                }
                for (String other : prefixes.subList(i + 1, prefixes.size())) {
                    refuseOverlap(prefix, other, "another provided prefix");
                }
            }
        }

        private static void refuseOverlap(String prefix, String other, String what) throws CommandException {
            if (prefix.startsWith(other) || other.startsWith(prefix)) {
                throw new CommandException("ERR Prefix '" + quotable(prefix) + "' overlaps with " + what + " '"
                        + quotable(other) + "'. Prefixes for a single client must not overlap.");
            }
        }

        private static String quotable(String latin1) {
            return new Slice(latin1.getBytes(StandardCharsets.ISO_8859_1)).quotable();
        }
    }
}
