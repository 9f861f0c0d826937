package io.miniredis.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** DEL, UNLINK, EXISTS, TYPE, KEYS, DBSIZE, FLUSHDB, FLUSHALL. */
final class KeyCommandsTest extends CommandTestCase {

    @ParameterizedTest
    @ValueSource(strings = {"DEL", "UNLINK"})
    void removesKeysAndCountsThoseThereWere(String command) {
        client.pipeline("SET a 1", "PUSH b x y", "SET c 3", "EXPIRE c 10");
        long changes = engine.engine().counters().changes;
        assertEquals("0", run(command + " absent"));
        assertEquals("2", run(command + " a absent b a"));
        assertEquals(changes + 2, engine.engine().counters().changes);
        assertEquals(List.of("0", "1", "1"), client.pipeline("EXISTS a b", "EXISTS c", "DBSIZE"));
        assertEquals("1", run(command + " c"));
        assertEquals(engine.measuredBytes(), engine.memoryBytes());
        assertEquals(
                "-ERR wrong number of arguments for '" + command.toLowerCase(java.util.Locale.ROOT) + "' command",
                run(command));
    }

    @Test
    void existsCountsRepeatedKeysEachTime() {
        client.pipeline("SET a 1", "PUSH b x");
        assertEquals("1", run("EXISTS a"));
        assertEquals("4", run("EXISTS a b a absent b"));
        assertEquals("0", run("EXISTS absent"));
        assertEquals("-ERR wrong number of arguments for 'exists' command", run("EXISTS"));
    }

    @Test
    void typeNamesTheType() {
        client.pipeline("SET s 1", "PUSH b x");
        client.send("SET", "large", "v".repeat(5000));
        assertEquals("+string", run("TYPE s"));
        assertEquals("+string", run("TYPE large"));
        assertEquals("+bag", run("TYPE b"));
        assertEquals("+none", run("TYPE absent"));
    }

    @Test
    void keysAreBinary() {
        String name = "\0\r\n\u00ff";
        assertEquals("+OK", client.send("SET", name, "v"));
        assertEquals("+OK", client.send("SET", "", "empty"));
        assertEquals("'v'", client.send("GET", name));
        assertEquals("'empty'", client.send("GET", ""));
        assertEquals("['\\x00\\x0d\\x0a\\xff']", client.send("KEYS", "?*"));
        assertEquals("2", client.send("DEL", name, ""));
    }

    @Test
    void keysListsWhatMatches() {
        client.pipeline("SET one 1", "SET two 2", "PUSH three x", "SELECT 1", "SET ten 10", "SELECT 0");
        assertEquals("['one']", run("KEYS o*"));
        assertEquals("[]", run("KEYS none*"));
        assertEquals("[]", run("KEYS t[^hw]*"));
        String all = run("KEYS *");
        assertEquals("['one', 'two', 'three']".length(), all.length());
        assertTrue(all.contains("'one'") && all.contains("'two'") && all.contains("'three'"), all);
        assertEquals("-ERR wrong number of arguments for 'keys' command", run("KEYS"));
        assertEquals("-ERR wrong number of arguments for 'keys' command", run("KEYS a b"));
    }

    @Test
    void dbsizeCountsTheSelectedDatabase() {
        assertEquals("0", run("DBSIZE"));
        client.pipeline("SET a 1", "SET b 2", "SELECT 1", "SET c 3");
        assertEquals("1", run("DBSIZE"));
        assertEquals(List.of("+OK", "2"), client.pipeline("SELECT 0", "DBSIZE"));
    }

    @Test
    void flushdbEmptiesTheSelectedDatabase() {
        long empty = engine.memoryBytes();
        client.pipeline("SET a 1", "SELECT 1", "SET b 2", "PUSH c 3");
        long changes = engine.engine().counters().changes;
        assertEquals("+OK", run("FLUSHDB"));
        assertEquals(changes + 2, engine.engine().counters().changes);
        assertEquals(List.of("0", "+OK", "1"), client.pipeline("DBSIZE", "SELECT 0", "DBSIZE"));
        assertEquals("+OK", run("FLUSHDB"));
        assertEquals(empty, engine.memoryBytes());
    }

    @Test
    void flushallEmptiesAll() {
        long empty = engine.memoryBytes();
        for (int database = 0; database < 16; database++) {
            client.pipeline("SELECT " + database, "SET a 1 PX 1000", "PUSH b 2");
        }
        assertEquals("+OK", run("FLUSHALL"));
        assertEquals(empty, engine.memoryBytes());
        assertEquals("txt:# Keyspace\r\n", run("INFO keyspace"));
        pass(2000);
        engine.engine().expireCycle();
        assertEquals(0, engine.engine().counters().expired);
    }

    @ParameterizedTest
    @ValueSource(strings = {"FLUSHALL", "FLUSHDB"})
    void flushTakesAsyncOrSync(String command) {
        assertEquals("+OK", run(command + " ASYNC"));
        assertEquals("+OK", run(command + " sync"));
        run("SET k v");
        assertEquals("-ERR syntax error", run(command + " foo"));
        assertEquals("-ERR syntax error", run(command + " ASYNC SYNC"));
        assertEquals("1", run("DBSIZE"));
    }

    @ParameterizedTest
    @CsvSource({"DBSIZE x, dbsize", "TYPE, type", "TYPE a b, type"})
    void otherwiseTheArityIsWrong(String command, String name) {
        assertEquals("-ERR wrong number of arguments for '" + name + "' command", run(command));
    }
}
