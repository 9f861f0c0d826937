package io.miniredis.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.miniredis.api.eviction.EvictionPolicy;
import io.miniredis.api.eviction.EvictionSetup;
import io.miniredis.api.eviction.Evictor;
import java.util.List;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code OBJECT FREQ} and what else is different under a policy that counts uses. */
final class FrequencyTest extends CommandTestCase {
    private static final String NOTE = " Please note that when switching between policies at runtime LRU and LFU data"
            + " will take some time to adjust.";
    private static final String NO_FREQUENCY =
            "-ERR An LFU maxmemory policy is not selected, access frequency not tracked." + NOTE;
    private static final String NO_IDLE_TIME =
            "-ERR An LFU maxmemory policy is selected, idle time not tracked." + NOTE;

    FrequencyTest() {
        super(TestEngine.create().add(new Counting()).set("maxmemory-policy", "allkeys-counting"));
    }

    /** Counts each use, beginning with what a directive says, and cannot tell 13. */
    private static final class Counting implements EvictionPolicy {
        @Override
        public String name() {
            return "counting";
        }

        @Override
        public boolean countsUses() {
            return true;
        }

        @Override
        public Evictor create(EvictionSetup setup) {
            LongSupplier first = setup.number("maxmemory-samples", -1);
            return new Evictor() {
                @Override
                public int onInsert(long keyHash) {
                    return (int) first.getAsLong();
                }

                @Override
                public int onAccess(long keyHash, int bits) {
                    return bits + 1;
                }

                @Override
                public long rank(long keyHash, int bits, long expiresAtMillis) {
                    return -bits;
                }

                @Override
                public int frequency(int bits) {
                    if (bits == 13) {
                        throw new IllegalStateException("oops");
                    }
                    return bits;
                }

                @Override
                public int withFrequency(int bits, int frequency) {
                    return frequency;
                }
            };
        }
    }

    /** What DUMP answers for the key k, byte by byte. */
    private String dumped() {
        return TestClient.unescaped(run("DUMP k"));
    }

    private String frequency(String key) {
        return run("OBJECT FREQ " + key);
    }

    @Test
    void usesAreCountedEvenWithoutALimit() {
        client.pipeline("SET k v", "GET k", "GET k", "SET k w");
        assertEquals("8", frequency("k"));
        assertEquals("nil", frequency("absent"));
        assertEquals(engine.measuredBytes(), engine.memoryBytes());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "EXISTS k",
                "TYPE k",
                "TTL k",
                "OBJECT ENCODING k",
                "OBJECT FREQ k",
                "OBJECT IDLETIME k",
                "MEMORY USAGE k",
                "SCAN 0"
            })
    void lookingIsNoUse(String command) {
        client.run("SET k v");
        client.run(command);
        assertEquals("5", frequency("k"));
    }

    @ParameterizedTest
    @CsvSource({
        "GET k, 6",
        "SET k w, 6",
        "EXPIRE k 100 NX, 6",
        "TOUCH k, 6",
        "TOUCH k k, 7",
        "COPY k l, 6",
        "DEL k j, nil",
        "RENAMENX k j, 6"
    })
    void aCommandIsOneUseForEachTimeItNamesTheKey(String command, String expected) {
        client.pipeline("SET k v", "SET j v", command);
        assertEquals(expected, frequency("k"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"RENAME k l", "MOVE k 1", "RENAME k k"})
    void whatMovesKeepsItsFrequency(String command) {
        client.pipeline("SET k v", "GET k", "GET k", command);
        if (command.startsWith("MOVE")) {
            client.run("SELECT 1");
        }
        assertEquals("8", frequency(command.equals("RENAME k l") ? "l" : "k"));
    }

    @Test
    void aCopyStartsAfresh() {
        client.pipeline("SET k v", "GET k", "COPY k l");
        assertEquals("5", frequency("l"));
        assertEquals("7", frequency("k"));
    }

    @Test
    void idleTimeIsRefused() {
        client.run("SET k v");
        assertEquals(NO_IDLE_TIME, run("OBJECT IDLETIME k"));
        assertEquals("nil", run("OBJECT IDLETIME absent"));
    }

    @Test
    void otherPoliciesTellTheIdleTimeAndNoFrequency() {
        client.run("SET k v");
        for (String policy : List.of("noeviction", "volatile-ttl", "allkeys-random")) {
            client.run("CONFIG SET maxmemory-policy " + policy);
            assertEquals(NO_FREQUENCY, frequency("k"));
            assertEquals("nil", frequency("absent"));
            assertEquals("0", run("OBJECT IDLETIME k"));
        }
    }

    @Test
    void thePolicyReadsDirectivesAsTheyAreSet() {
        client.pipeline("SET a v", "CONFIG SET maxmemory-samples 9", "SET b v");
        assertEquals(List.of("5", "9"), List.of(frequency("a"), frequency("b")));
    }

    @Test
    void restoreSetsTheFrequency() {
        client.run("SET k v");
        String[] restore = {"RESTORE", "k", "0", dumped(), "REPLACE", "FREQ", "77"};
        assertEquals("+OK", client.send(restore));
        assertEquals("77", frequency("k"));
        restore[5] = "IDLETIME";
        assertEquals("+OK", client.send(restore));
        assertEquals("5", frequency("k"));
        client.run("CONFIG SET maxmemory-policy noeviction");
        assertEquals("0", run("OBJECT IDLETIME k"));
    }

    @Test
    void withoutSuchAPolicyRestoreSetsTheIdleTimeAlone() {
        client.run("CONFIG SET maxmemory-policy noeviction");
        client.run("SET k v");
        String[] restore = {"RESTORE", "k", "0", dumped(), "REPLACE", "FREQ", "77"};
        assertEquals("+OK", client.send(restore));
        client.run("CONFIG SET maxmemory-policy allkeys-counting");
        assertEquals("5", frequency("k"));
    }

    @Test
    void aPolicyThatFailsTracksNothing() {
        client.run("SET k v");
        client.send("RESTORE", "k", "0", dumped(), "REPLACE", "FREQ", "13");
        try (LogCapture log = new LogCapture()) {
            assertEquals(NO_FREQUENCY, frequency("k"));
            assertEquals(List.of("java.lang.IllegalStateException"), log.thrown());
        }
        assertEquals("0", run("OBJECT IDLETIME k"));
    }

    @Test
    void withALimitTheLeastUsedGoes() {
        engine.settings.set("maxmemory-samples", "64");
        client.pipeline("SET a v", "SET b v", "SET c v", "GET a", "GET c");
        client.run("CONFIG SET maxmemory " + (engine.memoryBytes() - 1));
        client.run("PING");
        assertEquals("2", run("EXISTS a c"));
        assertEquals("0", run("EXISTS b"));
    }
}
