package io.miniredis.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** MULTI, EXEC, DISCARD, WATCH, UNWATCH. */
final class TransactionsTest extends CommandTestCase {
    private static final String ABORTED = "-EXECABORT Transaction discarded because of previous errors.";

    private final TestClient other = engine.connect();

    @Test
    void whatIsQueuedRunsAtExec() {
        assertEquals(
                List.of("+OK", "+QUEUED", "+QUEUED", "*2", "+OK", "'1'"),
                client.pipeline("MULTI", "SET a 1", "GET a", "EXEC"));
        assertEquals("'1'", run("GET a"));
    }

    @Test
    void nothingOfItRunsBefore() {
        client.pipeline("MULTI", "SET a 1");
        assertEquals("nil", other.run("GET a"));
    }

    @Test
    void whatIsQueuedIsACopy() {
        run("MULTI");
        run("SET abc first");
        run("SET abcd second");
        assertEquals(List.of("*2", "+OK", "+OK"), client.pipeline("EXEC"));
        assertEquals(List.of("'first'", "'second'"), client.pipeline("GET abc", "GET abcd"));
    }

    @Test
    void anEmptyTransactionIsAnEmptyArray() {
        assertEquals(List.of("+OK", "[]"), client.pipeline("MULTI", "EXEC"));
    }

    @Test
    void discardForgetsWhatIsQueued() {
        assertEquals(List.of("+OK", "+QUEUED", "+OK"), client.pipeline("MULTI", "SET a 1", "DISCARD"));
        assertEquals("nil", run("GET a"));
        assertEquals("-ERR EXEC without MULTI", run("EXEC"));
        assertEquals("-ERR DISCARD without MULTI", run("DISCARD"));
    }

    @Test
    void errorsWhenQueueingAbort() {
        assertEquals(
                List.of("+OK", "+QUEUED", "-ERR wrong number of arguments for 'get' command", ABORTED),
                client.pipeline("MULTI", "SET a 1", "GET", "EXEC"));
        assertEquals("nil", run("GET a"));
        client.pipeline("MULTI", "NOSUCH");
        assertEquals(ABORTED, run("EXEC"));
        assertEquals("-ERR EXEC without MULTI", run("EXEC"));
    }

    @Test
    void errorsWhenRunningDoNot() {
        client.pipeline("PUSH list x");
        assertEquals(
                List.of(
                        "+OK",
                        "+QUEUED",
                        "+QUEUED",
                        "*2",
                        "-WRONGTYPE Operation against a key holding the wrong kind of value",
                        "+OK"),
                client.pipeline("MULTI", "GET list", "SET a 1", "EXEC"));
        assertEquals("'1'", run("GET a"));
    }

    @Test
    void multiAndWatchInsideAreRefusedAndHarmless() {
        assertEquals(
                List.of(
                        "+OK",
                        "-ERR MULTI calls can not be nested",
                        "-ERR WATCH inside MULTI is not allowed",
                        "+QUEUED",
                        "*1",
                        "+OK"),
                client.pipeline("MULTI", "MULTI", "WATCH a", "SET a 1", "EXEC"));
    }

    @Test
    void execWithArgumentsAborts() {
        run("MULTI");
        assertEquals(
                "-EXECABORT Transaction discarded because of: wrong number of arguments for 'exec' command",
                run("EXEC x"));
        assertEquals("-ERR EXEC without MULTI", run("EXEC"));
    }

    @Test
    void commandsThatCannotBeQueuedAbort() {
        run("MULTI");
        assertEquals("-ERR Command not allowed inside a transaction", run("SHUTDOWN NOSAVE"));
        assertEquals(ABORTED, run("EXEC"));
    }

    @Test
    void quitIsNotQueued() {
        run("MULTI");
        assertEquals("+OK", run("QUIT"));
        assertTrue(client.session.isClosing());
    }

    @Test
    void selectsInsideTakeEffectAndStay() {
        client.pipeline("MULTI", "SELECT 3", "SET a 1", "EXEC");
        assertEquals("'1'", run("GET a"));
        assertEquals("nil", other.run("GET a"));
    }

