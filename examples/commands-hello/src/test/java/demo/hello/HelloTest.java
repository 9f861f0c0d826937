package demo.hello;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.miniredis.testkit.CommandCheck;
import io.miniredis.testkit.TestClient;
import io.miniredis.testkit.TestServer;
import org.junit.jupiter.api.Test;

/** What {@code DEMO.HELLO} answers, and that it is what its spec says. */
final class HelloTest {

    @Test
    void greets() {
        try (TestServer server = TestServer.setup().add(new Hello()).start()) {
            TestClient client = server.connect();
            assertEquals("'Hello, World'", client.send("DEMO.HELLO", "World"));
            assertEquals("-ERR wrong number of arguments for 'demo.hello' command", client.send("DEMO.HELLO"));
        }
    }

    @Test
    void isHonest() {
        CommandCheck.of(new Hello()).example("DEMO.HELLO", "World").answers("'Hello, World'").verify();
    }
}
