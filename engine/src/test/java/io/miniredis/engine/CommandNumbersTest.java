package io.miniredis.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** Places in the statistics. */
final class CommandNumbersTest {
    private final CommandNumbers numbers = new CommandNumbers();

    private Command shop() {
        return new Command(
                TestCommand.named("shop").with(TestCommand.named("shop|open"), TestCommand.named("shop|close")),
                new Origin("test", false, Runnable::run),
                numbers);
    }

    @Test
    void eachNameHasItsOwn() {
        assertEquals(0, numbers.of("get"));
        assertEquals(1, numbers.of("set"));
        assertEquals(0, numbers.of("get"));
        assertEquals(2, numbers.count());
    }

    @Test
    void commandsThatComeAgainTakeNoMore() {
        Command first = shop();
        assertEquals(3, numbers.count());
        Command second = shop();
        assertEquals(3, numbers.count());
        assertEquals(first.number, second.number);
        assertEquals(first.subcommand("close").number, second.subcommand("close").number);
    }
}
