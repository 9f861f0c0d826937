package io.miniredis.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.miniredis.api.ArgSpec;
import io.miniredis.api.Args;
import io.miniredis.api.CommandContext;
import io.miniredis.api.CommandException;
import io.miniredis.api.CommandFlag;
import io.miniredis.api.CommandHandler;
import io.miniredis.api.CommandSpec;
import io.miniredis.api.KeySpec;
import io.miniredis.api.Keyspace;
import io.miniredis.api.Reply;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Commands that are not what they say they are, each in its own way; and some that are. */
final class CommandCheckTest {
    private static final Words.Type TYPE = new Words.Type();

    /** What a command of a test does. */
    private interface Body {
        void run(CommandContext context, Args args, Reply reply) throws CommandException;
    }

    private static CommandHandler command(CommandSpec.Builder spec, Body body) {
        CommandSpec built = spec.build();
        return new CommandHandler() {
            @Override
            public CommandSpec spec() {
                return built;
            }

            @Override
            public void execute(CommandContext context, Args args, Reply reply) throws CommandException {
                body.run(context, args, reply);
            }
        };
    }

    /** Of {@code demo key}. */
    private static CommandSpec.Builder reading() {
        return spec().arity(2).readOnly().keys(KeySpec.at(1, KeySpec.Access.RO, KeySpec.Access.ACCESS));
    }

    /** Of {@code demo key}. */
    private static CommandSpec.Builder writing() {
        return spec().arity(2).write().denyOom().keys(KeySpec.at(1, KeySpec.Access.RW, KeySpec.Access.INSERT));
    }

    private static CommandSpec.Builder spec() {
        return CommandSpec.named("demo").summary("Does something").args(ArgSpec.key("key", 0));
    }

    /** {@code add key word}, an honest command. */
    private static CommandHandler add() {
        return command(
                CommandSpec.named("add")
                        .arity(3)
                        .write()
                        .denyOom()
                        .keys(KeySpec.at(1, KeySpec.Access.RW, KeySpec.Access.INSERT))
                        .summary("Adds a word")
                        .args(ArgSpec.key("key", 0), ArgSpec.of("word", ArgSpec.Type.STRING)),
                (context, args, reply) -> {
                    Words words = context.keyspace().writeOrCreate(args.key(1), TYPE);
                    words.add(args.utf8(2));
                    reply.integer(words.size);
                });
    }

    private static CommandCheck check(CommandHandler handler) {
        return CommandCheck.of(handler).with(TYPE);
    }

    /** Of a command that is given a key with one word. */
    private static CommandCheck checkOnWord(CommandHandler handler) {
        return check(handler)
                .with(add())
                .given("ADD", "k", "a")
                .example("DEMO", "k")
                .keys("k");
    }

    private static void assertCaught(String message, CommandCheck check) {
        assertEquals(message, assertThrows(AssertionError.class, check::verify).getMessage());
    }

    private static Words wordsAt(CommandContext context, Args args) throws CommandException {
        return context.keyspace().read(args.key(1), TYPE);
    }

    @Test
    void anHonestCommandPasses() {
        check(add())
                .example("ADD", "k", "a")
                .keys("k")
                .answers("1")
                .given("ADD", "k", "a")
                .example("ADD", "k", "b")
                .keys("k")
                .answers("2")
                .verify();
    }

    @Test
    void examplesMayBeLinesOfATable() {
        check(add()).examples("""
                OTHER {k}
                ADD k a; ADD {k} '' = 2
                """).verify();
    }

    @Test
    void withoutAnExampleNothingIsChecked() {
        assertCaught("add: there is no example", check(add()).examples("OTHER {k}"));
    }

    @Test
    void whatIsAlwaysRefusedIsHardlyChecked() {
        CommandHandler never = command(reading(), (context, args, reply) -> {
            throw new CommandException("ERR no");
        });
        assertCaught(
                "demo: all examples are refused, so there was little to check",
                check(never).example("DEMO", "k"));
    }

    @Test
    void theReplyIsAsTheExampleSays() {
        assertCaught(
                "ADD k a: answers 1, not 2",
                check(add()).example("ADD", "k", "a").keys("k").answers("2"));
    }

    @Test
    void whatIsGivenMustWork() {
        assertCaught(
                "NONSENSE; ADD k a: cannot begin: NONSENSE answers -ERR unknown command 'NONSENSE', with args beginning"
                        + " with: ",
                check(add()).given("NONSENSE").example("ADD", "k", "a"));
    }

