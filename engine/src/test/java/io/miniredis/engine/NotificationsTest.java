package io.miniredis.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Keyspace notifications. {@code KeyspaceEventsIT} compares those of all commands with a real Redis. */
final class NotificationsTest {
    private static final Pattern MESSAGE = Pattern.compile("\\['pmessage', '\\*', '(.*)', '(.*)']");

    private final TestEngine engine = TestEngine.started();
    private final TestClient client = engine.connect();
    private final TestClient listener = engine.connect();

    @AfterEach
    void close() {
        engine.close();
    }

    private void start(String classes) {
        assertEquals("+OK", client.send("CONFIG", "SET", "notify-keyspace-events", classes));
        listener.run("PSUBSCRIBE *");
    }

    /** Channel and message of each notification. */
    private List<String> heardAfter(String... commands) {
        client.pipeline(commands);
        return heard();
    }

    private List<String> heard() {
        List<String> heard = new ArrayList<>();
        for (String message : listener.hear()) {
            Matcher parts = MESSAGE.matcher(message);
            assertTrue(parts.matches(), message);
            heard.add(parts.group(1) + " " + parts.group(2));
        }
        return heard;
    }

    @Test
    void withoutClassesNothingIsPublished() {
        listener.run("PSUBSCRIBE *");
        assertEquals(List.of(), heardAfter("SET k v", "GET no", "DEL k"));
        assertEquals(null, engine.engine().listeners().all(), "nothing has to be called");
    }

    @Test
    void aChangeIsPublishedByKeyThenByEvent() {
        start("KEA");
        assertEquals(List.of("__keyspace@0__:k set", "__keyevent@0__:set k"), heardAfter("SET k v"));
        assertEquals(
                List.of("__keyspace@3__:k set", "__keyevent@3__:set k"), heardAfter("SELECT 3", "SET k v", "GET no"));
    }

    @Test
    void onlyWhatIsWantedIsPublished() {
        start("Eg");
        assertEquals(List.of("__keyevent@0__:del k"), heardAfter("SET k v", "DEL k"));
        start("K$");
        assertEquals(List.of("__keyspace@0__:k set"), heardAfter("SET k v", "DEL k"));
        start("g$");
        assertEquals(List.of(), heardAfter("SET k v", "DEL k"));
        start("Ed");
        assertEquals(List.of("__keyevent@0__:push b"), heardAfter("SET k v", "PUSH b x"));
        start("");
        assertEquals(List.of(), heardAfter("SET k v", "PUSH b x"));
    }

    @Test
    void whatExpiresIsPublishedWhetherOrNotItIsLookedFor() {
        start("Ex");
        client.run("SET a v PX 10");
        client.run("SET b v PX 10");
        engine.ticker.advanceMillis(20);
        assertEquals(List.of("__keyevent@0__:expired a"), heardAfter("GET a"));
        listener.connection.wakes();
        engine.engine().expireCycle();
        assertEquals(1, listener.connection.wakes());
        assertEquals(List.of("__keyevent@0__:expired b"), heard());
    }

    @Test
    void keysThatAreNewArePublishedBeforeWhatIsDoneToThem() {
        start("EAn");
        assertEquals(
                List.of("__keyevent@0__:new k", "__keyevent@0__:set k", "__keyevent@0__:set k"),
                heardAfter("SET k v", "SET k v"));
        assertEquals(List.of("__keyevent@0__:new b", "__keyevent@0__:push b"), heardAfter("PUSH b x", "GET no"));
    }

    @Test
    void keysThatAreLookedForInVainArePublished() {
        start("Em");
        assertEquals(List.of("__keyevent@0__:keymiss no"), heardAfter("GET no"));
        assertEquals(
                List.of("__keyevent@0__:keymiss no", "__keyevent@0__:keymiss no"),
                heardAfter("EXISTS no no", "SET k v", "GET k"));
        assertEquals(List.of("__keyevent@0__:keymiss no"), heardAfter("TYPE no", "WATCH no", "OBJECT ENCODING no"));
        assertEquals(List.of(), heardAfter("DEL no", "EXPIRE no 10", "PERSIST no"));
    }

    @Test
    void ofATransactionAllIsPublished() {
        start("E$");
        assertEquals(
                List.of("__keyevent@0__:set a", "__keyevent@0__:set b"),
                heardAfter("MULTI", "SET a 1", "SET b 2", "EXEC"));
    }

    @Test
    void whoCausesAnEventHearsOfItBeforeTheReply() {
        start("E$");
        client.run("HELLO 3");
        client.run("SUBSCRIBE __keyevent@0__:set");
        assertEquals(
                List.of("+PONG", ">['message', '__keyevent@0__:set', 'k']", "+OK"), client.pipeline("PING", "SET k v"));
    }

    @ParameterizedTest
    @CsvSource({
        "KEA, AKE",
        "A, A",
        "K, K",
        "'', ''",
        "Kmn, nKm",
        "KEnm$gd, g$dnKEm",
        "KEg$lshzxetd, AKE",
        "KEzxlhs$g, g$lshzxKE",
        "KEAmn, AnKEm",
        "KKEEAA, AKE"
    })
    void classesAreShownInRedissOrder(String given, String shown) {
        assertEquals("+OK", client.send("CONFIG", "SET", "notify-keyspace-events", given));
        assertEquals("{'notify-keyspace-events': '" + shown + "'}", client.run("CONFIG GET notify-keyspace-events"));
    }

    @Test
    void otherLettersAreRefused() {
        start("KEA");
        assertEquals(
                "-ERR CONFIG SET failed (possibly related to argument 'notify-keyspace-events') - Invalid event class"
                        + " character. Use 'Ag$lshzxeKEtmdn'.",
                client.send("CONFIG", "SET", "notify-keyspace-events", "K E"));
        assertEquals("{'notify-keyspace-events': 'AKE'}", client.run("CONFIG GET notify-keyspace-events"));
    }
}
