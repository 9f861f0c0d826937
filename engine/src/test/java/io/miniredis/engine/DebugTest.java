package io.miniredis.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** {@code DEBUG}. */
final class DebugTest extends CommandTestCase {
    DebugTest() {
        super(TestEngine.create().set("enable-debug-command", "local"));
    }

    @Test
    void isRefusedUnlessAllowed() {
        try (TestEngine other = TestEngine.started()) {
            assertEquals(
                    "-ERR DEBUG command not allowed. If the enable-debug-command option is set to \"local\", you can"
                            + " run it from a local connection, otherwise you need to set this option in the"
                            + " configuration file, and then restart the server.",
                    other.connect().run("DEBUG HELP"));
        }
    }

    @Test
    void objectSaysWhatIsKnownAndIsNoUse() {
        run("SET k v");
        pass(3000);
        String said = run("DEBUG OBJECT k");
        assertTrue(
                said.matches(
                        "\\+Value at:0x[0-9a-f]+ refcount:1 encoding:raw serializedlength:14 lru:\\d+ lru_seconds_idle:3"),
                said);
        assertEquals("-ERR no such key", run("DEBUG OBJECT absent"));
        assertEquals(
                "-ERR unknown subcommand or wrong number of arguments for 'object'. Try DEBUG HELP.",
                run("DEBUG object"));
    }

    @Test
    void expiryCanBeLeftToWhoeverAsks() {
        run("SET k v PX 10");
        assertEquals("+OK", run("DEBUG SET-ACTIVE-EXPIRE 0"));
        pass(20);
        engine.engine().expireCycle();
        assertEquals("1", run("DBSIZE"));
        assertEquals("nil", run("GET k"));
        run("SET k v PX 10");
        assertEquals("+OK", run("DEBUG SET-ACTIVE-EXPIRE 1"));
        pass(20);
        engine.engine().expireCycle();
        assertEquals("0", run("DBSIZE"));
    }

    @Test
    void sleepTakesAnyNumber() {
        assertEquals("+OK", run("DEBUG SLEEP 0"));
        assertEquals("+OK", run("DEBUG SLEEP x"));
        assertEquals("+OK", run("DEBUG SLEEP -1"));
    }
}