    @Test
    void aSummaryIsMissing() {
        CommandHandler silent = command(CommandSpec.named("demo").arity(1), (context, args, reply) -> reply.ok());
        assertCaught(
                "demo: has no summary, so COMMAND DOCS cannot say what it does",
                check(silent).example("DEMO"));
    }

    @Test
    void argumentsAreNotDocumented() {
        CommandHandler silent =
                command(CommandSpec.named("demo").arity(2).summary("Echoes"), (context, args, reply) -> reply.ok());
        assertCaught("demo: takes arguments, but documents none", check(silent).example("DEMO", "a"));
    }

    @Test
    void theArityIsTooNarrow() {
        assertCaught(
                "ADD k a b: has 4 arguments, its name included, which the arity 3 does not accept",
                check(add()).example("ADD", "k", "a", "b"));
    }

    @Test
    void theArityIsTooWide() {
        CommandHandler echo = command(spec().arity(-1), (context, args, reply) -> reply.bulk(args.slice(1)));
        assertCaught(
                "DEMO: fails with java.lang.IndexOutOfBoundsException: argument 1 of 1",
                check(echo).example("DEMO", "a"));
    }

    @Test
    void aKeyIsNotDeclared() {
        CommandHandler undeclared = command(
                spec().arity(2).readOnly(),
                (context, args, reply) -> reply.bool(context.keyspace().exists(args.key(1))));
        assertCaught(
                "DEMO k: fails with java.lang.IllegalArgumentException: the command's spec declares no key at argument 1",
                check(undeclared).example("DEMO", "k").keys("k"));
    }

    @Test
    void somethingElseIsDeclaredAsKey() {
        CommandHandler tooMany = command(
                spec().arity(3).readOnly().keys(KeySpec.range(1, -1, 1, KeySpec.Access.RO)),
                (context, args, reply) -> reply.bool(context.keyspace().exists(args.key(1))));
        assertCaught(
                "DEMO k 5: has the keys [k], but COMMAND GETKEYS finds [k, 5]",
                check(tooMany).example("DEMO", "k", "5").keys("k"));
    }

    @Test
    void aReaderWrites() {
        CommandHandler writer =
                command(spec().arity(2).readOnly().keys(KeySpec.at(1, KeySpec.Access.RW)), (context, args, reply) -> {
                    context.keyspace().writeOrCreate(args.key(1), TYPE).add("b");
                    reply.ok();
                });
        assertCaught(
                "DEMO k: is not declared as WRITE, but key 'k' was created",
                check(writer).example("DEMO", "k").keys("k"));
    }

    @Test
    void aReaderWritesWhatItMayOnlyRead() {
        CommandHandler writer = command(reading(), (context, args, reply) -> {
            context.keyspace().delete(args.key(1));
            reply.ok();
        });
        String message =
                assertThrows(AssertionError.class, checkOnWord(writer)::verify).getMessage();
        assertEquals("ADD k a; DEMO k: fails with ", message.substring(0, 28));
    }

    @Test
    void aReaderChangesWhatItReads() {
        CommandHandler writer = command(reading(), (context, args, reply) -> {
            Words words = wordsAt(context, args);
            if (words != null) {
                words.words[0] = new byte[] {'b'};
            }
            reply.ok();
        });
        assertCaught("ADD k a; DEMO k: is not declared as WRITE, but key 'k' got another value", checkOnWord(writer));
    }

    @Test
    void aReaderChangesAnExpiry() {
        CommandHandler writer =
                command(spec().arity(2).readOnly().keys(KeySpec.at(1, KeySpec.Access.RW)), (context, args, reply) -> {
                    context.keyspace().expireAt(args.key(1), 4_000_000_000_000L);
                    reply.ok();
                });
        assertCaught(
                "ADD k a; DEMO k: is not declared as WRITE, but key 'k' got another expiry, 4000000000000 instead of -1",
                checkOnWord(writer));
    }

    @Test
    void aWriterChangesWhatItOnlyReads() {
        CommandHandler secretive = command(writing(), (context, args, reply) -> {
            Words words = wordsAt(context, args);
            if (words != null) {
                words.add("b");
            }
            reply.ok();
        });
        assertCaught(
                "ADD k a; DEMO k: changes the value of [k] without having asked to, so that the server does not know",
                checkOnWord(secretive));
    }

    @Test
    void aWriterSaysThatItChangedNothing() {
        CommandHandler secretive = command(writing(), (context, args, reply) -> {
            Words words = context.keyspace().write(args.key(1), TYPE);
            words.remove();
            words.add("b");
            context.keyspace().unchanged(args.key(1));
            reply.ok();
        });
        assertCaught(
                "ADD k a; DEMO k: changes the value of [k] without having asked to, so that the server does not know",
                checkOnWord(secretive));
    }

