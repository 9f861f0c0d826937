package io.miniredis.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code AUTH}, {@code HELLO ... AUTH} and {@code requirepass}. */
final class AuthTest extends CommandTestCase {
    private static final String NOAUTH = "-NOAUTH Authentication required.";
    private static final String WRONGPASS = "-WRONGPASS invalid username-password pair or user is disabled.";

    private TestClient stranger() {
        run("CONFIG SET requirepass secret");
        return engine.connect();
    }

    @Test
    void withoutAPasswordAnyoneMayDoAnything() {
        assertTrue(client.session.authenticated());
        assertEquals(
                "-ERR AUTH <password> called without any password configured for the default user. Are you sure your"
                        + " configuration is correct?",
                run("AUTH x"));
        assertEquals("+OK", run("AUTH default x"));
        assertEquals(WRONGPASS, run("AUTH nobody x"));
        assertEquals("'default'", run("ACL WHOAMI"));
        assertEquals("-ERR wrong number of arguments for 'auth' command", run("AUTH"));
        assertEquals("-ERR syntax error", run("AUTH a b c"));
    }

    @Test
    void aStrangerMayOnlySayWhoItIs() {
        TestClient stranger = stranger();
        assertFalse(stranger.session.authenticated());
        assertEquals(NOAUTH, stranger.run("PING"));
        assertEquals(NOAUTH, stranger.run("SET k v"));
        assertEquals("nil", run("GET k"));
        assertEquals(WRONGPASS, stranger.run("AUTH wrong"));
        assertEquals(List.of("+OK", "+PONG"), stranger.pipeline("AUTH secret", "PING"));
        assertTrue(stranger.session.authenticated());
    }

    @Test
    void whatIsNoCommandIsSaidToAStrangerToo() {
        TestClient stranger = stranger();
        assertEquals("-ERR unknown command 'NOSUCH', with args beginning with: ", stranger.run("NOSUCH"));
        assertEquals("-ERR wrong number of arguments for 'get' command", stranger.run("GET"));
        assertEquals("-ERR unknown subcommand 'NOSUCH'. Try CONFIG HELP.", stranger.run("CONFIG NOSUCH"));
        assertEquals(
                "-EXECABORT Transaction discarded because of: NOAUTH Authentication required.", stranger.run("EXEC"));
        assertEquals("+OK", stranger.run("QUIT"));
    }

    @Test
    void helloWantsToKnowWhoIsThere() {
        TestClient stranger = stranger();
        String refusal = "-NOAUTH HELLO must be called with the client already authenticated, otherwise the HELLO AUTH"
                + " <user> <pass> option can be used to authenticate the client and select the RESP protocol version at the"
                + " same time";
        assertEquals(refusal, stranger.run("HELLO"));
        assertEquals(refusal, stranger.run("HELLO 3 SETNAME me"));
        assertEquals("-NOPROTO unsupported protocol version", stranger.run("HELLO 4"));
        assertEquals(WRONGPASS, stranger.run("HELLO 3 AUTH default wrong"));
        assertEquals(2, stranger.session.protocol());
        assertTrue(stranger.run("HELLO 3 AUTH default secret SETNAME me").startsWith("{'server': 'redis'"));
        assertEquals("'me'", stranger.run("CLIENT GETNAME"));
        assertEquals(3, stranger.session.protocol());
    }

    @Test
    void aRefusedHelloAuthenticatesNobody() {
        TestClient stranger = stranger();
        assertEquals("-ERR Syntax error in HELLO option 'NOSUCH'", stranger.run("HELLO 3 AUTH default secret NOSUCH"));
        assertEquals(NOAUTH, stranger.run("PING"));
    }

    @Test
    void whoWasThereBeforeThePasswordStays() {
        TestClient stranger = stranger();
        assertEquals("+PONG", run("PING"));
        assertEquals(NOAUTH, stranger.run("PING"));
        run("CONFIG SET requirepass x");
        assertEquals(WRONGPASS, stranger.run("AUTH secret"));
        assertEquals("+OK", client.send("CONFIG", "SET", "requirepass", ""));
        assertEquals("+PONG", stranger.run("PING"));
    }

    @Test
    void thePasswordIsShownAsItWasGiven() {
        run("CONFIG SET requirepass secret");
        assertEquals("{'requirepass': 'secret'}", run("CONFIG GET requirepass"));
        assertEquals("+OK", run("ACL SETUSER default nopass"));
        assertEquals("{'requirepass': 'secret'}", run("CONFIG GET requirepass"));
        run("CONFIG SET requirepass secret"); // as before, so it changes nothing
        assertEquals("+PONG", engine.connect().run("PING"));
    }

    @Test
    void thePasswordCountsFromTheStart() {
        try (TestEngine closed = TestEngine.create().set("requirepass", "pw").start()) {
            TestClient stranger = closed.connect();
            assertEquals(NOAUTH, stranger.run("PING"));
            assertEquals("+OK", stranger.run("AUTH default pw"));
        }
    }

    @Test
    void aUserThatIsOffCannotAuthenticate() {
        assertEquals("+OK", run("ACL SETUSER bob >pw +ping"));
        assertEquals(WRONGPASS, run("AUTH bob pw"));
        run("ACL SETUSER bob on");
        assertEquals(List.of("+OK", "+PONG"), client.pipeline("AUTH bob pw", "PING"));
        assertEquals("-NOPERM this user has no permissions to run the 'acl|whoami' command", run("ACL WHOAMI"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"pw", "#", "\u00ff\u0000", ""})
    void aPasswordIsAnyBytes(String password) {
        assertEquals("+OK", client.send("ACL", "SETUSER", "bob", "on", ">" + password));
        assertEquals("+OK", client.send("AUTH", "bob", password));
        assertEquals(WRONGPASS, client.send("AUTH", "bob", password + " "));
    }

    @Test
    void whoseUserNeedsAPasswordNowButNotThenMayGoOn() {
        run("ACL SETUSER default off");
        TestClient stranger = engine.connect();
        assertEquals(NOAUTH, stranger.run("PING"));
        assertEquals("+PONG", run("PING"));
        run("ACL SETUSER default on");
        assertEquals("+PONG", stranger.run("PING"));
    }

    @Test
    void clientListNamesTheUser() {
        run("ACL SETUSER bob on nopass +client");
        run("AUTH bob x");
        assertTrue(run("CLIENT INFO").contains(" user=bob "));
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.1", "[2001:db8::1]", "192.168.127.1"})
    void clientsFromElsewhereAreRefusedWhereAnybodyMayDoAnything(String address) {
        FakeConnection connection = new FakeConnection(1);
        connection.address = address;
        assertNull(engine.engine().connected(connection));
        assertTrue(engine.engine().refusal(connection).startsWith("DENIED Redis is running in protected mode"));
        run("CONFIG SET protected-mode no");
        assertNotNull(engine.engine().connected(connection));
        run("CONFIG SET protected-mode yes");
        assertNull(engine.engine().connected(connection));
        run("CONFIG SET requirepass x");
        assertNotNull(engine.engine().connected(connection));
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.9.9.9", "[::1]", "[0:0:0:0:0:0:0:1]"})
    void clientsOfThisMachineAreNot(String address) {
        FakeConnection connection = new FakeConnection(1);
        connection.address = address;
        assertNotNull(engine.engine().connected(connection));
    }
}
