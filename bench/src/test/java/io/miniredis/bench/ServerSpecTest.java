package io.miniredis.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

final class ServerSpecTest {

    @Test
    void commandIsSplitAtBlanksOutsideOfQuotes() {
        ServerSpec spec = ServerSpec.parse("redis=a/redis-server  --port {port} --save '' --title \"x y\"z");
        assertEquals("redis", spec.name());
        assertEquals(List.of("a/redis-server", "--port", "7", "--save", "", "--title", "x yz"), spec.commandOn(7));
    }

    @Test
    void commandMayContainEqualsSigns() {
        assertEquals(
                List.of("env", "A=b", "run", "1"),
                ServerSpec.parse("x=env A=b run {port}").commandOn(1));
    }

    @Test
    void whatIsIncompleteIsRefused() {
        assertThrows(BenchFailure.class, () -> ServerSpec.parse("run {port}"));
        assertThrows(BenchFailure.class, () -> ServerSpec.parse("x=run"));
        assertThrows(BenchFailure.class, () -> ServerSpec.parse("x=run '{port}"));
    }
}
