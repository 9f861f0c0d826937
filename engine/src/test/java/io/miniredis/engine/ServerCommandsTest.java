package io.miniredis.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands about the server as a whole. */
final class ServerCommandsTest extends CommandTestCase {
    private static final long START_SECONDS = ManualTicker.START_MILLIS / 1000;

    @Test
    void timeIsThatOfTheClock() {
        assertEquals("['" + START_SECONDS + "', '123000']", run("TIME"));
        pass(877);
        assertEquals("['" + (START_SECONDS + 1) + "', '0']", run("TIME"));
    }

    @Test
    void aMasterWithoutReplicas() {
        assertEquals("['master', 0, []]", run("ROLE"));
        assertEquals("+OK", run("REPLICAOF NO ONE"));
        assertEquals("+OK", run("SLAVEOF no one"));
        assertEquals("-ERR there is no replication, this server can only be a master", run("REPLICAOF 127.0.0.1 6379"));
        assertEquals("-ERR Invalid master port", run("REPLICAOF 127.0.0.1 70000"));
        assertEquals("['master', 0, []]", run("ROLE"));
    }

    @Test
    void theLastSaveIsTheStart() {
        pass(5000);
        assertEquals(Long.toString(START_SECONDS), run("LASTSAVE"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"SAVE", "BGSAVE", "BGSAVE SCHEDULE", "BGREWRITEAOF"})
    void nobodyIsToldThatAFileWasWritten(String command) {
        assertEquals("-ERR nothing is written to disk, the data is in memory only", run(command));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CLUSTER INFO",
                "CLUSTER SLOTS",
                "CLUSTER KEYSLOT k",
                "CLUSTER HELP",
                "READONLY",
                "READWRITE",
                "ASKING"
            })
    void thereIsNoCluster(String command) {
        assertEquals("-ERR This instance has cluster support disabled", run(command));
    }

    @Test
    void aDrawingEndsWithTheVersion() {
        assertTrue(run("LOLWUT").endsWith("Redis ver. 7.0.15\n"), run("LOLWUT"));
        List<String> small = run("LOLWUT VERSION 5 10 3").lines().toList();
        assertEquals(4, small.size());
        assertEquals(10, small.get(1).length());
        assertEquals(2, run("LOLWUT VERSION 5 0 -1").lines().count());
        assertEquals(129, run("LOLWUT VERSION 6 10 1000").lines().count());
        assertEquals("-ERR value is not an integer or out of range", run("LOLWUT VERSION 5 x"));
    }

    /** Two may be alike: one in four begins with a single cell, and then there are as many as there are rules. */
    @Test
    void drawingsAreDrawnByLot() {
        Set<String> drawings = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            drawings.add(run("LOLWUT"));
        }
        assertTrue(drawings.size() > 30, drawings.size() + " of 100");
    }
}
