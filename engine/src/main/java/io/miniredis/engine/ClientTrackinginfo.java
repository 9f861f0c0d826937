package io.miniredis.engine;

import io.miniredis.api.Args;
import io.miniredis.api.CommandCategory;
import io.miniredis.api.CommandContext;
import io.miniredis.api.CommandFlag;
import io.miniredis.api.CommandHandler;
import io.miniredis.api.CommandSpec;
import io.miniredis.api.Reply;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * {@code CLIENT TRACKINGINFO}: how the copies are tracked that the client has of keys. Reply: map of {@code flags}, {@code redirect} and
 * {@code prefixes}. Source: Redis 7.0.
 */
final class ClientTrackinginfo implements CommandHandler {
    private static final CommandSpec SPEC = CommandSpec.named("client|trackinginfo")
            .arity(2)
            .flags(CommandFlag.NOSCRIPT, CommandFlag.LOADING, CommandFlag.STALE)
            .categories(CommandCategory.CONNECTION)
            .summary("Return information about server assisted client side caching for the current connection")
            .since("6.2.0")
            .group("connection")
            .complexity("O(1)")
            .build();

    @Override
    public CommandSpec spec() {
        return SPEC;
    }

    @Override
    public void execute(CommandContext context, Args args, Reply reply) {
        ClientSession client = Worker.of(context).session();
        TrackingClient tracking = client.tracking();
        List<String> flags = tracking == null ? List.of("off") : flags(tracking);
        reply.map(3);
        reply.bulk("flags");
        reply.set(flags.size());
        flags.forEach(reply::bulk);
        reply.bulk("redirect");
        reply.integer(client.redirection());
        reply.bulk("prefixes");
        Set<String> prefixes = tracking == null ? Set.of() : tracking.prefixes();
        reply.array(prefixes.size());
        prefixes.forEach(prefix -> reply.bulk(prefix.getBytes(StandardCharsets.ISO_8859_1)));
    }

    /** In the order in which Redis puts them. */
    private static List<String> flags(TrackingClient tracking) {
        TrackingMode mode = tracking.mode();
        List<String> flags = new ArrayList<>(List.of("on"));
        addIf(mode.broadcast(), "bcast", flags);
        addIf(mode.optIn(), "optin", flags);
        addIf(mode.optIn() && tracking.isCaching(), "caching-yes", flags);
        addIf(mode.optOut(), "optout", flags);
        addIf(mode.optOut() && tracking.isCaching(), "caching-no", flags);
        addIf(mode.noLoop(), "noloop", flags);
        addIf(tracking.isRedirectionBroken(), "broken_redirect", flags);
        return flags;
    }

    private static void addIf(boolean is, String flag, List<String> flags) {
        if (is) {
            flags.add(flag);
        }
    }
}
