package io.miniredis.engine;

import io.miniredis.api.ArgSpec;
import io.miniredis.api.Args;
import io.miniredis.api.CommandContext;
import io.miniredis.api.CommandException;
import io.miniredis.api.CommandFlag;
import io.miniredis.api.CommandHandler;
import io.miniredis.api.CommandSpec;
import io.miniredis.api.Errors;
import io.miniredis.api.Reply;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code SHUTDOWN [NOSAVE | SAVE] [NOW] [FORCE] [ABORT]}: stops the server. Reply: none, the connection closes. Errors: for SAVE without
 * FORCE, since nothing can be saved, and as in Redis whose saving fails the server works on; for ABORT, since a stop is never delayed.
 * Source: Redis 7.0.
 */
public final class Shutdown implements CommandHandler {
    private static final Logger LOG = LoggerFactory.getLogger(Shutdown.class);

    private static final CommandSpec SPEC = CommandSpec.named("shutdown")
            .arity(-1)
            .flags(
                    CommandFlag.ADMIN,
                    CommandFlag.NOSCRIPT,
                    CommandFlag.LOADING,
                    CommandFlag.STALE,
                    CommandFlag.NO_MULTI,
                    CommandFlag.ALLOW_BUSY)
            .args(ArgSpec.oneOf("nosave_save", ArgSpec.token("nosave", "NOSAVE"), ArgSpec.token("save", "SAVE"))
                    .optional())
            .args(ArgSpec.token("now", "NOW").since("7.0.0").optional())
            .args(ArgSpec.token("force", "FORCE").since("7.0.0").optional())
            .args(ArgSpec.token("abort", "ABORT").since("7.0.0").optional())
            .summary("Synchronously save the dataset to disk and then shut down the server")
            .since("1.0.0")
            .group("server")
            .complexity(
                    "O(N) when saving, where N is the total number of keys in all databases when saving data, otherwise O(1)")
            .history("7.0.0", "Added the `NOW`, `FORCE` and `ABORT` modifiers.")
            .build();

    /** For the service loader. */
    public Shutdown() {}

    @Override
    public CommandSpec spec() {
        return SPEC;
    }

    @Override
    public void execute(CommandContext context, Args args, Reply reply) throws CommandException {
        boolean abort = false;
        boolean other = false;
        boolean force = false;
        boolean save = false;
        boolean noSave = false;
        for (int i = 1; i < args.size(); i++) {
            if (args.is(i, "NOSAVE")) {
                noSave = true;
                other = true;
            } else if (args.is(i, "SAVE")) {
                save = true;
                other = true;
            } else if (args.is(i, "NOW")) {
                other = true;
            } else if (args.is(i, "FORCE")) {
                force = true;
                other = true;
            } else if (args.is(i, "ABORT")) {
                abort = true;
            } else {
                throw Errors.syntax();
            }
        }
        if ((abort && other) || (save && noSave)) {
            throw Errors.syntax();
        }
        if (abort) {
            throw new CommandException("ERR No shutdown in progress.");
        }
        if (save && !force) {
            LOG.warn(
                    "SHUTDOWN SAVE is refused: nothing is written to disk; SHUTDOWN, or SAVE with FORCE, stops the server");
            throw new CommandException("ERR Errors trying to SHUTDOWN. Check logs.");
        }
        Worker worker = Worker.of(context);
        worker.session().closeAfterReply();
        worker.leaveUnanswered();
        worker.engine.host().shutdown();
    }
}
