package demo.tinylfu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.miniredis.testkit.PolicyCheck;
import io.miniredis.testkit.TestClient;
import io.miniredis.testkit.TestServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The policy in a server that has found it as a service. */
final class TinyLfuPolicyTest {
    private final TestServer server = TestServer.start();
    private final TestClient client = server.connect();

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void isReliable() {
        PolicyCheck.of(new TinyLfuPolicy()).verify();
    }

    @Test
    void bothScopesAreOffered() {
        assertEquals("+OK", client.send("CONFIG", "SET", "maxmemory-policy", "volatile-tinylfu"));
        assertEquals("+OK", client.send("CONFIG", "SET", "maxmemory-policy", "allkeys-tinylfu"));
        assertEquals("['maxmemory-policy', 'allkeys-tinylfu']", client.send("CONFIG", "GET", "maxmemory-policy"));
    }

    /** Which keys are drawn is a matter of chance here: 184 to 200 of the 200 were left, in ten runs. */
    @Test
    void whatIsUsedOftenSurvivesWhatIsUsedOnce() {
        client.send("CONFIG", "SET", "maxmemory-policy", "allkeys-tinylfu");
        client.send("CONFIG", "SET", "maxmemory", "640kb");
        for (int round = 0; round < 10; round++) {
            for (int key = 0; key < 200; key++) {
                client.send("TESTKIT.OTHER", "hot:" + key);
            }
        }
        for (int key = 0; key < 20_000; key++) {
            client.send("TESTKIT.OTHER", "once:" + key);
        }
        int left = 0;
        for (int key = 0; key < 200; key++) {
            left += client.send("EXISTS", "hot:" + key).equals("1") ? 1 : 0;
        }
        assertTrue(left > 140, left + " of 200 are left");
        assertTrue(Integer.parseInt(client.send("DBSIZE")) < 15_000);
    }

    @Test
    void keysWithoutExpiryStayUnderVolatileTinylfu() {
        client.send("CONFIG", "SET", "maxmemory-policy", "volatile-tinylfu");
        client.send("CONFIG", "SET", "maxmemory", "200kb");
        client.send("TESTKIT.OTHER", "lasting");
        for (int key = 0; key < 5_000; key++) {
            client.send("TESTKIT.OTHER", "passing:" + key);
            client.send("EXPIRE", "passing:" + key, "1000");
        }
        assertEquals("1", client.send("EXISTS", "lasting"));
        assertTrue(Integer.parseInt(client.send("DBSIZE")) < 5_000);
    }
}
