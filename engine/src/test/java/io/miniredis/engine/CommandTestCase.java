package io.miniredis.engine;

import org.junit.jupiter.api.AfterEach;

/** What tests of single commands share: an engine and a client. */
abstract class CommandTestCase {
    final TestEngine engine;
    final TestClient client;

    CommandTestCase() {
        this(TestEngine.create());
    }

    CommandTestCase(TestEngine engine) {
        this.engine = engine.start();
        client = engine.connect();
    }

    @AfterEach
    final void close() {
        engine.close();
    }

    /** Runs a command that is written as words. */
    final String run(String words) {
        return client.run(words);
    }

    final void pass(long millis) {
        engine.ticker.advanceMillis(millis);
    }
}
