package io.miniredis.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** CLIENT TRACKING. Each reply was compared with redis-server 7.0.15, but where a comment says that they differ. */
final class TrackingTest {
    private final TestEngine engine = TestEngine.create().set("io-threads", "2").start();
    private final TestClient other = engine.connect();
    private final TestClient client = engine.connect();

    @AfterEach
    void close() {
        engine.close();
    }

    private void track(String options) {
        client.run("HELLO 3");
        assertEquals("+OK", client.run(("CLIENT TRACKING ON " + options).strip()));
    }

    private static String invalid(String key) {
        return ">['invalidate', ['" + key + "']]";
    }

    private void assertInfo(String field, long value) {
        String info = other.run("INFO");
        assertTrue(info.contains("\r\n" + field + ":" + value + "\r\n"), () -> field + " in " + info);
    }

    @Test
    void aClientHearsOnceOfAChangeOfWhatItHasRead() {
        track("");
        assertEquals("nil", client.run("GET k"));
        other.run("SET k 1");
        other.run("SET k 2");
        assertEquals(List.of(invalid("k")), client.hear());
        assertEquals("'2'", client.run("GET k"));
        other.run("SET k 3");
        assertEquals(List.of(invalid("k")), client.hear());
    }

    @Test
    void whatItsOwnRequestsChangeComesAfterTheirReplies() {
        track("");
        assertEquals(
                List.of("nil", "+OK", invalid("k"), "'1'", "+PONG"),
                client.pipeline("GET k", "SET k 1", "GET k", "PING"));
        client.run("MULTI");
        client.run("GET j");
        client.run("SET j 1");
        client.run("SET k 1");
        assertEquals(List.of("*3", "nil", "+OK", "+OK", invalid("j"), invalid("k")), client.pipeline("EXEC"));
    }

    @Test
    void databasesDoNotMatter() {
        track("");
        client.run("GET k");
        other.run("SELECT 3");
        other.run("SET k 1");
        assertEquals(List.of(invalid("k")), client.hear());
    }

    @Test
    void expiryAndEvictionAndDeletionAreChanges() {
        other.run("SET gone 1");
        other.run("SET late 1");
        track("");
        client.run("GET gone");
        client.run("GET late");
        other.run("PEXPIRE late 10");
        assertEquals(List.of(invalid("late")), client.hear());
        client.run("GET late");
        engine.ticker.advanceMillis(11);
        engine.engine().expireCycle();
        assertEquals(List.of(invalid("late")), client.hear());
        other.run("DEL gone");
        assertEquals(List.of(invalid("gone")), client.hear());
    }

    @Test
    void anExpiredKeyIsReportedAfterTheReplyAndTrackedAnew() {
        other.run("SET k 1");
        other.run("PEXPIRE k 10");
        track("");
        client.run("GET k");
        engine.ticker.advanceMillis(11);
        assertEquals(List.of("nil", invalid("k"), "+PONG"), client.pipeline("GET k", "PING"));
        other.run("SET k 2");
        assertEquals(List.of(invalid("k")), client.hear());
    }

    @ParameterizedTest
    @ValueSource(strings = {"FLUSHALL", "FLUSHDB"})
    void whenADatabaseIsEmptiedAllCopiesAreDropped(String flush) {
        track("");
        client.run("GET k");
        other.run(flush);
        assertEquals(List.of(">['invalidate', nil]"), client.hear());
        assertInfo("tracking_total_keys", 0);
        other.run("SET k 1");
        assertEquals(List.of(), client.hear());
        assertEquals(List.of("+OK", ">['invalidate', nil]", "+PONG"), client.pipeline(flush, "PING"));
    }

    @Test
    void renamingIsAChangeOfBothKeys() {
        track("");
        other.run("SET a 1");
        client.run("GET a");
        client.run("GET b");
        other.run("RENAME a b");
        assertEquals(List.of(invalid("a"), invalid("b")), client.hear());
    }

    @Test
    void exchangedDatabasesGoUnnoticed() {
        track("");
        client.run("GET k");
        other.run("SWAPDB 0 1");
        assertEquals(List.of(), client.hear());
    }

    @Test
    void withNoloopAClientDoesNotHearOfItsOwnChanges() {
        track("NOLOOP");
        assertEquals(List.of("nil", "+OK"), client.pipeline("GET k", "SET k 1"));
        client.run("GET k");
        other.run("SET k 2");
        assertEquals(List.of(invalid("k")), client.hear());
    }

