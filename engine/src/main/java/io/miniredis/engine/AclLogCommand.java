package io.miniredis.engine;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.miniredis.api.ArgSpec;
import io.miniredis.api.Args;
import io.miniredis.api.CommandContext;
import io.miniredis.api.CommandException;
import io.miniredis.api.CommandHandler;
import io.miniredis.api.CommandSpec;
import io.miniredis.api.Reply;
import java.util.List;

/**
 * {@code ACL LOG [count | RESET]}: what clients were refused lately, the last first; 10 unless a count is given. Reply: array of maps,
 * or OK. Errors: a count that is not a number. Source: Redis 7.0.
 */
final class AclLogCommand implements CommandHandler {
    private static final CommandSpec SPEC = Acl.admin("acl|log")
            .arity(-2)
            .args(ArgSpec.oneOf("operation", ArgSpec.of("count", ArgSpec.Type.INTEGER), ArgSpec.token("reset", "RESET"))
                    .optional())
            .summary("List latest events denied because of ACLs in place")
            .complexity("O(N) with N being the number of entries shown.")
            .build();

    @Override
    public CommandSpec spec() {
        return SPEC;
    }

    @Override
    public void execute(CommandContext context, Args args, Reply reply) throws CommandException {
        if (args.size() > 3) {
            throw Acl.unknownOrArity(args);
        }
        AclLog log = Worker.of(context).engine.aclLog();
        if (args.size() == 3 && args.is(2, "RESET")) {
            log.clear();
            reply.ok();
            return;
        }
        List<AclLog.Entry> entries = log.last(args.size() == 3 ? args.integer(2) : DEFAULT_COUNT);
        reply.array(entries.size());
        entries.forEach(entry -> describe(entry, context.nowMillis(), reply));
    }

    private static final int DEFAULT_COUNT = 10;

    private static void describe(AclLog.Entry entry, long nowMillis, Reply reply) {
        reply.map(7);
        reply.bulk("count");
        reply.integer(entry.count());
        field("reason", entry.reason(), reply);
        field("context", entry.context(), reply);
        field("object", entry.object(), reply);
        field("username", entry.user(), reply);
        reply.bulk("age-seconds");
        reply.real((nowMillis - entry.millis()) / 1000.0);
        field("client-info", entry.client(), reply);
    }

    private static void field(String name, String bytes, Reply reply) {
        reply.bulk(name);
        reply.bulk(bytes.getBytes(ISO_8859_1));
    }
}
