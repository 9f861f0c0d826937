package io.miniredis.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What workers count, summed and set back. */
final class CountersTest {
    private final CommandNumbers numbers = new CommandNumbers();

    private Command command() {
        return new Command(TestCommand.named("c" + numbers.count()), new Origin("test", false, Runnable::run), numbers);
    }

    @Test
    void eachCommandHasItsOwn() {
        Counters counters = new Counters();
        List<Command> commands = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            commands.add(command());
        }
        CommandStats early = counters.of(commands.get(3));
        early.calls = 7;
        counters.of(commands.get(299)).calls = 9;
        assertSame(early, counters.of(commands.get(3)));
        assertEquals(7, counters.of(commands.get(3)).calls);
        assertEquals(0, counters.of(commands.get(150)).calls);
    }

    @Test
    void sumsAndDifferences() {
        Counters one = new Counters();
        one.commands = 1;
        one.expired = 2;
        one.evicted = 3;
        one.errors = 4;
        one.inputBytes = 5;
        one.outputBytes = 6;
        one.changes = 7;
        one.lookedUp(true);
        one.lookedUp(false);
        one.lookedUp(false);
        Counters sum = new Counters();
        sum.add(one);
        sum.add(one);
        assertEquals(2, sum.commands);
        assertEquals(4, sum.expired);
        assertEquals(6, sum.evicted);
        assertEquals(8, sum.errors);
        assertEquals(10, sum.inputBytes);
        assertEquals(12, sum.outputBytes);
        assertEquals(14, sum.changes);
        assertEquals(2, sum.hits);
        assertEquals(4, sum.misses);
        sum.subtract(one);
        assertEquals(1, sum.commands);
        assertEquals(2, sum.expired);
        assertEquals(3, sum.evicted);
        assertEquals(4, sum.errors);
        assertEquals(5, sum.inputBytes);
        assertEquals(6, sum.outputBytes);
        assertEquals(1, sum.hits);
        assertEquals(2, sum.misses);
        // Changes since the last save are not statistics.
        assertEquals(14, sum.changes);
    }

    @Test
    void commandsAreSummedOverWorkers() {
        Command command = command();
        Command later = command();
        Counters one = new Counters();
        CommandStats stats = one.of(command);
        stats.calls = 1;
        stats.nanos = 2;
        stats.rejected = 3;
        stats.failed = 4;
        CommandStats sum = new CommandStats();
        Counters.add(sum, one, command.number);
        Counters.add(sum, one, command.number);
        Counters.add(sum, new Counters(), later.number);
        sum.subtract(stats);
        assertEquals(1, sum.calls);
        assertEquals(2, sum.nanos);
        assertEquals(3, sum.rejected);
        assertEquals(4, sum.failed);
    }
}
