package io.miniredis.engine;

import io.miniredis.api.Args;
import io.miniredis.api.CommandContext;
import io.miniredis.api.CommandException;
import io.miniredis.api.CommandHandler;
import io.miniredis.api.CommandSpec;
import io.miniredis.api.Errors;
import io.miniredis.api.Key;
import io.miniredis.api.KeySpec;
import io.miniredis.api.KeySpec.Access;
import io.miniredis.api.Keyspace;
import io.miniredis.api.Reply;
import io.miniredis.api.Slice;
import java.util.List;

/** The few commands on values that tests of the engine need, since its own have none. */
final class TestCommands {

    private TestCommands() {}

    static List<CommandHandler> all() {
        return List.of(
                TestCommand.of(
                        CommandSpec.named("set")
                                .arity(-3)
                                .write()
                                .denyOom()
                                .keys(KeySpec.at(1, Access.OW, Access.UPDATE)),
                        TestCommands::set),
                TestCommand.of(
                        CommandSpec.named("get").arity(2).readOnly().fast().keys(KeySpec.at(1, Access.RO)),
                        TestCommands::get),
                TestCommand.of(
                        CommandSpec.named("mset")
                                .arity(-3)
                                .write()
                                .denyOom()
                                .keys(KeySpec.range(1, -1, 2, Access.OW, Access.UPDATE)),
                        TestCommands::mset),
                TestCommand.of(
                        CommandSpec.named("push")
                                .arity(-3)
                                .write()
                                .denyOom()
                                .keys(KeySpec.at(1, Access.RW, Access.INSERT)),
                        TestCommands::push),
                TestCommand.of(
                        CommandSpec.named("pop").arity(2).write().keys(KeySpec.at(1, Access.RW, Access.DELETE)),
                        TestCommands::pop),
                TestCommand.of(
                        CommandSpec.named("size").arity(2).readOnly().keys(KeySpec.at(1, Access.RO)),
                        TestCommands::size),
                TestCommand.of(
                        CommandSpec.named("popmove")
                                .arity(3)
                                .write()
                                .denyOom()
                                .keys(KeySpec.range(1, 2, 1, Access.RW, Access.DELETE)),
                        TestCommands::popMove));
    }

    /** {@code SET key value [PX millis | KEEPTTL]}. */
    private static void set(CommandContext context, Args args, Reply reply) throws CommandException {
        long expiresAtMillis = Keyspace.NO_EXPIRY;
        if (args.size() == 4 && args.is(3, "KEEPTTL")) {
            expiresAtMillis = Keyspace.KEEP_EXPIRY;
        } else if (args.size() == 5 && args.is(3, "PX")) {
            expiresAtMillis = context.nowMillis() + args.integer(4);
        } else if (args.size() > 3) {
            throw Errors.syntax();
        }
        context.keyspace().put(args.key(1), TestString.TYPE, args.slice(2), expiresAtMillis);
        reply.ok();
    }

    private static void get(CommandContext context, Args args, Reply reply) throws CommandException {
        Slice value = context.keyspace().read(args.key(1), TestString.TYPE);
        if (value == null) {
            reply.nil();
        } else {
            reply.bulk(value);
        }
    }

    private static void mset(CommandContext context, Args args, Reply reply) throws CommandException {
        if (args.size() % 2 == 0) {
            throw Errors.wrongArity("mset");
        }
        for (int i = 1; i < args.size(); i += 2) {
            context.keyspace().put(args.key(i), TestString.TYPE, args.slice(i + 1), Keyspace.NO_EXPIRY);
        }
        reply.ok();
    }

    /** {@code PUSH key element [element ...]}. */
    private static void push(CommandContext context, Args args, Reply reply) throws CommandException {
        Bag bag = context.keyspace().writeOrCreate(args.key(1), Bag.TYPE);
        for (int i = 2; i < args.size(); i++) {
            bag.push(args.copy(i));
        }
        reply.integer(bag.size());
    }

    private static void pop(CommandContext context, Args args, Reply reply) throws CommandException {
        Bag bag = context.keyspace().write(args.key(1), Bag.TYPE);
        if (bag == null) {
            reply.nil();
        } else {
            reply.bulk(bag.pop());
        }
    }

    private static void size(CommandContext context, Args args, Reply reply) throws CommandException {
        Bag bag = context.keyspace().read(args.key(1), Bag.TYPE);
        reply.integer(bag == null ? 0 : bag.size());
    }

    /** {@code POPMOVE from to}: both may be the same. */
    private static void popMove(CommandContext context, Args args, Reply reply) throws CommandException {
        Key fromKey = args.key(1);
        Key toKey = args.key(2);
        Bag from = context.keyspace().write(fromKey, Bag.TYPE);
        if (from == null) {
            reply.nil();
            return;
        }
        Bag to = context.keyspace().writeOrCreate(toKey, Bag.TYPE);
        byte[] element = from.pop();
        to.push(element);
        reply.bulk(element);
    }
}
