package io.miniredis.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code HELLO}. */
final class HelloTest extends CommandTestCase {

    private static String reply(int protocol) {
        return "{'server': 'redis', 'version': '7.0.15', 'proto': " + protocol
                + ", 'id': 1, 'mode': 'standalone', 'role': 'master', 'modules': []}";
    }

    @Test
    void withoutArgumentsItSaysWhoIsThere() {
        assertEquals(reply(2), run("HELLO"));
        assertEquals(2, client.replies.protocol());
        run("HELLO 3");
        assertEquals(reply(3), run("HELLO"));
        assertEquals(3, client.replies.protocol());
    }

    @Test
    void theProtocolChangesWithTheReplyItself() {
        assertEquals(reply(3), run("HELLO 3"));
        assertEquals(3, client.replies.protocol());
        assertEquals(3, client.session.protocol());
        assertEquals(reply(2), run("hello 2"));
        assertEquals(2, client.replies.protocol());
    }

    @Test
    void theProtocolIsThatOfTheClientAtEachRun() {
        run("HELLO 3");
        client.replies.protocol(2);
        run("PING");
        assertEquals(3, client.replies.protocol());
    }

    @Test
    void optionsComeInAnyOrder() {
        assertEquals(reply(3), run("HELLO 3 AUTH default secret SETNAME me"));
        assertEquals("'me'", run("CLIENT GETNAME"));
        assertEquals(reply(2), run("HELLO 2 setname you auth default x"));
        assertEquals("'you'", run("CLIENT GETNAME"));
        assertEquals(reply(2), run("HELLO 2 SETNAME a SETNAME b"));
        assertEquals("'b'", run("CLIENT GETNAME"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "HELLO 1 | -NOPROTO unsupported protocol version",
                "HELLO 4 | -NOPROTO unsupported protocol version",
                "HELLO 9 foo | -NOPROTO unsupported protocol version",
                "HELLO -3 | -NOPROTO unsupported protocol version",
                "HELLO x | -ERR Protocol version is not an integer or out of range",
                "HELLO 99999999999999999999 | -ERR Protocol version is not an integer or out of range",
                "HELLO SETNAME new | -ERR Protocol version is not an integer or out of range",
                "HELLO 3 foo | -ERR Syntax error in HELLO option 'foo'",
                "HELLO 3 SETNAME | -ERR Syntax error in HELLO option 'SETNAME'",
                "HELLO 3 auth default | -ERR Syntax error in HELLO option 'auth'",
                "HELLO 3 SETNAME new foo | -ERR Syntax error in HELLO option 'foo'",
                "HELLO 3 SETNAME new AUTH somebody x | -WRONGPASS invalid username-password pair or user is disabled.",
                "HELLO 3 AUTH Default x SETNAME new | -WRONGPASS invalid username-password pair or user is disabled."
            })
    void aRefusalChangesNothing(String command, String error) {
        run("CLIENT SETNAME old");
        assertEquals(error, run(command));
        assertEquals("'old'", run("CLIENT GETNAME"));
        assertEquals(2, client.session.protocol());
        assertEquals(2, client.replies.protocol());
    }

    @Test
    void aNameIsCheckedAsInClientSetname() {
        assertEquals(
                "-ERR Client names cannot contain spaces, newlines or special characters.",
                client.send("HELLO", "3", "SETNAME", "a b"));
        assertEquals(2, client.session.protocol());
        assertEquals(reply(3), client.send("HELLO", "3", "SETNAME", ""));
        assertEquals("nil", run("CLIENT GETNAME"));
    }

    @Test
    void aHandshakeMayBePipelined() {
        assertEquals(
                List.of(reply(3), "+OK", "+OK", "+PONG"),
                client.pipeline(
                        "HELLO 3 SETNAME app", "CLIENT SETINFO LIB-NAME jedis", "CLIENT SETINFO LIB-VER 8", "PING"));
    }
}
