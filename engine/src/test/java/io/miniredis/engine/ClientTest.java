package io.miniredis.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code CLIENT} and its subcommands. */
final class ClientTest extends CommandTestCase {
    private static final String BAD_NAME = "-ERR Client names cannot contain spaces, newlines or special characters.";

    /** A line of CLIENT LIST with what varies. */
    private static String line(int id, String name, int age, int idle, int database, String command, int protocol) {
        return "id=" + id + " addr=127.0.0.1:" + (49_999 + id) + " laddr=127.0.0.1:7777 fd=-1 name=" + name + " age="
                + age + " idle=" + idle + " flags=N db=" + database
                + " sub=0 psub=0 ssub=0 multi=-1 qbuf=26 qbuf-free=1000 argv-mem=0 multi-mem=0 rbs=0 rbp=0 obl=5"
                + " oll=0 omem=5 tot-mem=1031 events=r cmd=" + command + " user=default redir=-1 resp=" + protocol;
    }

    @Test
    void idsAreGivenInOrderAndNotAgain() {
        assertEquals("1", run("CLIENT ID"));
        TestClient second = engine.connect();
        assertEquals("2", second.run("CLIENT ID"));
        second.session.disconnected();
        assertEquals("3", engine.connect().run("CLIENT ID"));
    }

