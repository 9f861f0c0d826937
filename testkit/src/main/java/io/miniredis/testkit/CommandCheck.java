package io.miniredis.testkit;

import io.miniredis.api.CommandHandler;
import io.miniredis.api.CommandSpec;
import io.miniredis.api.ValueType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Checks that a command does what its {@link CommandSpec} says, by examples of its use.
 *
 * <pre>
 *   CommandCheck.of(new Lmove())
 *           .given("RPUSH", "l", "a", "b")
 *           .example("LMOVE", "l", "m", "LEFT", "RIGHT").keys("l", "m").answers("'a'")
 *           .example("LMOVE", "none", "m", "LEFT", "RIGHT").keys("none", "m").answers("nil")
 *           .verify();
 * </pre>
 *
 * <p>Each example is run many times, on a server of its own in which nothing is stored but what is {@linkplain #given given}:
 *
 * <ul>
 *   <li>with fewer arguments, and with one more: what the arity does not accept is refused in Redis's words, and the command
 *       never fails for want of an argument;
 *   <li>{@code COMMAND GETKEYS} finds the keys of the example, and nothing else changes;
 *   <li>a command that is not declared to write leaves all values and expiries as they are, byte for byte, and no command changes
 *       a value behind the server's back, having asked to read it or having said that it is unchanged;
 *   <li>there is exactly one reply, and that of RESP3 says the same as that of RESP2;
 *   <li>if a key that the command looks up holds another type, the answer is WRONGTYPE;
 *   <li>what is refused, for any reason, changes nothing;
 *   <li>a command that adds data is declared with {@code DENYOOM}, and is then refused when memory is full;
 *   <li>inside MULTI, and with its name in another case, it does the same;
 *   <li>who waits is declared to, and is answered when the time is over.
 * </ul>
 *
 * <p>Also the command has a summary and documents its arguments. What is wrong is thrown as an {@link AssertionError} whose message
 * begins with the example. Not thread-safe.
 */
public final class CommandCheck {
    private final CommandHandler handler;
    private final TestServer.Setup setup = TestServer.setup();
    private final List<Example> examples = new ArrayList<>();
    private List<List<String>> given = new ArrayList<>();
    private boolean answersOtherTypes;
    private boolean answersErrorsWithoutCode;

    private CommandCheck(CommandHandler handler) {
        this.handler = handler;
    }

    /**
     * Begins the check of a command. It takes the place of a provided command of the same name, and need not be a service.
     *
     * @param handler the command; if it has subcommands, the examples may be of any of them
     * @return a check without examples
     */
    public static CommandCheck of(CommandHandler handler) {
        return new CommandCheck(handler);
    }

    /**
     * Adds another command to the server, for examples to begin with.
     *
     * @param other a command that is not provided as a service
     * @return this check
     */
    public CommandCheck with(CommandHandler other) {
        setup.add(other);
        return this;
    }

    /**
     * Adds a type to the server.
     *
     * @param type a type that is not provided as a service
     * @return this check
     */
    public CommandCheck with(ValueType<?> type) {
        setup.add(type);
        return this;
    }

    /**
     * Sets a directive of the server.
     *
     * @param directive its name
     * @param value its value, as in a configuration file
     * @return this check
     */
    public CommandCheck set(String directive, String value) {
        setup.set(directive, value);
        return this;
    }

    /**
     * Says what is done before the next example. Every example begins with nothing stored.
     *
     * @param command a command's name and its arguments; it must not be refused
     * @return this check
     */
    public CommandCheck given(String... command) {
        given.add(List.of(command));
        return this;
    }

    /**
     * Adds an example.
     *
     * @param args the command's name and its arguments, each character a byte
     * @return this check
     */
    public CommandCheck example(String... args) {
        examples.add(new Example(given, List.of(args), List.of(), null));
        given = new ArrayList<>();
        return this;
    }

    /**
     * Says which arguments of the last example are keys; none, if this is not called. Of an example that is refused they
     * need not be said.
     *
     * @param names the keys' names, in any order
     * @return this check
     */
    public CommandCheck keys(String... names) {
        int last = lastExample();
        examples.set(last, examples.get(last).withKeys(List.of(names)));
        return this;
    }

    /**
     * Says what the last example answers in RESP2; anything will do, if this is not called.
     *
     * @param reply the reply, as {@link TestClient} shows it
     * @return this check
     */
    public CommandCheck answers(String reply) {
        int last = lastExample();
        examples.set(last, examples.get(last).withAnswer(reply));
        return this;
    }

    private int lastExample() {
        if (examples.isEmpty()) {
            throw new IllegalStateException("there is no example yet that this could be about");
        }
        return examples.size() - 1;
    }

    /**
     * Adds examples in short form, one in a line, if they are of this command: so that one table can serve all commands of a module.
     *
     * <pre>
     *   RPUSH l a b; LMOVE {l} {m} LEFT RIGHT = 'a'
     * </pre>
     *
     * <p>What is done before stands before semicolons. Words are separated by blanks; a key is in braces, {@code ''} is an empty word.
     * What follows an equals sign between blanks is the reply.
     *
     * @param lines the examples, perhaps of other commands too
     * @return this check
     */
    public CommandCheck examples(String lines) {
        lines.lines()
                .filter(line -> !line.isBlank())
                .map(Example::parse)
                .filter(example -> example.isOf(handler.spec().name()))
                .forEach(examples::add);
        return this;
    }

    /**
     * Says that the command, if a key that it looks up holds another type, answers in its own way and not WRONGTYPE: as MGET does with
     * null, and LCS with an error of its own.
     *
     * @return this check
     */
    public CommandCheck answersOtherTypes() {
        answersOtherTypes = true;
        return this;
    }

    /**
     * Says that some of the command's errors do not begin with a code such as ERR, because those of its model do not. Clients
     * tell errors by their codes, so a command without a model should have them.
     *
     * @return this check
     */
    public CommandCheck answersErrorsWithoutCode() {
        answersErrorsWithoutCode = true;
        return this;
    }

    /**
     * Runs the check.
     *
     * @throws AssertionError that says what is wrong
     */
    public void verify() {
        String name = handler.spec().name();
        if (examples.isEmpty()) {
            throw new AssertionError(name + ": there is no example");
        }
        Observation observation = new Observation();
        setup.add(ObservedHandler.of(handler, observation));
        try (TestServer server = setup.start()) {
            boolean isAnswered = false;
            for (Example example : examples) {
                CommandSpec spec = specOf(example);
                checkDocumentation(server, spec);
                isAnswered |= new ExampleCheck(
                                server, observation, spec, example, answersOtherTypes, answersErrorsWithoutCode)
                        .verify();
            }
            if (!isAnswered) {
                throw new AssertionError(name + ": all examples are refused, so there was little to check");
            }
        }
    }

    /** The spec of the command, or subcommand, that an example is of. */
    private CommandSpec specOf(Example example) {
        String name = handler.spec().name();
        if (!example.isOf(name)) {
            throw new AssertionError(example + ": is no example of " + name);
        }
        if (example.args().size() > 1) {
            String subcommand = name + "|" + example.args().get(1).toLowerCase(Locale.ROOT);
            for (CommandHandler candidate : handler.subcommands()) {
                if (candidate.spec().name().equals(subcommand)) {
                    return candidate.spec();
                }
            }
        }
        return handler.spec();
    }

    private void checkDocumentation(TestServer server, CommandSpec spec) {
        try (TestClient client = server.connect()) {
            String docs = client.send("COMMAND", "DOCS", spec.name());
            if (spec.summary().isBlank() || !docs.contains("'summary'")) {
                throw new AssertionError(spec.name() + ": has no summary, so COMMAND DOCS cannot say what it does");
            }
        }
        int names = spec.name().contains("|") ? 2 : 1;
        boolean isContainer = spec == handler.spec() && !handler.subcommands().isEmpty();
        boolean takesArguments = spec.arity() < 0 || spec.arity() > names;
        if (takesArguments && !isContainer && spec.args().isEmpty()) {
            throw new AssertionError(spec.name() + ": takes arguments, but documents none");
        }
    }
}
