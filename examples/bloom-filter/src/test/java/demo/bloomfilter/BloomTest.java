package demo.bloomfilter;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.miniredis.testkit.TestClient;
import io.miniredis.testkit.TestServer;
import org.junit.jupiter.api.AfterEach;

/** A server of its own for each test, a client that speaks RESP2 and one that speaks RESP3. */
abstract class BloomTest {
    static final String WRONG_TYPE = "-WRONGTYPE Operation against a key holding the wrong kind of value";

    final TestServer server = TestServer.start();
    final TestClient client = server.connect();
    final TestClient resp3 = server.connect().resp3();

    @AfterEach
    void stop() {
        server.close();
    }

    final String send(String... args) {
        return client.send(args);
    }

    /** Runs a command that must be refused, and checks that the key is as before. */
    final void assertRefused(String error, String key, String... args) {
        String before = state(key);
        assertEquals(error, send(args));
        assertEquals(before, state(key));
    }

    private String state(String key) {
        return send("TYPE", key) + send("BF.INFO", key) + send("PTTL", key);
    }
}
