package io.miniredis.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code OBJECT IDLETIME}, and what counts as a use. */
final class IdleTimeTest extends CommandTestCase {

    @Test
    void secondsSinceTheLastUse() {
        client.pipeline("SET s 1", "PUSH b x");
        client.send("SET", "large", "v".repeat(5000));
        pass(7000);
        assertEquals(
                List.of("7", "7", "7", "nil"),
                client.pipeline(
                        "OBJECT IDLETIME s", "OBJECT IDLETIME b", "OBJECT IDLETIME large", "OBJECT IDLETIME absent"));
        client.run("GET s");
        client.run("GET large");
        pass(2000);
        assertEquals(List.of("2", "9", "2"), idle("s", "b", "large"));
        assertEquals(engine.measuredBytes(), engine.memoryBytes());
    }

    private List<String> idle(String... keys) {
        return List.of(keys).stream().map(key -> run("OBJECT IDLETIME " + key)).toList();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "EXISTS k",
                "TYPE k",
                "TTL k",
                "PTTL k",
                "EXPIRETIME k",
                "OBJECT ENCODING k",
                "OBJECT REFCOUNT k",
                "OBJECT IDLETIME k",
                "MEMORY USAGE k",
                "KEYS *",
                "SCAN 0 TYPE string",
                "RANDOMKEY"
            })
    void lookingIsNoUse(String command) {
        client.run("SET k v");
        pass(5000);
        client.run(command);
        assertEquals("5", run("OBJECT IDLETIME k"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET k",
                "SET k w",
                "TOUCH k",
                "EXPIRE k 100",
                "EXPIRE k 100 XX",
                "PERSIST k",
                "DUMP k",
                "COPY k l",
                "RESTORE k 0 x"
            })
    void anythingElseIs(String command) {
        client.run("SET k v");
        pass(5000);
        client.run(command);
        assertEquals("0", run("OBJECT IDLETIME k"));
    }

    @Test
    void whatMovesHasJustBeenUsed() {
        client.run("SET k v");
        pass(5000);
        client.run("RENAME k l");
        assertEquals("0", run("OBJECT IDLETIME l"));
    }

    @Test
    void timeBeginsAgainAfter24Bits() {
        assertEquals(0, AccessTime.at((1L << 24) * 1000));
        assertEquals(5, AccessTime.between(AccessTime.MASK - 3, 2));
        assertEquals(7, AccessTime.before(10, 3));
        assertEquals(0, AccessTime.between(5000, 4999));
        assertEquals(0, AccessTime.between(5000, 5000 - 3599));
        assertEquals(AccessTime.MASK - 3600, AccessTime.between(5000, 5000 - 3600));
        assertEquals(11, AccessTime.between(AccessTime.before(10, 11), 10));
    }
}
