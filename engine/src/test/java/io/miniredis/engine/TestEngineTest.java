package io.miniredis.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The tests' own tools. */
final class TestEngineTest {

    @Test
    void setsGetsPushesAndPops() {
        try (TestEngine engine = TestEngine.started()) {
            TestClient client = engine.connect();
            assertEquals("+OK", client.run("SET k v"));
            assertEquals("'v'", client.run("GET k"));
            assertEquals(List.of("2", "'b'", "'a'", "nil"), client.pipeline("PUSH p a b", "POP p", "POP p", "POP p"));
        }
    }
}
