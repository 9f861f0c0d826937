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
import io.miniredis.engine.ClientSession.Replies;

/**
 * {@code CLIENT REPLY ON | OFF | SKIP}: has replies sent, all or none, or has that of the next command left out. Reply: OK to
 * ON, nothing to the others; within a transaction OK to all. Messages are sent whatever is wanted. Source: Redis 7.0.
 */
final class ClientReply implements CommandHandler {
    private static final CommandSpec SPEC = CommandSpec.named("client|reply")
            .arity(3)
            .flags(CommandFlag.NOSCRIPT, CommandFlag.LOADING, CommandFlag.STALE)
            .categories(CommandCategory.CONNECTION)
            .args(ArgSpec.oneOf(
                    "on_off_skip",
                    ArgSpec.token("on", "ON"),
                    ArgSpec.token("off", "OFF"),
                    ArgSpec.token("skip", "SKIP")))
            .summary("Instruct the server whether to reply to commands")
            .since("3.2.0")
            .group("connection")
            .complexity("O(1)")
            .build();

    @Override
    public CommandSpec spec() {
        return SPEC;
    }

    @Override
    public void execute(CommandContext context, Args args, Reply reply) throws CommandException {
        Worker worker = Worker.of(context);
        ClientSession client = worker.session();
        if (args.is(2, "ON")) {
            client.want(Replies.ON);
        } else if (args.is(2, "OFF")) {
            client.want(Replies.OFF);
        } else if (!args.is(2, "SKIP")) {
            throw Errors.syntax();
        } else if (client.wantedReplies() != Replies.OFF) {
            client.want(Replies.SKIP_NEXT);
        }
        // An array that EXEC has begun lacks nothing.
        if (client.wantedReplies() == Replies.ON || worker.transactions.isRunning()) {
            reply.ok();
        } else {
            worker.leaveUnanswered();
        }
    }
}
