package io.miniredis.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RENAME, RENAMENX, COPY, MOVE, SWAPDB, RANDOMKEY, TOUCH, OBJECT, MEMORY USAGE, EXPIRETIME. */
final class MovingKeysTest extends CommandTestCase {

    private void assertMemoryIsExact() {
        assertEquals(engine.measuredBytes(), engine.memoryBytes());
    }

    @Test
    void renameTakesValueAndExpiryAlong() {
        client.pipeline("SET a 1 PX 5000", "PUSH b x");
        assertEquals("+OK", run("RENAME a b"));
        assertEquals(List.of("0", "'1'", "5000"), client.pipeline("EXISTS a", "GET b", "PTTL b"));
        assertMemoryIsExact();
    }

    @Test
    void renameEndsTheExpiryOfWhatWasThere() {
        client.pipeline("SET a 1", "SET b 2 EX 100");
        assertEquals("+OK", run("RENAME a b"));
        assertEquals("-1", run("TTL b"));
    }

    @Test
    void renameNeedsAKey() {
        assertEquals("-ERR no such key", run("RENAME a b"));
        assertEquals("-ERR no such key", run("RENAMENX a a"));
    }

    @Test
    void renameToItselfChangesNothing() {
        client.pipeline("SET a 1 PX 5000");
        assertEquals("+OK", run("RENAME a a"));
        assertEquals("0", run("RENAMENX a a"));
        assertEquals(List.of("'1'", "5000"), client.pipeline("GET a", "PTTL a"));
    }

    @Test
    void renamenxSparesWhatIsThere() {
        client.pipeline("SET a 1", "SET b 2");
        assertEquals("0", run("RENAMENX a b"));
        assertEquals("1", run("RENAMENX a c"));
        assertEquals(List.of("nil", "'2'", "'1'"), client.pipeline("GET a", "GET b", "GET c"));
    }

    /** A value may lie beside its key or not, depending on the length of both. */
    @ParameterizedTest
    @ValueSource(ints = {1, 100, 4000, 4080, 5000, 70_000})
    void namesAndValuesOfAllLengthsMove(int length) {
        String value = "v".repeat(length);
        String other = "k".repeat(5000);
        client.send("SET", "short", value);
        client.send("RENAME", "short", other);
        assertEquals("'" + value + "'", client.send("GET", other));
        client.send("COPY", other, "copy");
        assertEquals("'" + value + "'", client.send("GET", "copy"));
        client.send("RENAME", other, "k");
        assertEquals("'" + value + "'", client.send("GET", "k"));
        assertMemoryIsExact();
    }

    @Test
    void aCopyIsAValueOfItsOwn() {
        client.pipeline("PUSH a x y", "COPY a b", "PUSH b z");
        assertEquals(List.of("3", "4"), client.pipeline("PUSH a w", "PUSH b w"));
        String large = "v".repeat(5000);
        client.send("SET", "s", large);
        client.pipeline("COPY s t");
        client.send("SET", "s", "changed");
        assertEquals("'" + large + "'", client.send("GET", "t"));
        assertMemoryIsExact();
    }

    @Test
    void copyGoesToOtherDatabases() {
        client.pipeline("SET a 1 PX 5000");
        assertEquals("1", run("COPY a a DB 3"));
        assertEquals("-ERR source and destination objects are the same", run("COPY a a"));
        assertEquals("-ERR DB index is out of range", run("COPY a b DB 16"));
        assertEquals("0", run("COPY a a DB 3"));
        assertEquals("1", run("COPY a a DB 3 REPLACE"));
        assertEquals(List.of("+OK", "'1'", "5000"), client.pipeline("SELECT 3", "GET a", "PTTL a"));
    }

    @Test
    void moveLeavesNothingBehind() {
        client.pipeline("SET a 1 PX 5000");
        assertEquals("1", run("MOVE a 3"));
        assertEquals("0", run("MOVE a 3"));
        assertEquals("0", run("DBSIZE"));
        assertEquals(List.of("+OK", "'1'", "5000"), client.pipeline("SELECT 3", "GET a", "PTTL a"));
        assertMemoryIsExact();
    }

    @Test
    void moveSparesWhatIsThere() {
        client.pipeline("SELECT 3", "SET a 3", "SELECT 0", "SET a 0");
        assertEquals("0", run("MOVE a 3"));
        assertEquals("'0'", run("GET a"));
    }

    @Test
    void swapdbExchangesAllKeys() {
        client.pipeline("SET a 0", "SET b 0", "SELECT 1", "SET c 1", "SELECT 0");
        assertEquals("+OK", run("SWAPDB 0 1"));
        assertEquals(List.of("1", "'1'", "+OK", "2"), client.pipeline("DBSIZE", "GET c", "SELECT 1", "DBSIZE"));
        assertEquals("-ERR invalid first DB index", run("SWAPDB x 1"));
        assertEquals("-ERR invalid second DB index", run("SWAPDB 0 x"));
        assertEquals("-ERR DB index is out of range", run("SWAPDB 0 16"));
    }

    @Test
    void everyKeyIsAsLikelyAsAnyOther() {
        int keys = 50;
        int draws = 20_000;
        for (int i = 0; i < keys; i++) {
            client.send("SET", "key:" + i, "v");
        }
        Map<String, Integer> drawn = new HashMap<>();
        for (int i = 0; i < draws; i++) {
            drawn.merge(run("RANDOMKEY"), 1, Integer::sum);
        }
        assertEquals(keys, drawn.size());
        // Five standard deviations from the mean: one run in some ten thousand would fail if it were not repeatable.
        double mean = (double) draws / keys;
        drawn.values().forEach(count -> assertTrue(Math.abs(count - mean) < 6 * Math.sqrt(mean), count + " times"));
    }

    @Test
    void randomkeyPassesOverExpiredKeys() {
        client.pipeline("SET a 1 PX 10", "SET b 2");
        engine.ticker.advanceMillis(11);
        for (int i = 0; i < 20; i++) {
            assertEquals("'b'", run("RANDOMKEY"));
        }
        run("DEL b");
        assertEquals("nil", run("RANDOMKEY"));
    }

    @Test
    void memoryUsageIsWhatDeletingGivesBack() {
        SplittableRandom random = new SplittableRandom(5);
        client.send("SET", "large", "v".repeat(9000)); // so that its segment has a place for such
        for (int i = 0; i < 50; i++) {
            client.send("SET", "keep", "v");
            long before = engine.memoryBytes();
            client.send("SET", "k", "v".repeat(random.nextInt(9000)));
            long usage = Long.parseLong(run("MEMORY USAGE k"));
            assertEquals(usage, engine.memoryBytes() - before + Segment.SLOT_BYTES);
            client.send("DEL", "k");
        }
        assertEquals("nil", run("MEMORY USAGE k"));
    }

    @Test
    void touchCountsKeys() {
        client.pipeline("SET a 1", "SET b 2");
        assertEquals("3", run("TOUCH a b nosuch a"));
    }

    @Test
    void expiretimeIsAMoment() {
        client.pipeline("SET a 1", "SET b 1", "PEXPIREAT b 33177117420500");
        assertEquals(
                List.of("-1", "-2", "33177117421", "33177117420500"),
                client.pipeline("EXPIRETIME a", "PEXPIRETIME nosuch", "EXPIRETIME b", "PEXPIRETIME b"));
    }
}
