package io.miniredis.engine;

import io.miniredis.api.ArgSpec;
import io.miniredis.api.Args;
import io.miniredis.api.CommandCategory;
import io.miniredis.api.CommandContext;
import io.miniredis.api.CommandException;
import io.miniredis.api.CommandHandler;
import io.miniredis.api.CommandSpec;
import io.miniredis.api.Errors;
import io.miniredis.api.Reply;
import io.miniredis.api.Slice;

/**
 * {@code PING [message]}: answers PONG, or the message. Reply: simple string, or bulk string. Cost: O(1). Source:
 * Redis 7.0.
 */
public final class Ping implements CommandHandler {
    private static final CommandSpec SPEC = CommandSpec.named("ping")
            .arity(-1)
            .fast()
            .categories(CommandCategory.CONNECTION)
            .args(ArgSpec.of("message", ArgSpec.Type.STRING).optional())
            .tips("request_policy:all_shards", "response_policy:all_succeeded")
            .summary("Ping the server")
            .since("1.0.0")
            .group("connection")
            .complexity("O(1)")
            .build();

    private static final Slice NOTHING = new Slice(new byte[0]);

    /** For the service loader. */
    public Ping() {}

    @Override
    public CommandSpec spec() {
        return SPEC;
    }

    @Override
    public void execute(CommandContext context, Args args, Reply reply) throws CommandException {
        if (args.size() > 2) {
            throw Errors.wrongArity("ping");
        }
        if (Worker.of(context).session().isResp2Subscriber()) {
            // A client of RESP2 that has subscribed takes everything for a message.
            reply.array(2);
            reply.bulk("pong");
            reply.bulk(args.size() == 1 ? NOTHING : args.slice(1));
        } else if (args.size() == 1) {
            reply.simple("PONG");
        } else {
            reply.bulk(args.slice(1));
        }
    }
}