    @Test
    void whoOptsInSaysWhatIsTracked() {
        track("OPTIN");
        client.run("GET a");
        client.pipeline("CLIENT CACHING YES", "CLIENT GETNAME", "GET b", "GET c");
        client.pipeline("CLIENT CACHING YES", "MULTI", "GET d", "GET e", "EXEC", "GET f");
        client.pipeline("MULTI", "GET g", "CLIENT CACHING YES", "GET h", "EXEC", "GET i");
        client.pipeline("CLIENT CACHING YES", "nonesuch", "GET j");
        for (char key = 'a'; key <= 'j'; key++) {
            other.run("SET " + key + " 1");
        }
        assertEquals(List.of(invalid("b"), invalid("d"), invalid("e"), invalid("h")), client.hear());
    }

    @Test
    void whoOptsOutSaysWhatIsNotTracked() {
        track("OPTOUT");
        client.pipeline("GET a", "CLIENT CACHING NO", "GET b", "GET c");
        for (char key = 'a'; key <= 'c'; key++) {
            other.run("SET " + key + " 1");
        }
        assertEquals(List.of(invalid("a"), invalid("c")), client.hear());
    }

    @Test
    void prefixesAreToldOfTogetherWhenARunOfRequestsEnds() {
        track("BCAST");
        assertEquals(
                List.of("+OK", "+OK", "+OK", "+PONG", ">['invalidate', ['a', 'b']]"),
                client.pipeline("SET b 1", "SET a 1", "SET b 2", "PING"));
        client.run("CLIENT TRACKING OFF");
        track("BCAST PREFIX b PREFIX a NOLOOP");
        assertEquals(List.of("+OK", "+OK", "+OK"), client.pipeline("SET b1 1", "SET a1 1", "SET c1 1"));
        other.pipeline("SET b2 1", "SET a2 1", "SET c2 1", "SET a1 1");
        assertEquals(List.of(">['invalidate', ['a1', 'a2']]", ">['invalidate', ['b2']]"), client.hear());
        other.run("PEXPIRE a2 10");
        client.hear();
        engine.ticker.advanceMillis(11);
        engine.engine().expireCycle();
        assertEquals(List.of(">['invalidate', ['a2']]"), client.hear());
        assertInfo("tracking_total_prefixes", 2);
        client.run("CLIENT TRACKING OFF");
        assertInfo("tracking_total_prefixes", 0);
        other.run("SET a1 1");
        assertEquals(List.of(), client.hear());
    }

    @Test
    void anotherClientMayBeToldInstead() {
        TestClient listener = engine.connect();
        assertEquals("+OK", client.run("CLIENT TRACKING ON REDIRECT " + listener.session.id()));
        client.run("GET k");
        other.run("SET k 1");
        assertEquals(List.of(), listener.hear()); // it has not subscribed to anything
        listener.run("SUBSCRIBE __redis__:invalidate");
        client.run("GET k");
        assertEquals(List.of("+OK"), client.pipeline("SET k 1"));
        assertEquals(List.of("['message', '__redis__:invalidate', ['k']]"), listener.hear());
        other.run("FLUSHALL");
        assertEquals(List.of("['message', '__redis__:invalidate', nil]"), listener.hear());
        listener.run("RESET");
        listener.run("HELLO 3");
        client.run("GET k");
        assertEquals(List.of(invalid("k"), "+OK"), listener.pipeline("SET k 2"));
        assertEquals(String.valueOf(listener.session.id()), client.run("CLIENT GETREDIR"));
    }

    @Test
    void aClientHearsThatNobodyIsToldAnyMore() {
        TestClient listener = engine.connect();
        long id = listener.session.id();
        track("REDIRECT " + id);
        listener.session.disconnected();
        assertTrue(client.run("CLIENT INFO").contains(" flags=t "));
        client.run("GET k");
        other.run("SET k 1");
        assertEquals(List.of(">['tracking-redir-broken', " + id + "]"), client.hear());
        assertTrue(client.run("CLIENT INFO").contains(" flags=tR "));
        assertTrue(client.run("CLIENT TRACKINGINFO").contains("broken_redirect"));
        client.run("GET k");
        assertEquals(List.of("+OK", ">['tracking-redir-broken', " + id + "]"), client.pipeline("SET k 2"));
        track("");
        assertTrue(client.run("CLIENT INFO").contains(" flags=t "));
    }

    @Test
    void inResp2NothingIsSentToTheClientItself() {
        client.run("CLIENT TRACKING ON");
        assertEquals(List.of("nil", "+OK", "'1'"), client.pipeline("GET k", "SET k 1", "GET k"));
        client.run("HELLO 3");
        other.run("SET k 2");
        assertEquals(List.of(invalid("k")), client.hear());
    }

    @Test
    void anythingButReadingIsNotTracked() {
        track("");
        client.pipeline("SET a 1", "WATCH b", "SUBSCRIBE c", "UNWATCH");
        assertInfo("tracking_total_keys", 0);
        client.pipeline("EXISTS a", "TTL b", "TYPE c", "OBJECT ENCODING a", "SIZE a");
        assertInfo("tracking_total_keys", 3);
    }

