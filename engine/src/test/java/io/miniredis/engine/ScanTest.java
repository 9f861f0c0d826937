package io.miniredis.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code SCAN}. */
final class ScanTest {

    /** A full iteration. Returns the keys in the order in which they came. */
    private static List<String> scanAll(TestClient client, String options, IntConsumer betweenSteps) {
        List<String> keys = new ArrayList<>();
        Set<String> cursors = new HashSet<>();
        String cursor = "0";
        int steps = 0;
        do {
            String reply = client.run("SCAN " + cursor + options);
            assertTrue(reply.startsWith("['") && reply.endsWith("]]"), reply);
            int comma = reply.indexOf(',');
            cursor = reply.substring(2, comma - 1);
            String list = reply.substring(comma + 3, reply.length() - 2);
            if (!list.isEmpty()) {
                for (String key : list.split(", ", -1)) {
                    keys.add(key.substring(1, key.length() - 1));
                }
            }
            assertTrue(cursors.add(cursor), "the cursor " + cursor + " came twice");
            betweenSteps.accept(steps++);
        } while (!cursor.equals("0"));
        return keys;
    }

    private static List<String> scanAll(TestClient client, String options) {
        return scanAll(client, options, step -> {});
    }

    private static TestEngine engine(String threads) {
        return TestEngine.create().set("io-threads", threads).start();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "4"})
    void aQuietDatabaseIsSeenOnceWhateverTheCount(String threads) {
        try (TestEngine engine = engine(threads)) {
            TestClient client = engine.connect();
            assertEquals("['0', []]", client.run("SCAN 0 COUNT 1000000"));
            Set<String> all = new TreeSet<>();
            for (int i = 0; i < 2500; i++) {
                client.run("SET key:" + i + " v");
                all.add("key:" + i);
            }
            client.pipeline("SELECT 1", "SET elsewhere v", "SELECT 0");
            for (String count : List.of("", " COUNT 1", " COUNT 7", " COUNT 999", " COUNT 9223372036854775807")) {
                List<String> keys = scanAll(client, count);
                assertEquals(2500, keys.size(), count);
                assertEquals(all, new TreeSet<>(keys), count);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "4"})
    void anEmptyDatabaseIsDoneSoon(String threads) {
        try (TestEngine engine = engine(threads)) {
            List<Integer> steps = new ArrayList<>();
            assertEquals(List.of(), scanAll(engine.connect(), "", steps::add));
            assertTrue(steps.size() <= 20, steps.size() + " steps");
        }
    }

    @Test
    void aStepReturnsAboutAsManyAsAsked() {
        try (TestEngine engine = engine("1")) {
            TestClient client = engine.connect();
            for (int i = 0; i < 5000; i++) {
                client.run("SET key:" + i + " v");
            }
            int ten = client.run("SCAN 0").split(", ", -1).length - 1;
            assertTrue(ten >= 10 && ten < 20, ten + " keys");
            int hundred = client.run("SCAN 0 COUNT 100").split(", ", -1).length - 1;
            assertTrue(hundred >= 100 && hundred < 115, hundred + " keys");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "4"})
    void whoStaysIsSeenWhoeverComesAndGoes(String threads) {
        try (TestEngine engine = engine(threads)) {
            TestClient client = engine.connect();
            TestClient other = engine.connect();
            for (int i = 0; i < 300; i++) {
                client.run("SET stay:" + i + " v");
            }
            List<String> keys = scanAll(client, " COUNT 3", step -> {
                for (int i = 0; i < 30; i++) {
                    int guest = step * 30 + i;
                    boolean coming = step < 60;
                    other.run(coming ? "SET guest:" + guest + " v" : "DEL guest:" + (guest - 1800));
                }
            });
            Set<String> seen = new TreeSet<>(keys);
            for (int i = 0; i < 300; i++) {
                assertTrue(seen.contains("stay:" + i), "stay:" + i);
            }
        }
    }

    @Test
    void matchAndTypeFilterWhatIsReturned() {
        try (TestEngine engine = engine("1")) {
            TestClient client = engine.connect();
            for (int i = 0; i < 100; i++) {
                client.pipeline("SET s:" + i + " v", "PUSH b:" + i + " x");
            }
            assertEquals(11, scanAll(client, " MATCH s:9*").size());
            assertEquals(100, scanAll(client, " TYPE bag").size());
            assertEquals(100, scanAll(client, " type BAG").size());
            assertEquals(0, scanAll(client, " TYPE hash").size());
            assertEquals(11, scanAll(client, " COUNT 1000 TYPE bag MATCH ?:9*").size());
            assertEquals(1, scanAll(client, " MATCH * COUNT 5 MATCH s:7").size());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "4"})
    void expiredKeysThatMatchAreRemovedWhateverTheirType(String threads) {
        try (TestEngine engine = engine(threads)) {
            TestClient client = engine.connect();
            client.pipeline("SET stays v", "SET other v", "SET out v", "PUSH outside v");
            client.pipeline("PEXPIRE other 5", "PEXPIRE out 5", "PEXPIRE outside 5");
            engine.ticker.advanceMillis(6);
            assertEquals(List.of(), scanAll(client, " MATCH out* TYPE nosuch"));
            assertEquals("2", client.run("DBSIZE"));
            assertEquals(List.of("stays"), scanAll(client, ""));
            assertEquals("1", client.run("DBSIZE"));
            assertEquals(3, engine.engine().counters().expired);
        }
    }

    @Test
    void expiredKeysAreNotReturned() {
        try (TestEngine engine = engine("1")) {
            TestClient client = engine.connect();
            client.pipeline("SET a v PX 10", "SET b v");
            engine.ticker.advanceMillis(11);
            assertEquals(List.of("b"), scanAll(client, ""));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "x | -ERR invalid cursor",
                "1x | -ERR invalid cursor",
                "1.5 | -ERR invalid cursor",
                "18446744073709551616 | -ERR invalid cursor",
                "- | -ERR invalid cursor",
                "x foo | -ERR invalid cursor",
                "0 COUNT 0 | -ERR syntax error",
                "0 COUNT -1 | -ERR syntax error",
                "0 COUNT x | -ERR value is not an integer or out of range",
                "0 COUNT 9223372036854775808 | -ERR value is not an integer or out of range",
                "0 COUNT | -ERR syntax error",
                "0 MATCH | -ERR syntax error",
                "0 TYPE | -ERR syntax error",
                "0 foo bar | -ERR syntax error",
                "0 COUNT 5 foo | -ERR syntax error"
            })
    void wrongArgumentsAreRefused(String arguments, String error) {
        try (TestEngine engine = engine("1")) {
            assertEquals(error, engine.connect().run("SCAN " + arguments));
        }
    }

    /** Cursors that no reply gave, but that Redis takes for numbers. */
    @ParameterizedTest
    @ValueSource(strings = {"18446744073709551615", "-1", "9223372036854775808", "4294967296"})
    void aCursorBeyondTheEndIsTheEnd(String cursor) {
        try (TestEngine engine = engine("1")) {
            TestClient client = engine.connect();
            client.run("SET k v");
            assertEquals("['0', []]", client.run("SCAN " + cursor));
        }
    }

    @Test
    void anEmptyCursorIsTheBeginning() {
        try (TestEngine engine = engine("1")) {
            TestClient client = engine.connect();
            client.run("SET k v");
            assertEquals("['0', ['k']]", client.send("SCAN", "", "COUNT", "100"));
            assertEquals("['0', ['k']]", client.send("SCAN", "+0", "COUNT", "100"));
            assertEquals("-ERR invalid cursor", client.send("SCAN", " 0"));
            assertEquals("-ERR wrong number of arguments for 'scan' command", client.run("SCAN"));
        }
    }
}
