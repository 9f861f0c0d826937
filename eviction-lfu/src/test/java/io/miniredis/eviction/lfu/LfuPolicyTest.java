package io.miniredis.eviction.lfu;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.miniredis.testkit.PolicyCheck;
import io.miniredis.testkit.TestClient;
import io.miniredis.testkit.TestServer;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class LfuPolicyTest {
    @Test
    void isReliable() {
        PolicyCheck.of(new LfuPolicy()).verify();
    }

    @Test
    void inAServerUsesAreCountedAndForgottenAsTheDirectivesSay() {
        try (TestServer server = TestServer.start("maxmemory-policy", "allkeys-lfu", "lfu-log-factor", "0")) {
            TestClient client = server.connect();
            client.send("TESTKIT.OTHER", "k");
            assertEquals("5", client.send("OBJECT", "FREQ", "k"));
            use(client, 20);
            assertEquals("25", client.send("OBJECT", "FREQ", "k"));
            server.advance(Duration.ofMinutes(7));
            assertEquals("18", client.send("OBJECT", "FREQ", "k"));
            client.send("CONFIG", "SET", "lfu-decay-time", "0", "lfu-log-factor", "2147483647");
            assertEquals("25", client.send("OBJECT", "FREQ", "k"));
            use(client, 20);
            assertEquals("25", client.send("OBJECT", "FREQ", "k")); // but for one time in two thousand million
        }
    }

    private static void use(TestClient client, int times) {
        for (int i = 0; i < times; i++) {
            client.send("TOUCH", "k");
        }
    }
}