    @Test
    void whoIsGoneLeavesNothing() {
        for (String end : List.of("OFF", "RESET", "disconnected")) {
            track("");
            client.run("GET a");
            client.run("GET b");
            TestClient second = engine.connect();
            second.pipeline("HELLO 3", "CLIENT TRACKING ON", "GET b");
            assertInfo("tracking_clients", 2);
            assertInfo("tracking_total_keys", 2);
            assertInfo("tracking_total_items", 3);
            if (end.equals("OFF")) {
                second.run("CLIENT TRACKING OFF");
            } else if (end.equals("RESET")) {
                second.run("RESET");
            } else {
                second.session.disconnected();
            }
            assertInfo("tracking_clients", 1);
            assertInfo("tracking_total_keys", 2);
            assertInfo("tracking_total_items", 2);
            client.run("CLIENT TRACKING OFF");
            assertInfo("tracking_clients", 0);
            assertInfo("tracking_total_keys", 0);
            assertInfo("tracking_total_items", 0);
            for (int shard = 0; shard < engine.engine().databases().shards(); shard++) {
                assertTrue(engine.engine().databases().shard(shard).observers.isEmpty());
            }
        }
    }

    @Test
    void whatIsTrackedCountsAsMemory() {
        long before = engine.memoryBytes();
        track("");
        client.run("GET k");
        assertTrue(engine.memoryBytes() > before + 100);
        client.run("CLIENT TRACKING OFF");
        assertEquals(before, engine.memoryBytes());
    }

    /** Redis drops keys at the beginning of the next command, drawn at random. */
    @Test
    void overTheLimitCopiesAreDropped() {
        TestEngine single =
                TestEngine.create().set("tracking-table-max-keys", "2").start();
        try (single) {
            TestClient reader = single.connect();
            reader.pipeline("HELLO 3", "CLIENT TRACKING ON NOLOOP", "GET a", "GET b");
            assertEquals(List.of("nil", invalid("a")), reader.pipeline("GET c"));
            assertEquals(List.of("nil"), reader.pipeline("GET b"));
            assertEquals(List.of("+OK", invalid("b")), reader.pipeline("CONFIG SET tracking-table-max-keys 1"));
            assertEquals(List.of("+OK"), reader.pipeline("CONFIG SET tracking-table-max-keys 0"));
            assertEquals(List.of("nil"), reader.pipeline("GET d"));
            assertTrue(reader.run("INFO stats").contains("tracking_total_keys:2\r\n"));
        }
    }

    @Test
    void aFullHeapHoldsNoMoreCopies() {
        TestEngine small = TestEngine.create();
        small.heap = new HeapBudget(1 << 20, 0);
        try (small) {
            small.start();
            TestClient reader = small.connect();
            reader.pipeline("HELLO 3", "CLIENT TRACKING ON");
            assertEquals(List.of("nil", invalid("a")), reader.pipeline("GET a"));
        }
    }

    @Test
    void messagesComeEvenIfRepliesAreNotWanted() {
        track("");
        assertEquals(
                List.of(invalid("k"), "+PONG"),
                client.pipeline("CLIENT REPLY SKIP", "GET k", "CLIENT REPLY SKIP", "SET k 1", "PING"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "CLIENT TRACKING ; ERR wrong number of arguments for 'client|tracking' command",
                "CLIENT TRACKING FOO ; ERR syntax error",
                "CLIENT TRACKING ON FOO ; ERR syntax error",
                "CLIENT TRACKING OFF FOO ; ERR syntax error",
                "CLIENT TRACKING FOO REDIRECT x ; ERR value is not an integer or out of range",
                "CLIENT TRACKING ON REDIRECT ; ERR syntax error",
                "CLIENT TRACKING ON REDIRECT 999 ; ERR The client ID you want redirect to does not exist",
                "CLIENT TRACKING ON REDIRECT 1 REDIRECT 1 ; ERR A client can only redirect to a single other client",
                "CLIENT TRACKING ON PREFIX a ; ERR PREFIX option requires BCAST mode to be enabled",
                "CLIENT TRACKING ON BCAST OPTIN ; ERR OPTIN and OPTOUT are not compatible with BCAST",
                "CLIENT TRACKING ON OPTIN OPTOUT ; ERR You can't specify both OPTIN mode and OPTOUT mode",
                "CLIENT CACHING YES ; ERR CLIENT CACHING can be called only when the client is in tracking mode with OPTIN or OPTOUT mode enabled"
            },
            quoteCharacter = '\0')
    void whatIsWrongIsRefused(String command, String error) {
        assertEquals("-" + error, client.run(command));
        assertEquals("{'flags': ~['off'], 'redirect': -1, 'prefixes': []}", client.run("CLIENT TRACKINGINFO"));
    }
}
