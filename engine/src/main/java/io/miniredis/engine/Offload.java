package io.miniredis.engine;

import io.miniredis.api.Args;
import io.miniredis.api.CommandContext;
import io.miniredis.api.Continuation;
import io.miniredis.api.Reply;
import java.util.concurrent.Callable;

/** Work that a command has done off its I/O thread, and what follows. One thread works, another goes on when it has. */
final class Offload<T> {
    private final Callable<T> work;
    private final Continuation<T> then;
    private T result;
    private Throwable failure;

    Offload(Callable<T> work, Continuation<T> then) {
        this.work = work;
        this.then = then;
    }

    /** Does the work, and keeps how it ended. */
    void work() {
        try {
            result = work.call();
        } catch (Throwable e) { // to be thrown where the command goes on
            failure = e;
        }
    }

    /** Goes on with the command. Throws what the work threw. */
    void goOn(CommandContext context, Args args, Reply reply) throws Throwable {
        if (failure != null) {
            throw failure;
        }
        then.execute(context, args, reply, result);
    }
}