    @Test
    void configurationCanBeChangedInside() {
        engine.settings.set("maxmemory-policy", "noeviction");
        assertEquals(
                List.of("+OK", "+QUEUED", "+QUEUED", "*2", "+OK", "+OK"),
                client.pipeline("MULTI", "CONFIG SET maxmemory 1gb", "SET a 1", "EXEC"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SET k 2",
                "SET k 1",
                "DEL k",
                "EXPIRE k 100",
                "RENAME k other",
                "RENAME there k",
                "COPY there k REPLACE",
                "MOVE k 1",
                "FLUSHDB",
                "FLUSHALL",
                "SWAPDB 0 5"
            })
    void aWatchedKeyThatChangesKeepsExecFromRunning(String change) {
        client.pipeline("SET k 1", "SET there 1", "WATCH k");
        other.run(change);
        assertEquals(List.of("+OK", "+QUEUED", "nil-array"), client.pipeline("MULTI", "SET done 1", "EXEC"));
        assertEquals("nil", run("GET done"));
        assertEquals(List.of("+OK", "+QUEUED", "*1", "+OK"), client.pipeline("MULTI", "SET done 1", "EXEC"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET k",
                "DEL nosuch",
                "SET other 1",
                "PERSIST k",
                "TTL k",
                "TOUCH k",
                "COPY k other",
                "SWAPDB 5 6",
                "SELECT 9"
            })
    void readingItOrChangingAnotherDoesNot(String command) {
        client.pipeline("SET k 1", "WATCH k");
        other.run(command);
        assertEquals(List.of("+OK", "+QUEUED", "*1", "+OK"), client.pipeline("MULTI", "SET done 1", "EXEC"));
    }

    @Test
    void theSameKeyInAnotherDatabaseIsAnother() {
        run("WATCH k");
        other.pipeline("SELECT 1", "SET k 1");
        assertEquals(List.of("+OK", "[]"), client.pipeline("MULTI", "EXEC"));
    }

    @Test
    void anAbsentKeyCanBeWatched() {
        run("WATCH k");
        other.run("DEL k");
        other.run("FLUSHALL");
        assertEquals(List.of("+OK", "[]"), client.pipeline("MULTI", "EXEC"));
        run("WATCH k");
        other.run("SET k 1");
        assertEquals(List.of("+OK", "nil-array"), client.pipeline("MULTI", "EXEC"));
    }

    @Test
    void ownChangesCountToo() {
        client.pipeline("WATCH k", "SET k 1");
        assertEquals(List.of("+OK", "nil-array"), client.pipeline("MULTI", "EXEC"));
    }

    @Test
    void anExpiryBetweenWatchAndExecCounts() {
        client.pipeline("SET k 1 PX 100", "WATCH k");
        pass(101);
        assertEquals(List.of("+OK", "nil-array"), client.pipeline("MULTI", "EXEC"));
    }

    @Test
    void anExpiryThatSomebodyElseNoticesCounts() {
        client.pipeline("SET k 1 PX 100", "WATCH k");
        pass(101);
        other.run("GET k");
        engine.engine().expireCycle();
        assertEquals(List.of("+OK", "nil-array"), client.pipeline("MULTI", "EXEC"));
    }

    @Test
    void whatHadExpiredBeforeItWasWatchedDoesNot() {
        run("SET k 1 PX 100");
        pass(101);
        run("WATCH k");
        other.run("GET k");
        engine.engine().expireCycle();
        assertEquals(List.of("+OK", "[]"), client.pipeline("MULTI", "EXEC"));
    }

    @Test
    void anEvictionCounts() {
        assertEquals(List.of("+OK", "+OK"), client.pipeline("SET k 1 PX 100000", "WATCH k"));
        other.pipeline("CONFIG SET maxmemory-policy volatile-ttl", "CONFIG SET maxmemory 1", "GET nosuch");
        other.run("CONFIG SET maxmemory 0");
        assertEquals("0", other.run("EXISTS k"));
        assertEquals(List.of("+OK", "nil-array"), client.pipeline("MULTI", "EXEC"));
    }

    @Test
    void replicasAreWaitedForInVain() {
        assertEquals("0", run("WAIT 0 100"));
        assertEquals(List.of("+OK", "+QUEUED", "*1", "0"), client.pipeline("MULTI", "WAIT 1 0", "EXEC"));
        assertEquals("-ERR timeout is negative", run("WAIT 1 -1"));
    }

    @Test
    void unwatchAndDiscardAndExecEndWatching() {
        client.pipeline("WATCH k", "SET k 1", "UNWATCH");
        assertEquals(List.of("+OK", "[]"), client.pipeline("MULTI", "EXEC"));
        client.pipeline("WATCH k", "SET k 1", "MULTI", "DISCARD");
        assertEquals(List.of("+OK", "[]"), client.pipeline("MULTI", "EXEC"));
        client.pipeline("WATCH k", "MULTI", "EXEC", "SET k 1");
        assertEquals(List.of("+OK", "[]"), client.pipeline("MULTI", "EXEC"));
    }

    @Test
    void nobodyIsRememberedWhoIsGone() {
        client.pipeline("WATCH a b c");
        client.session.disconnected();
        assertTrue(engine.engine().databases().shard(0).observers.isEmpty());
    }

    @Test
    void clientListShowsIt() {
        client.pipeline("WATCH k", "MULTI", "SET k 1");
        other.run("SET k 2");
        String line = other.run("CLIENT LIST");
        assertTrue(line.contains(" flags=xd "), line);
        assertTrue(line.contains(" multi=1 "), line);
    }

    @Test
    void memoryIsCheckedWhenQueueing() {
        run("SET a 1");
        client.pipeline("MULTI", "SET b 1");
        other.run("CONFIG SET maxmemory 1");
        assertEquals("-OOM command not allowed when used memory > 'maxmemory'.", run("SET c 1"));
        assertEquals(
                "-EXECABORT Transaction discarded because of: OOM command not allowed when used memory > 'maxmemory'.",
                run("EXEC"));
        other.run("CONFIG SET maxmemory 0");
        assertEquals(List.of("nil", "nil"), client.pipeline("GET b", "GET c"));
    }
}
