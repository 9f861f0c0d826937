package io.miniredis.commands.lists;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.miniredis.testkit.TestClient;
import io.miniredis.testkit.TestServer;
import org.junit.jupiter.api.AfterEach;

/** A server of its own for each test, and a client. */
abstract class CommandTest {
    static final String WRONG_TYPE = "-WRONGTYPE Operation against a key holding the wrong kind of value";
    static final String NOT_AN_INTEGER = "-ERR value is not an integer or out of range";

    final TestServer server = TestServer.start();
    final TestClient client = server.connect();

    @AfterEach
    void stop() {
        server.close();
    }

    final String send(String... args) {
        return client.send(args);
    }

    /** Runs a command that must be refused, and checks that what the key holds, and until when, is as before. */
    final void assertRefused(String error, String key, String... args) {
        String before = contents(key);
        assertEquals(error, send(args));
        assertEquals(before, contents(key));
    }

    /** Everything that can be told about a key: its type, its value, its expiry. */
    private String contents(String key) {
        return send("TYPE", key) + " " + value(key) + " " + send("PTTL", key);
    }

    private String value(String key) {
        return send("LRANGE", key, "0", "-1");
    }
}
