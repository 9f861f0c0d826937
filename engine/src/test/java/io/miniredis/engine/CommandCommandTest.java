package io.miniredis.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.miniredis.api.ArgSpec;
import io.miniredis.api.CommandCategory;
import io.miniredis.api.CommandFlag;
import io.miniredis.api.CommandSpec;
import io.miniredis.api.KeySpec;
import io.miniredis.api.KeySpec.Access;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code COMMAND} and its subcommands. */
final class CommandCommandTest extends CommandTestCase {

    CommandCommandTest() {
        super(TestEngine.create()
                .add(
                        TestCommand.of(
                                CommandSpec.named("demo.all")
                                        .arity(-2)
                                        .write()
                                        .denyOom()
                                        .flags(CommandFlag.NO_MANDATORY_KEYS)
                                        .categories(CommandCategory.STREAM)
                                        .keys(
                                                KeySpec.counted(2, Access.RO, Access.ACCESS),
                                                KeySpec.after("STORE", -1, Access.OW)
                                                        .withNotes("may be absent"))
                                        .args(
                                                ArgSpec.of("count", ArgSpec.Type.INTEGER),
                                                ArgSpec.key("key", 0).multiple(),
                                                ArgSpec.key("target", 1)
                                                        .withToken("STORE")
                                                        .since("2.0.0")
                                                        .optional())
                                        .tips("request_policy:special")
                                        .summary("Does it all")
                                        .since("1.5.0")
                                        .history("2.0.0", "Added `STORE`.")
                                        .deprecated("3.0.0", "`demo.more`"),
                                (context, args, reply) -> reply.ok()),
                        TestCommand.named("demo.box")
                                .with(TestCommand.of(
                                        CommandSpec.named("demo.box|open")
                                                .arity(3)
                                                .readOnly()
                                                .keys(KeySpec.at(2, Access.RO)),
                                        (context, args, reply) -> reply.ok()))));
    }

    private static final String GET = "['get', 2, ~[+readonly, +module, +fast], 1, 1, 1, ~[+@read, +@fast], ~[], "
            + "~[{'flags': ~[+RO], 'begin_search': {'type': 'index', 'spec': {'index': 1}}, "
            + "'find_keys': {'type': 'range', 'spec': {'lastkey': 0, 'keystep': 1, 'limit': 0}}}], ~[]]";

    private static final String CONFIG_GET = "['config|get', -3, ~[+admin, +noscript, +loading, +stale], 0, 0, 0, "
            + "~[+@admin, +@slow, +@dangerous], ~[], ~[], ~[]]";

    @Test
    void countIsThatOfCommandsWithoutSubcommands() {
        int count = engine.engine().commands().commands().size();
        assertEquals(Integer.toString(count), run("COMMAND COUNT"));
        String[] names = run("COMMAND LIST").split(",");
        assertEquals(
                count, Arrays.stream(names).filter(name -> !name.contains("|")).count());
    }

    @Test
    void infoDescribesTheNamedInTheirOrder() {
        assertEquals("[" + GET + "]", run("COMMAND INFO get"));
        assertEquals("[" + CONFIG_GET + ", nil, " + GET + "]", run("COMMAND INFO CONFIG|GET nope GET"));
        assertEquals("[nil, nil]", run("COMMAND INFO get|x config|nope"));
    }

    @Test
    void infoShowsKeysThatMove() {
        assertEquals(
                "[['demo.all', -2, ~[+write, +denyoom, +module, +no_mandatory_keys, +movablekeys], 0, 0, 0, "
                        + "~[+@write, +@stream, +@slow], ~['request_policy:special'], "
                        + "~[{'flags': ~[+RO, +access], 'begin_search': {'type': 'index', 'spec': {'index': 2}}, "
                        + "'find_keys': {'type': 'keynum', 'spec': {'keynumidx': 0, 'firstkey': 1, 'keystep': 1}}}, "
                        + "{'notes': 'may be absent', 'flags': ~[+OW], "
                        + "'begin_search': {'type': 'keyword', 'spec': {'keyword': 'STORE', 'startfrom': -1}}, "
                        + "'find_keys': {'type': 'range', 'spec': {'lastkey': 0, 'keystep': 1, 'limit': 0}}}], ~[]]]",
                run("COMMAND INFO demo.all"));
    }

    @Test
    void infoOfAContainerHoldsItsSubcommands() {
        String container = run("COMMAND INFO config");
        assertTrue(
                container.startsWith("[['config', -2, ~[], 0, 0, 0, ~[+@slow], ~[], ~[], [" + CONFIG_GET), container);
    }

    @Test
    void withoutNamesAllAreDescribed() {
        String all = run("COMMAND");
        assertEquals(all, run("COMMAND INFO"));
        for (Command command : engine.engine().commands().commands()) {
            assertTrue(all.contains("['" + command.spec.name() + "', " + command.spec.arity() + ", "));
        }
    }

    @Test
    void docsSayWhatThereIsToSay() {
        assertEquals(
                "{'demo.all': {'summary': 'Does it all', 'since': '1.5.0', 'group': 'module', 'module': 'test', "
                        + "'doc_flags': ~[+deprecated], 'deprecated_since': '3.0.0', 'replaced_by': '`demo.more`', "
                        + "'history': ~[['2.0.0', 'Added `STORE`.']], "
                        + "'arguments': [{'name': 'count', 'type': 'integer'}, "
                        + "{'name': 'key', 'type': 'key', 'key_spec_index': 0, 'flags': ~[+multiple]}, "
                        + "{'name': 'target', 'type': 'key', 'key_spec_index': 1, 'token': 'STORE', "
                        + "'since': '2.0.0', 'flags': ~[+optional]}]}}",
                run("COMMAND DOCS demo.all"));
        assertEquals(
                "{'quit': {'summary': 'Close the connection', 'since': '1.0.0', 'group': 'connection', "
                        + "'complexity': 'O(1)'}}",
                run("COMMAND DOCS nope QUIT"));
        assertEquals("{}", run("COMMAND DOCS nope"));
    }

