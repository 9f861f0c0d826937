package io.miniredis.commands.strings;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

final class SetrangeTest extends CommandTest {
    @Test
    void overwritesAPart() {
        send("SET", "k", "Hello World");
        assertEquals("11", send("SETRANGE", "k", "6", "Redis"));
        assertEquals("'Hello Redis'", send("GET", "k"));
    }

    @Test
    void zerosComeInBetween() {
        assertEquals("5", send("SETRANGE", "k", "3", "ab"));
        assertEquals("'\u0000\u0000\u0000ab'", send("GET", "k"));
    }

    @Test
    void nothingToWriteChangesNothing() {
        assertEquals("0", send("SETRANGE", "k", "3", ""));
        assertEquals("0", send("EXISTS", "k"));
        send("SET", "k", "abc");
        assertEquals("3", send("SETRANGE", "k", "100", ""));
    }

    @Test
    void theOffsetIsNotNegative() {
        send("SET", "k", "v");
        assertRefused("-ERR offset is out of range", "k", "SETRANGE", "k", "-1", "x");
        assertRefused(NOT_AN_INTEGER, "k", "SETRANGE", "k", "a", "x");
    }

    @Test
    void theLengthHasALimit() {
        send("SET", "k", "v");
        assertRefused(
                "-ERR string exceeds maximum allowed size (proto-max-bulk-len)",
                "k",
                "SETRANGE",
                "k",
                "536870912",
                "x");
    }

    @Test
    void aReplyThatIsBeingSentStaysAsItWas() {
        String before = "x".repeat(200_000);
        send("SET", "k", before);
        assertEquals(
                List.of("'" + before + "'", "200000", "'" + "y" + before.substring(1) + "'"),
                client.pipeline("GET k", "SETRANGE k 0 y", "GET k"));
    }

    @Test
    void anotherTypeIsRefused() {
        send("TESTKIT.OTHER", "k");
        assertRefused(WRONG_TYPE, "k", "SETRANGE", "k", "0", "x");
    }
}