    @Test
    void aNameIsKeptUntilItIsTakenAway() {
        assertEquals("nil", run("CLIENT GETNAME"));
        assertEquals("+OK", run("CLIENT SETNAME worker-1"));
        assertEquals("'worker-1'", run("CLIENT GETNAME"));
        assertEquals("+OK", client.send("CLIENT", "SETNAME", ""));
        assertEquals("nil", run("CLIENT GETNAME"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", " ", "a\n", "\u00e9", "\0", "\u007f"})
    void aNameIsPrintable(String name) {
        run("CLIENT SETNAME old");
        assertEquals(BAD_NAME, client.send("CLIENT", "SETNAME", name));
        assertEquals("'old'", run("CLIENT GETNAME"));
    }

    @Test
    void everyPrintableCharacterMayBeInAName() {
        StringBuilder all = new StringBuilder();
        for (char c = '!'; c <= '~'; c++) {
            all.append(c);
        }
        assertEquals("+OK", client.send("CLIENT", "SETNAME", all.toString()));
        assertEquals("'" + all + "'", run("CLIENT GETNAME"));
    }

    @Test
    void infoIsOneLineInRedissOrder() {
        assertEquals("txt:" + line(1, "", 0, 0, 0, "client|info", 2) + "\n", run("CLIENT INFO"));
        run("CLIENT SETNAME me");
        run("HELLO 3");
        run("SELECT 7");
        pass(12_345);
        assertEquals("txt:" + line(1, "me", 12, 0, 7, "client|info", 3) + "\n", run("CLIENT INFO"));
    }

    @Test
    void setinfoIsShownAtTheEnd() {
        assertEquals("+OK", run("CLIENT SETINFO LIB-NAME jedis(meta)"));
        assertEquals("+OK", run("CLIENT SETINFO lib-ver 8.0.2"));
        assertEquals(
                "txt:" + line(1, "", 0, 0, 0, "client|info", 2) + " lib-name=jedis(meta) lib-ver=8.0.2\n",
                run("CLIENT INFO"));
        assertEquals("+OK", client.send("CLIENT", "SETINFO", "LIB-NAME", ""));
        assertEquals("txt:" + line(1, "", 0, 0, 0, "client|info", 2) + " lib-ver=8.0.2\n", run("CLIENT INFO"));
    }

    @Test
    void setinfoRefusesWhatItDoesNotKnow() {
        assertEquals("-ERR Unrecognized option 'LIB-COLOUR'", run("CLIENT SETINFO LIB-COLOUR red"));
        assertEquals(
                "-ERR lib-Name cannot contain spaces, newlines or special characters.",
                client.send("CLIENT", "SETINFO", "lib-Name", "a b"));
        assertEquals("-ERR wrong number of arguments for 'client|setinfo' command", run("CLIENT SETINFO LIB-NAME"));
        assertEquals("txt:" + line(1, "", 0, 0, 0, "client|info", 2) + "\n", run("CLIENT INFO"));
    }

    @Test
    void listShowsAllClientsInOrder() {
        TestClient second = engine.connect();
        TestClient third = engine.connect();
        pass(3000);
        third.run("GET k");
        pass(2000);
        assertEquals(
                "txt:" + line(1, "", 5, 0, 0, "client|list", 2) + "\n" + line(2, "", 5, 5, 0, "NULL", 2) + "\n"
                        + line(3, "", 5, 2, 0, "get", 2) + "\n",
                run("CLIENT LIST"));
        second.session.disconnected();
        assertEquals(
                "txt:" + line(1, "", 5, 0, 0, "client|list", 2) + "\n" + line(3, "", 5, 2, 0, "get", 2) + "\n",
                run("CLIENT LIST TYPE normal"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"master", "REPLICA", "slave", "PubSub"})
    void listOfOtherTypesIsEmpty(String type) {
        assertEquals("txt:", run("CLIENT LIST TYPE " + type));
    }

    @Test
    void listShowsTheWantedIds() {
        engine.connect();
        engine.connect();
        String one = line(1, "", 0, 0, 0, "client|list", 2) + "\n";
        String three = line(3, "", 0, 0, 0, "NULL", 2) + "\n";
        assertEquals("txt:" + three + one, run("CLIENT LIST ID 3 999 1"));
        assertEquals("txt:" + one, run("CLIENT LIST id 1"));
        assertEquals("txt:", run("CLIENT LIST ID 999 0 -1"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "LIST x ; -ERR syntax error",
                "LIST TYPE ; -ERR syntax error",
                "LIST ID ; -ERR syntax error",
                "LIST TYPE normal ID 1 ; -ERR syntax error",
                "LIST TYPE foo ; -ERR Unknown client type 'foo'",
                "LIST ID x ; -ERR Invalid client ID",
                "LIST ID 1 1.5 ; -ERR Invalid client ID",
                "foo ; -ERR unknown subcommand 'foo'. Try CLIENT HELP.",
                "ID x ; -ERR wrong number of arguments for 'client|id' command",
                "INFO x ; -ERR wrong number of arguments for 'client|info' command",
                "GETNAME x ; -ERR wrong number of arguments for 'client|getname' command",
                "SETNAME ; -ERR wrong number of arguments for 'client|setname' command"
            })
    void wrongUseIsExplained(String words, String error) {
        assertEquals(error, run("CLIENT " + words));
    }

    @Test
    void killClosesWhatFitsAllFilters() {
        TestClient second = engine.connect();
        TestClient third = engine.connect();
        assertEquals("0", run("CLIENT KILL ID 2 ADDR 127.0.0.1:50002"));
        assertEquals("1", run("CLIENT KILL ID 2 ADDR 127.0.0.1:50001 LADDR 127.0.0.1:7777 TYPE normal USER default"));
        assertTrue(second.connection.closed);
        assertFalse(third.connection.closed);
        assertEquals("+OK", run("CLIENT KILL 127.0.0.1:50002"));
        assertTrue(third.connection.closed);
    }

    @Test
    void whoWasKilledIsGoneForOthersThoughItsThreadHasNotHeardOfIt() {
        engine.connect();
        assertEquals("1", run("CLIENT KILL ID 2"));
        assertEquals("0", run("CLIENT KILL ID 2"));
        assertFalse(run("CLIENT LIST").contains("id=2 "));
        assertFalse(run("CLIENT LIST ID 2").contains("id=2 "));
        assertFalse(run("CLIENT LIST TYPE normal").contains("id=2 "));
        assertEquals("0", run("CLIENT UNBLOCK 2"));
        assertEquals("-ERR The client ID you want redirect to does not exist", run("CLIENT TRACKING on REDIRECT 2"));
    }

    @Test
    void killSparesWhoAsksUnlessToldOtherwise() {
        assertEquals("0", run("CLIENT KILL ID 1"));
        assertFalse(client.connection.closedAfterReply);
        assertEquals("1", run("CLIENT KILL ID 1 SKIPME no"));
        assertTrue(client.connection.closedAfterReply);
    }

    @Test
    void theOldFormOfKillSparesNobody() {
        assertEquals("+OK", run("CLIENT KILL 127.0.0.1:50000"));
        assertTrue(client.connection.closedAfterReply);
    }

    @Test
    void whoDoesNotTouchLeavesNoTrace() {
        run("SET k v");
        run("CLIENT NO-TOUCH on");
        pass(20_000);
        run("GET k");
        assertEquals("20", run("OBJECT IDLETIME k"));
        assertTrue(run("CLIENT INFO").contains(" flags=T "));
        run("TOUCH k");
        assertEquals("0", run("OBJECT IDLETIME k"));
        pass(20_000);
        run("CLIENT NO-TOUCH off");
        run("GET k");
        assertEquals("0", run("OBJECT IDLETIME k"));
    }

    @Test
    void protectionFromEvictionIsShown() {
        assertEquals("+OK", run("CLIENT NO-EVICT ON"));
        assertTrue(run("CLIENT INFO").contains(" flags=e "));
        assertEquals("+OK", run("CLIENT NO-EVICT OFF"));
        assertTrue(run("CLIENT INFO").contains(" flags=N "));
    }
}
