package io.miniredis.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.miniredis.api.CommandHandler;
import io.miniredis.api.Slice;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Commands by name. */
final class CommandTableTest {
    private final CommandNumbers numbers = new CommandNumbers();

    private Command command(CommandHandler handler, String origin) {
        return new Command(handler, new Origin(origin, false, Runnable::run), numbers);
    }

    private Command command(String name) {
        return command(TestCommand.named(name), "origin");
    }

    private static Command find(CommandTable table, String name) {
        byte[] bytes = (".." + name + "..").getBytes(UTF_8);
        return table.find(bytes, 2, bytes.length - 4);
    }

    private static Command findWithSubcommand(CommandTable table, String name) {
        return table.find(new Slice(name.getBytes(UTF_8)));
    }

    @Test
    void anEmptyTableFindsNothing() {
        CommandTable table = CommandTable.of(List.of());
        assertNull(find(table, "get"));
        assertNull(find(table, ""));
        assertNull(findWithSubcommand(table, "config|get"));
        assertEquals(List.of(), table.commands());
    }

    @Test
    void findsInAnyCase() {
        Command get = command("get");
        Command dotted = command("json.get_2");
        CommandTable table = CommandTable.of(List.of(get, dotted));
        for (String name : List.of("get", "GET", "gEt")) {
            assertSame(get, find(table, name));
            assertSame(get, findWithSubcommand(table, name));
        }
        assertSame(dotted, find(table, "JSON.Get_2"));
    }

    @Test
    void findsNothingElse() {
        CommandTable table = CommandTable.of(List.of(command("get"), command("a[b")));
        for (String name : List.of("", "ge", "gett", "get ", "g\0t", "gex", "a{b", "A\u212a", "get|")) {
            assertNull(find(table, name), name);
            assertNull(findWithSubcommand(table, name), name);
        }
    }

    @Test
    void findsEachOfMany() {
        List<Command> commands = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            commands.add(command("command" + i));
        }
        CommandTable table = CommandTable.of(commands);
        for (int i = 0; i < 1000; i++) {
            assertSame(commands.get(i), find(table, "Command" + i));
        }
        assertNull(find(table, "command1000"));
        assertEquals(commands, table.commands());
    }

    @Test
    void aNameTwiceIsRefusedWithBothOrigins() {
        Command one = command(TestCommand.named("get"), "module one");
        Command two = command(TestCommand.named("get"), "module two");
        var e = assertThrows(IllegalArgumentException.class, () -> CommandTable.of(List.of(one, two)));
        assertEquals("the command 'get' is provided twice, by module one and by module two", e.getMessage());
        CommandTable table = CommandTable.of(List.of(one));
        e = assertThrows(IllegalArgumentException.class, () -> table.exchange(List.of(), List.of(two)));
        assertEquals("the command 'get' is provided twice, by module one and by module two", e.getMessage());
    }

    @Test
    void moreCommandsMakeAnotherTable() {
        Command get = command("get");
        Command set = command("set");
        CommandTable table = CommandTable.of(List.of(get));
        CommandTable more = table.exchange(List.of(), List.of(set));
        assertNull(find(table, "set"));
        assertSame(set, find(more, "set"));
        assertSame(get, find(more, "get"));
    }

    @Test
    void subcommandsAreFoundAfterABar() {
        Command container = command(
                TestCommand.named("config").with(TestCommand.named("config|get"), TestCommand.named("config|set")),
                "origin");
        CommandTable table = CommandTable.of(List.of(container, command("get")));
        assertEquals("config|get", findWithSubcommand(table, "CONFIG|Get").spec.name());
        assertSame(container, findWithSubcommand(table, "config"));
        assertNull(findWithSubcommand(table, "config|"));
        assertNull(findWithSubcommand(table, "config|reset"));
        assertNull(findWithSubcommand(table, "config|get|x"));
        assertNull(findWithSubcommand(table, "|get"));
        assertNull(findWithSubcommand(table, "get|get"));
        assertNull(find(table, "config|get"));
        assertSame(container.subcommand("get"), findWithSubcommand(table, "config|get"));
    }

    @Test
    void eachCommandAndSubcommandHasItsNumber() {
        Command container = command(
                TestCommand.named("config").with(TestCommand.named("config|get"), TestCommand.named("config|set")),
                "origin");
        assertEquals(0, container.number);
        assertEquals(
                List.of(1, 2),
                container.subcommands().stream().map(c -> c.number).toList());
        assertEquals(3, command("get").number);
    }
}