    @Test
    void docsNestArgumentsAndSubcommands() {
        String expire = run("COMMAND DOCS expire");
        assertTrue(
                expire.endsWith("{'name': 'condition', 'type': 'oneof', 'since': '7.0.0', 'flags': ~[+optional], "
                        + "'arguments': [{'name': 'nx', 'type': 'pure-token', 'token': 'NX'}, "
                        + "{'name': 'xx', 'type': 'pure-token', 'token': 'XX'}, "
                        + "{'name': 'gt', 'type': 'pure-token', 'token': 'GT'}, "
                        + "{'name': 'lt', 'type': 'pure-token', 'token': 'LT'}]}]}}"),
                expire);
        assertEquals(
                "{'demo.box': {'summary': '', 'since': '1.0.0', 'group': 'module', 'module': 'test', "
                        + "'subcommands': {'demo.box|open': {'summary': '', 'since': '1.0.0', 'group': 'module', "
                        + "'module': 'test'}}}}",
                run("COMMAND DOCS demo.box"));
    }

    @Test
    void docsOfAllAreWhole() {
        String all = run("COMMAND DOCS");
        for (Command command : engine.engine().commands().commands()) {
            assertTrue(all.contains("'" + command.spec.name() + "': {'summary': "), command.spec.name());
        }
    }

    /** What redis-cli shows must be there for every command that the engine itself brings. */
    @Test
    void everyCommandOfTheEngineIsDocumented() {
        for (Command command : engine.engine().commands().commands()) {
            if (!command.origin.isPlugin()) {
                assertDocumented(command);
                command.subcommands().forEach(CommandCommandTest::assertDocumented);
            }
        }
    }

    private static void assertDocumented(Command command) {
        String name = command.spec.name();
        assertFalse(command.spec.summary().isBlank(), name);
        boolean isSilent = List.of("lolwut", "monitor").contains(name); // of which Redis does not say it
        assertEquals(isSilent, command.spec.complexity() == null, name);
        assertFalse(command.spec.group().equals("module"), name);
        assertEquals(
                command.spec.is(CommandFlag.FAST), command.spec.categories().contains(CommandCategory.FAST), name);
    }

    @Test
    void listNamesAllAndTheirSubcommands() {
        String all = run("COMMAND LIST");
        assertTrue(all.startsWith("['"), all);
        for (String name : List.of("get", "config", "config|set", "demo.box|open", "command|list")) {
            assertTrue(all.contains("'" + name + "'"), name);
        }
    }

    @Test
    void listFilters() {
        assertEquals(
                "['config|get', 'config|set', 'config|resetstat', 'config|rewrite', 'config|help']",
                run("COMMAND LIST FILTERBY PATTERN Config|*"));
        assertEquals("['demo.all', 'demo.box', 'demo.box|open']", run("COMMAND LIST filterby pattern dEmO*"));
        assertEquals("['demo.all']", run("COMMAND LIST FILTERBY ACLCAT Stream"));
        assertEquals("[]", run("COMMAND LIST FILTERBY ACLCAT nope"));
        assertEquals("[]", run("COMMAND LIST FILTERBY PATTERN none*"));
        assertEquals("[]", run("COMMAND LIST FILTERBY MODULE nope"));
        String module = run("COMMAND LIST FILTERBY MODULE test");
        assertTrue(module.contains("'set'") && module.contains("'demo.box|open'"), module);
        assertFalse(module.contains("'ping'"), module);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '"',
            value = {
                "GET a ; ['a']",
                "get a\u00ff ; ['a\\xff']",
                "MSET a 1 b 2 c ; ['a', 'b', 'c']",
                "DEL a b ; ['a', 'b']",
                "POPMOVE a b ; ['a', 'b']",
                "demo.box OPEN k ; ['k']",
                "demo.all 9 2 a b ; ['a', 'b']",
                "demo.all x 1 a STORE b ; ['a', 'b']",
                "demo.all x 0 ; []",
                "demo.all x ; []"
            })
    void getkeysFindsThem(String command, String keys) {
        assertEquals(keys, run("COMMAND GETKEYS " + command));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "GETKEYS ; -ERR wrong number of arguments for 'command|getkeys' command",
                "GETKEYS GET ; -ERR wrong number of arguments for 'command|getkeys' command",
                "GETKEYS nope a ; -ERR Invalid command specified",
                "GETKEYS CONFIG nope ; -ERR Invalid command specified",
                "GETKEYS CONFIG GET x ; -ERR The command has no key arguments",
                "GETKEYS PING x ; -ERR The command has no key arguments",
                "GETKEYS PING x y z ; -ERR The command has no key arguments",
                "GETKEYS GET a b ; -ERR Invalid number of arguments specified for command",
                "COUNT x ; -ERR wrong number of arguments for 'command|count' command",
                "LIST FILTERBY ; -ERR syntax error",
                "LIST FILTERBY PATTERN ; -ERR syntax error",
                "LIST FILTERBY NOPE x ; -ERR syntax error",
                "LIST foo bar x ; -ERR syntax error",
                "LIST FILTERBY PATTERN x y ; -ERR syntax error",
                "NOPE ; -ERR unknown subcommand 'NOPE'. Try COMMAND HELP."
            })
    void wrongUseIsExplained(String words, String error) {
        assertEquals(error, run("COMMAND " + words));
    }
}
