package io.miniredis.app;

import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The libraries that Java programs use, unchanged, with the image; each in an old version that many have and in a new one. */
final class ClientLibrariesIT {
    @AutoClose
    private static ServerProcess server;

    @BeforeAll
    static void startServer() throws Exception {
        server = ServerProcess.start();
    }

    @TestFactory
    Stream<DynamicTest> jedis8() {
        return Scenarios.of(JedisScenarios.class, server.port(), "RESP3", "8.0.2");
    }

    @TestFactory
    Stream<DynamicTest> jedis8WithTheOldProtocol() {
        return Scenarios.of(JedisScenarios.class, server.port(), "RESP2", "8.0.2");
    }

    @TestFactory
    Stream<DynamicTest> jedis5() {
        return Scenarios.with("jedis-5", JedisScenarios.class, server.port(), "RESP2", "5.2.0");
    }

    @TestFactory
    Stream<DynamicTest> lettuce6() {
        return Scenarios.of(LettuceScenarios.class, server.port(), "6.6.0");
    }

    @TestFactory
    Stream<DynamicTest> lettuce7() {
        return Scenarios.with("lettuce-7", LettuceScenarios.class, server.port(), "7.7.0");
    }

    @TestFactory
    Stream<DynamicTest> springData3() {
        return Scenarios.of(SpringScenarios.class, server.port());
    }
}