    @Test
    void thereIsNoReply() {
        assertCaught(
                "DEMO k: does not write exactly one reply",
                check(command(reading(), (context, args, reply) -> {}))
                        .example("DEMO", "k")
                        .keys("k"));
    }

    @Test
    void thereAreTwoReplies() {
        CommandHandler twice = command(reading(), (context, args, reply) -> {
            reply.ok();
            reply.ok();
        });
        assertCaught(
                "DEMO k: does not write exactly one reply",
                check(twice).example("DEMO", "k").keys("k"));
    }

    @Test
    void anArrayIsNotComplete() {
        CommandHandler cut = command(reading(), (context, args, reply) -> {
            reply.array(2);
            reply.integer(1);
        });
        assertCaught(
                "DEMO k: does not write exactly one reply",
                check(cut).example("DEMO", "k").keys("k"));
    }

    @Test
    void allKindsOfRepliesSayTheSameInBothProtocols() {
        CommandHandler all = command(spec().arity(1), (context, args, reply) -> {
            reply.array(8);
            reply.nil();
            reply.nullArray();
            reply.bool(true);
            reply.real(1.5);
            reply.verbatim("txt", "text");
            reply.set(1);
            reply.integer(1);
            reply.map(1);
            reply.bulk("key");
            reply.bulk(new byte[] {-1});
            reply.bulkInteger(7);
        });
        check(all)
                .example("DEMO")
                .answers("[nil, nil-array, 1, '1.5', 'text', [1], ['key', '\u00ff'], '7']")
                .verify();
    }

    @Test
    void anAnswerDependsOnHowOftenItWasAsked() {
        int[] calls = {0};
        CommandHandler counting = command(reading(), (context, args, reply) -> reply.integer(++calls[0]));
        assertCaught(
                "DEMO k: answers 1, but 2 in RESP3",
                check(counting).example("DEMO", "k").keys("k"));
    }

    @Test
    void anAnswerMayDependOnChanceIfTheSpecSaysSo() {
        int[] calls = {0};
        CommandHandler counting =
                command(reading().tips("nondeterministic_output"), (context, args, reply) -> reply.integer(++calls[0]));
        check(counting).example("DEMO", "k").keys("k").verify();
    }

    @Test
    void theNameIsComparedAsItIs() {
        CommandHandler strict = command(
                reading(), (context, args, reply) -> reply.bool(args.utf8(0).equals("DEMO")));
        assertCaught(
                "DEMO k: answers 1, but 0 in another case",
                check(strict).example("DEMO", "k").keys("k"));
    }

    @Test
    void anotherTypeIsTakenForNothing() {
        CommandHandler blind = command(reading(), (context, args, reply) -> {
            try {
                reply.bool(wordsAt(context, args) != null);
            } catch (CommandException e) {
                reply.nil();
            }
        });
        assertCaught(
                "ADD k a; DEMO k: answers nil if key 'k' holds another type, not -WRONGTYPE Operation against a key"
                        + " holding the wrong kind of value",
                checkOnWord(blind));
        checkOnWord(blind).answersOtherTypes().verify();
    }

    @Test
    void whatIsRefusedHasChangedSomething() {
        CommandHandler hasty = command(writing(), (context, args, reply) -> {
            context.keyspace().delete(args.key(1));
            throw new CommandException("ERR no");
        });
        assertCaught("ADD k a; DEMO k: answers -ERR no, but key 'k' was removed", checkOnWord(hasty));
    }

    @Test
    void anotherTypeIsRefusedTooLate() {
        CommandHandler hasty = command(
                spec().arity(3).write().denyOom().keys(KeySpec.range(1, 2, 1, KeySpec.Access.RW)),
                (context, args, reply) -> {
                    context.keyspace().writeOrCreate(args.key(1), TYPE).add("b");
                    context.keyspace().writeOrCreate(args.key(2), TYPE).add("b");
                    reply.ok();
                });
        assertCaught(
                "DEMO a b: answers -WRONGTYPE Operation against a key holding the wrong kind of value, but key 'a' was"
                        + " created",
                check(hasty).example("DEMO", "a", "b").keys("a", "b"));
    }

    @Test
    void anErrorHasNoCode() {
        CommandHandler vague = command(reading(), (context, args, reply) -> {
            throw new CommandException("something is wrong");
        });
        assertCaught(
                "DEMO k: answers the error 'something is wrong', which does not begin with a code such as ERR",
                check(vague).example("DEMO", "k"));
    }

