package io.miniredis.engine;

import io.miniredis.api.Args;
import io.miniredis.api.CommandContext;
import io.miniredis.api.CommandException;
import io.miniredis.api.CommandHandler;
import io.miniredis.api.CommandSpec;
import io.miniredis.api.Reply;
import java.util.List;

/** A command that a test makes up where it needs it. */
final class TestCommand implements CommandHandler {

    /** What a command does. */
    interface Body {
        void execute(CommandContext context, Args args, Reply reply) throws CommandException;
    }

    private final CommandSpec spec;
    private final Body body;
    private final List<CommandHandler> subcommands;

    private TestCommand(CommandSpec spec, Body body, List<CommandHandler> subcommands) {
        this.spec = spec;
        this.body = body;
        this.subcommands = subcommands;
    }

    static TestCommand of(CommandSpec spec, Body body) {
        return new TestCommand(spec, body, List.of());
    }

    static TestCommand of(CommandSpec.Builder spec, Body body) {
        return of(spec.build(), body);
    }

    /** A command that does nothing but answer OK. */
    static TestCommand named(String name) {
        return of(CommandSpec.named(name), (context, args, reply) -> reply.ok());
    }

    TestCommand with(CommandHandler... more) {
        return new TestCommand(spec, body, List.of(more));
    }

    @Override
    public CommandSpec spec() {
        return spec;
    }

    @Override
    public void execute(CommandContext context, Args args, Reply reply) throws CommandException {
        body.execute(context, args, reply);
    }

    @Override
    public List<CommandHandler> subcommands() {
        return subcommands;
    }
}
