package io.miniredis.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** EXPIRE, PEXPIRE, EXPIREAT, PEXPIREAT, PERSIST, TTL, PTTL, and that keys go when they must. */
final class ExpiryCommandsTest extends CommandTestCase {
    private static final long NOW = ManualTicker.START_MILLIS;

    ExpiryCommandsTest() {
        run("SET k v");
    }

    @Test
    void eachCountsInItsUnitFromItsBase() {
        assertEquals(List.of("1", "100000"), client.pipeline("EXPIRE k 100", "PTTL k"));
        assertEquals(List.of("1", "100"), client.pipeline("PEXPIRE k 100", "PTTL k"));
        assertEquals(
                List.of("1", Long.toString(1_800_000_000_000L - NOW)),
                client.pipeline("EXPIREAT k 1800000000", "PTTL k"));
        assertEquals(List.of("1", "7"), client.pipeline("PEXPIREAT k " + (NOW + 7), "PTTL k"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"EXPIRE", "PEXPIRE", "EXPIREAT", "PEXPIREAT"})
    void noKeyNoExpiry(String command) {
        assertEquals("0", run(command + " absent 9999999999"));
        assertEquals("0", run(command + " absent 9999999999 NX"));
        assertEquals("0", run("EXISTS absent"));
    }

    @Test
    void ttlSaysWhetherThereIsAKeyAndAnExpiry() {
        assertEquals("-2", run("TTL absent"));
        assertEquals("-2", run("PTTL absent"));
        assertEquals("-1", run("TTL k"));
        assertEquals("-1", run("PTTL k"));
    }

    @ParameterizedTest
    @CsvSource({"1, 0", "499, 0", "500, 1", "1000, 1", "1499, 1", "1500, 2", "2499, 2", "86400000, 86400"})
    void ttlIsRounded(String millis, String seconds) {
        run("PEXPIRE k " + millis);
        assertEquals(seconds, run("TTL k"));
        assertEquals(millis, run("PTTL k"));
    }

    @Test
    void aKeyIsThereUntilTheMillisecondIsOver() {
        run("PEXPIRE k 100");
        pass(99);
        assertEquals(List.of("'v'", "1"), client.pipeline("GET k", "PTTL k"));
        pass(1);
        assertEquals(List.of("'v'", "0", "0", "1"), client.pipeline("GET k", "PTTL k", "TTL k", "EXISTS k"));
        pass(1);
        assertEquals(List.of("nil", "-2", "-2", "0"), client.pipeline("GET k", "PTTL k", "TTL k", "EXISTS k"));
    }

    @Test
    void anExpiredKeyIsGoneForEveryCommand() {
        for (String command : List.of(
                "GET k",
                "EXISTS k",
                "TTL k",
                "TYPE k",
                "DEL k",
                "UNLINK k",
                "PERSIST k",
                "EXPIRE k 5",
                "KEYS *",
                "SCAN 0")) {
            client.pipeline("FLUSHALL", "SET k v PX 10");
            pass(11);
            String expected = switch (command) {
                case "GET k" -> "nil";
                case "TTL k" -> "-2";
                case "TYPE k" -> "+none";
                case "KEYS *" -> "[]";
                case "SCAN 0" -> "['0', []]";
                default -> "0";
            };
            assertEquals(expected, run(command), command);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "EXPIRE, 0",
        "EXPIRE, -1",
        "PEXPIRE, 0",
        "PEXPIRE, -1",
        "PEXPIRE, -9223372036854775808",
        "EXPIREAT, 0",
        "EXPIREAT, 1",
        "EXPIREAT, -1",
        "EXPIREAT, 1700000000",
        "PEXPIREAT, 0",
        "PEXPIREAT, -5",
        "PEXPIREAT, 1700000000123"
    })
    void aTimeThatIsOverRemovesTheKeyAtOnce(String command, String time) {
        assertEquals("1", run(command + " k " + time));
        assertEquals("0", run("EXISTS k"));
        assertEquals("0", run("DBSIZE"));
        assertEquals(engine.measuredBytes(), engine.memoryBytes());
    }

    @ParameterizedTest
    @CsvSource({
        "EXPIRE, 9223372036854775807",
        "EXPIRE, 9223372036854775",
        "EXPIRE, 9223372036854774",
        "EXPIRE, -9223372036854775808",
        "PEXPIRE, 9223372036854775807",
        "EXPIREAT, 9223372036854775807",
        "EXPIREAT, 9223372036854776",
        "EXPIREAT, -9223372036854776"
    })
    void aTimeBeyondTheRangeIsRefused(String command, String time) {
        String error = "-ERR invalid expire time in '" + command.toLowerCase(java.util.Locale.ROOT) + "' command";
        assertEquals(error, run(command + " k " + time));
        assertEquals("-1", run("PTTL k"));
        assertEquals(error, run(command + " absent " + time));
    }

    @Test
    void theLastMomentThereIsIsAllowed() {
        assertEquals("1", run("PEXPIREAT k 9223372036854775807"));
        assertEquals(Long.toString(Long.MAX_VALUE - NOW), run("PTTL k"));
        assertEquals("1", run("EXPIREAT k 9223372036854775"));
        assertEquals("1", run("PEXPIRE k " + (Long.MAX_VALUE - NOW)));
        assertEquals("1", run("PERSIST k"));
        assertEquals("-1", run("TTL k"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "x | -ERR value is not an integer or out of range",
                "1.5 | -ERR value is not an integer or out of range",
                "99999999999999999999 | -ERR value is not an integer or out of range",
                "x zz | -ERR Unsupported option zz",
                "10 zz | -ERR Unsupported option zz",
                "10 NX XX | -ERR NX and XX, GT or LT options at the same time are not compatible",
                "10 nx GT | -ERR NX and XX, GT or LT options at the same time are not compatible",
                "10 LT NX | -ERR NX and XX, GT or LT options at the same time are not compatible",
                "10 GT LT NX | -ERR NX and XX, GT or LT options at the same time are not compatible",
                "10 gt lt | -ERR GT and LT options at the same time are not compatible"
            })
    void wrongArgumentsChangeNothing(String arguments, String error) {
        for (String command : List.of("EXPIRE", "PEXPIRE", "EXPIREAT", "PEXPIREAT")) {
            assertEquals(error, run(command + " k " + arguments));
            assertEquals("-1", run("PTTL k"));
        }
    }

    @Test
    void nxOnlyWithoutAnExpiry() {
        assertEquals(List.of("1", "0", "10"), client.pipeline("EXPIRE k 10 NX", "EXPIRE k 20 NX", "TTL k"));
    }

    @Test
    void xxOnlyWithAnExpiry() {
        assertEquals(List.of("0", "-1"), client.pipeline("EXPIRE k 10 XX", "TTL k"));
        assertEquals(List.of("1", "1", "20"), client.pipeline("EXPIRE k 10", "EXPIRE k 20 xx", "TTL k"));
    }

    @Test
    void gtOnlyLaterAndForEverIsLatest() {
        assertEquals(List.of("0", "-1"), client.pipeline("EXPIRE k 10 GT", "TTL k"));
        assertEquals(
                List.of("1", "0", "0", "1", "11"),
                client.pipeline("EXPIRE k 10", "EXPIRE k 10 GT", "EXPIRE k 9 GT", "EXPIRE k 11 gt", "TTL k"));
    }

    @Test
    void ltOnlySoonerAndForEverIsLatest() {
        assertEquals(
                List.of("1", "0", "0", "1", "9"),
                client.pipeline("EXPIRE k 10 LT", "EXPIRE k 10 LT", "EXPIRE k 11 lt", "EXPIRE k 9 LT", "TTL k"));
    }

    @Test
    void xxGoesWithGtAndLt() {
        assertEquals(List.of("0", "0", "-1"), client.pipeline("EXPIRE k 10 XX GT", "EXPIRE k 10 LT XX", "TTL k"));
        assertEquals(
                List.of("1", "1", "1", "5"),
                client.pipeline("EXPIRE k 10", "EXPIRE k 20 XX GT", "EXPIRE k 5 XX LT XX", "TTL k"));
    }

    @Test
    void aConditionMayKeepAKeyFromGoing() {
        run("EXPIRE k 10");
        assertEquals(List.of("0", "0", "1"), client.pipeline("EXPIRE k -1 NX", "EXPIRE k -1 GT", "EXISTS k"));
        assertEquals(List.of("1", "0"), client.pipeline("EXPIRE k -1 LT", "EXISTS k"));
    }

    @Test
    void persistTakesTheExpiryAway() {
        assertEquals("0", run("PERSIST k"));
        assertEquals("0", run("PERSIST absent"));
        assertEquals(List.of("1", "1", "0", "-1"), client.pipeline("EXPIRE k 10", "PERSIST k", "PERSIST k", "TTL k"));
        pass(100_000);
        assertEquals("'v'", run("GET k"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"TTL", "PTTL", "PERSIST", "TTL a b", "PTTL a b", "PERSIST a b"})
    void otherwiseTheArityIsWrong(String command) {
        String name = command.split(" ", -1)[0].toLowerCase(java.util.Locale.ROOT);
        assertEquals("-ERR wrong number of arguments for '" + name + "' command", run(command));
    }

    @Test
    void expiryOfOneDatabaseIsNotAnothers() {
        client.pipeline("PEXPIRE k 10", "SELECT 1", "SET k w");
        pass(11);
        assertEquals(List.of("'w'", "-1", "+OK", "nil"), client.pipeline("GET k", "TTL k", "SELECT 0", "GET k"));
    }

    @Test
    void everyChangeOfAnExpiryIsAChange() {
        long before = engine.engine().counters().changes;
        client.pipeline("EXPIRE k 10", "EXPIRE k 10 NX", "PERSIST k", "PERSIST k", "EXPIRE absent 5", "TTL k");
        assertEquals(before + 2, engine.engine().counters().changes);
    }

    // The cycle that removes what nobody asks for

    @Test
    void theCycleRemovesExactlyWhatIsDue() {
        for (int i = 0; i < 3000; i++) {
            run("SELECT " + i % 16);
            run("SET key:" + i + " v PX " + (i % 3 + 1) * 100);
        }
        pass(201);
        engine.engine().expireCycle();
        long left = 0;
        for (int database = 0; database < 16; database++) {
            left += engine.keys(database);
        }
        assertEquals(1000 + 1, left);
        assertEquals(2000, engine.engine().counters().expired);
        assertTrue(run("INFO stats").contains("\r\nexpired_keys:2000\r\n"));
        assertEquals(engine.measuredBytes(), engine.memoryBytes());
    }

    /** With a clock that runs while the cycle works, it stops in time and goes on where it was. */
    @Test
    void theCycleStopsWhenItsTimeIsOver() {
        for (int i = 0; i < 30_000; i++) {
            run("SET key:" + i + " v PX 10");
        }
        pass(11);
        engine.ticker.slowDown(2_000_000);
        int cycles = 0;
        long before = engine.keys(0);
        while (engine.keys(0) > 1) {
            engine.engine().expireCycle();
            long after = engine.keys(0);
            assertTrue(after < before, "a cycle that removed nothing");
            before = after;
            cycles++;
        }
        assertTrue(cycles > 2, cycles + " cycles");
        assertEquals(30_000, engine.engine().counters().expired);
        assertEquals(0, engine.engine().databases().shard(0).lock.getHoldCount());
    }

    @Test
    void aCycleWithNothingToDoDoesNothing() {
        client.pipeline("EXPIRE k 10", "SET other v");
        engine.engine().expireCycle();
        assertEquals("2", run("DBSIZE"));
        assertEquals(0, engine.engine().counters().expired);
    }
}