    @Test
    void anErrorHasNoCodeLikeThatOfItsModel() {
        CommandHandler vague = command(reading(), (context, args, reply) -> {
            if (args.is(1, "NONE")) {
                throw new CommandException("something is wrong");
            }
            reply.ok();
        });
        check(vague)
                .answersErrorsWithoutCode()
                .example("DEMO", "k")
                .keys("k")
                .answers("+OK")
                .example("DEMO", "none")
                .answers("-something is wrong")
                .verify();
    }

    @Test
    void dataIsAddedWhateverMemoryThereIs() {
        CommandHandler greedy =
                command(spec().arity(2).write().keys(KeySpec.at(1, KeySpec.Access.OW)), (context, args, reply) -> {
                    Words words = TYPE.create();
                    words.add("a");
                    context.keyspace().put(args.key(1), TYPE, words, Keyspace.NO_EXPIRY);
                    reply.ok();
                });
        String message = assertThrows(
                        AssertionError.class, check(greedy).example("DEMO", "k").keys("k")::verify)
                .getMessage();
        assertEquals(
                "DEMO k: adds N bytes of data, but is not declared as DENYOOM", message.replaceFirst("[0-9]+", "N"));
    }

    @Test
    void whoWaitsMustBeDeclared() {
        assertCaught(
                "DEMO k: waits, but is not declared as BLOCKING",
                check(waiting(reading(), Reply::nil)).example("DEMO", "k").keys("k"));
    }

    @Test
    void whoWaitsMustAnswerInsideATransaction() {
        assertCaught(
                "DEMO k: does not write exactly one reply",
                check(waiting(reading().flags(CommandFlag.BLOCKING), reply -> {}))
                        .example("DEMO", "k")
                        .keys("k"));
    }

    @Test
    void anHonestWaiterPasses() {
        check(waiting(reading().flags(CommandFlag.BLOCKING), Reply::nil))
                .example("DEMO", "k")
                .keys("k")
                .answers("nil-array")
                .verify();
    }

    /** Waits, and answers where nobody may wait. */
    private static CommandHandler waiting(CommandSpec.Builder spec, Consumer<Reply> atOnce) {
        return command(spec, (context, args, reply) -> {
            if (!context.block(0, TYPE, args.key(1))) {
                atOnce.accept(reply);
            }
        });
    }

    @Test
    void workMayBeOffloaded() {
        check(offloading(() -> 5)).example("DEMO", "k").keys("k").answers("5").verify();
    }

    @Test
    void whatOffloadedWorkThrowsIsSaid() {
        Callable<Integer> failing = () -> {
            throw new IllegalStateException("no");
        };
        assertCaught(
                "DEMO k: fails with java.lang.IllegalStateException: no",
                check(offloading(failing)).example("DEMO", "k").keys("k"));
    }

    @Test
    void offloadedWorkMustNotChangeWhatItOnlyReads() {
        CommandHandler secretive = command(
                writing(),
                (context, args, reply) -> context.offload(() -> 0, (later, laterArgs, laterReply, result) -> {
                    wordsAt(later, laterArgs).add("b");
                    laterReply.ok();
                }));
        assertCaught(
                "ADD k a; DEMO k: changes the value of [k] without having asked to, so that the server does not know",
                checkOnWord(secretive));
    }

    private static CommandHandler offloading(Callable<Integer> work) {
        return command(
                reading(),
                (context, args, reply) ->
                        context.offload(work, (later, laterArgs, laterReply, result) -> laterReply.integer(result)));
    }

    @Test
    void subcommandsAreCheckedByTheirOwnSpecs() {
        CommandHandler honest = command(
                CommandSpec.named("demo|one").arity(2).summary("Answers one"),
                (context, args, reply) -> reply.integer(1));
        CommandHandler wide = command(
                CommandSpec.named("demo|echo")
                        .arity(-2)
                        .summary("Echoes")
                        .args(ArgSpec.of("text", ArgSpec.Type.STRING)),
                (context, args, reply) -> reply.bulk(args.slice(2)));
        container(honest).example("DEMO", "ONE").answers("1").verify();
        assertCaught(
                "DEMO ECHO: fails with java.lang.IndexOutOfBoundsException: argument 2 of 2",
                container(wide).example("DEMO", "ECHO", "a"));
    }

    private static CommandCheck container(CommandHandler subcommand) {
        CommandSpec spec =
                CommandSpec.named("demo").arity(-2).summary("A container").build();
        return CommandCheck.of(new CommandHandler() {
            @Override
            public CommandSpec spec() {
                return spec;
            }

            @Override
            public void execute(CommandContext context, Args args, Reply reply) {
                reply.nil();
            }

            @Override
            public List<CommandHandler> subcommands() {
                return List.of(subcommand);
            }
        });
    }
}
