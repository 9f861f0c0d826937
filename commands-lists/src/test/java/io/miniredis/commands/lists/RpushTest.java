package io.miniredis.commands.lists;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RpushTest extends CommandTest {
    @Test
    void lastArgumentEndsUpLast() {
        assertEquals("3", send("RPUSH", "l", "a", "b", "c"));
        assertEquals("['a', 'b', 'c']", send("LRANGE", "l", "0", "-1"));
    }

    @Test
    void addsToWhatIsThere() {
        send("RPUSH", "l", "a", "b", "c");
        assertEquals("4", send("RPUSH", "l", "d"));
        assertEquals("['a', 'b', 'c', 'd']", send("LRANGE", "l", "0", "-1"));
    }

    @Test
    void makesTheListIfThereIsNone() {
        assertEquals("1", send("RPUSH", "l", ""));
        assertEquals("+list", send("TYPE", "l"));
        assertEquals("['']", send("LRANGE", "l", "0", "-1"));
    }

    @Test
    void theExpiryStays() {
        send("RPUSH", "l", "a");
        send("EXPIRE", "l", "100");
        send("RPUSH", "l", "b");
        assertEquals("100", send("TTL", "l"));
    }

    @Test
    void anExpiredListBeginsAnew() {
        send("RPUSH", "l", "old");
        send("PEXPIRE", "l", "5");
        server.advance(Duration.ofMillis(6));
        assertEquals("1", send("RPUSH", "l", "new"));
        assertEquals("-1", send("TTL", "l"));
    }

    @Test
    void anyBytesAreAnElement() {
        send("RPUSH", "l", "\u0000\r\n\u00ff");
        assertEquals("['\u0000\r\n\u00ff']", send("LRANGE", "l", "0", "-1"));
    }

    @ParameterizedTest
    @ValueSource(ints = {63, 64, 127, 128, 4070, 4071, 8192, 1 << 20})
    void elementsOfAnyLengthAreKept(int length) {
        String element = "0123456789".repeat(length / 10 + 1).substring(0, length);
        assertEquals("3", send("RPUSH", "l", element, element, "end"));
        assertEquals("['" + element + "']", send("LRANGE", "l", "1", "1"));
    }

    @Test
    void aThousandElementsAtOnce() {
        String[] request = new String[1_002];
        request[0] = "RPUSH";
        request[1] = "l";
        for (int i = 0; i < 1_000; i++) {
            request[i + 2] = "element:" + i;
        }
        assertEquals("1000", send(request));
        assertEquals("['element:0']", send("LRANGE", "l", "0", "0"));
        assertEquals("['element:999']", send("LRANGE", "l", "-1", "-1"));
    }

    @Test
    void anotherTypeIsRefused() {
        send("TESTKIT.OTHER", "l");
        assertEquals(WRONG_TYPE, send("RPUSH", "l", "a"));
        assertEquals("+other", send("TYPE", "l"));
    }

    @Test
    void takesOneElementAtLeast() {
        assertRefused("-ERR wrong number of arguments for 'rpush' command", "l", "RPUSH", "l");
    }
}
