package io.miniredis.testkit;

import io.miniredis.api.CommandContext;
import io.miniredis.api.CommandException;
import io.miniredis.api.Continuation;
import io.miniredis.api.Key;
import io.miniredis.api.Keyspace;
import io.miniredis.api.ValueType;
import java.util.concurrent.Callable;

/** A command's surroundings as they are, with a keyspace that notes what is asked of it. */
final class ObservedContext implements CommandContext {
    private final CommandContext context;
    private final Observation observation;
    private final Keyspace keyspace;

    ObservedContext(CommandContext context, Observation observation) {
        this.context = context;
        this.observation = observation;
        keyspace = new ObservedKeyspace(context.keyspace(), observation);
        observation.isComplete = true;
    }

    @Override
    public Keyspace keyspace() {
        return keyspace;
    }

    @Override
    public long nowMillis() {
        return context.nowMillis();
    }

    @Override
    public byte[] scratch(int capacity) {
        return context.scratch(capacity);
    }

    @Override
    public int maxValueBytes() {
        return context.maxValueBytes();
    }

    @Override
    public void needs(long bytes) throws CommandException {
        context.needs(bytes);
    }

    @Override
    public boolean block(long timeoutMillis, ValueType<?> type, Key... keys) {
        return context.block(timeoutMillis, type, keys);
    }

    @Override
    public Key readyKey() {
        return context.readyKey();
    }

    @Override
    public <T> void offload(Callable<T> work, Continuation<T> then) throws CommandException {
        context.offload(
                () -> {
                    try {
                        return work.call();
                    } catch (Throwable e) {
                        observation.note(e);
                        throw e;
                    }
                },
                (later, args, reply, result) -> {
                    try {
                        then.execute(new ObservedContext(later, observation), args, reply, result);
                    } catch (Throwable e) {
                        observation.note(e);
                        throw e;
                    }
                });
    }

    /** What the called command does with keys is not seen. */
    @Override
    public Object call(String command, Object... args) throws CommandException {
        observation.isComplete = false;
        return context.call(command, args);
    }

    @Override
    public long clientId() {
        return context.clientId();
    }

    @Override
    public int database() {
        return context.database();
    }
}
