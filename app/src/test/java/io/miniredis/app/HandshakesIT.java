package io.miniredis.app;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.miniredis.app.RawReply.Agreement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What clients in other languages send first, all at once, before they have read anything: the image must answer each command as a real
 * Redis does. Their libraries are not there to be tested.
 */
final class HandshakesIT {
    @AutoClose
    private static ServerProcess redis;

    @AutoClose
    private static ServerProcess image;

    /**
     * A client by what it sends, a command in each line. {@code ~} before it means that the replies are of the same shape, {@code +} that
     * ours is OK whatever Redis 7.0 says, because it is of a later version.
     */
    enum Client {
        REDIS_PY_8("""
                ~HELLO 3
                +CLIENT SETINFO LIB-NAME redis-py
                +CLIENT SETINFO LIB-VER 8.0.0
                CLIENT SETNAME app
                CLIENT MAINT_NOTIFICATIONS ON moving-endpoint-type internal-ip
                SELECT 2
                PING
                """),
        REDIS_PY_WITH_THE_OLD_PROTOCOL("""
                AUTH secret
                +CLIENT SETINFO LIB-NAME redis-py
                +CLIENT SETINFO LIB-VER 5.0.0
                SELECT 2
                PING
                """),
        NODE_REDIS_6("""
                ~HELLO 3 SETNAME app
                SELECT 2
                +CLIENT SETINFO LIB-NAME node-redis
                +CLIENT SETINFO LIB-VER 6.0.0
                CLIENT MAINT_NOTIFICATIONS ON moving-endpoint-type internal-ip
                SET k v
                """),
        IOREDIS_6("""
                ~hello 3
                client MAINT_NOTIFICATIONS ON moving-endpoint-type internal-ip
                select 2
                +client SETINFO LIB-NAME ioredis
                +client SETINFO LIB-VER 6.0.0
                ~info
                client setname app
                """),
        IOREDIS_5("""
                select 2
                ~info
                client setname app
                readonly
                """),
        GO_REDIS_9("""
                ~hello 3
                client setname app
                +client setinfo LIB-NAME go-redis(,go1.25)
                +client setinfo LIB-VER 9.16.0
                client maint_notifications on moving-endpoint-type internal-ip
                multi
                set k v
                exec
                """),
        STACK_EXCHANGE_REDIS("""
                ~HELLO 3
                CLIENT SETNAME app
                +CLIENT SETINFO lib-name SE.Redis
                ~CLIENT ID
                CONFIG GET timeout
                ~CONFIG GET replica-read-only
                CONFIG GET databases
                ~INFO replication
                ~INFO server
                CLUSTER NODES
                GET __Booksleeve_TieBreak
                ECHO x
                """),
        REDISSON_4("""
                ~HELLO 3
                CLIENT SETNAME app
                SELECT 2
                PING
                """),
        REDIS_EXPORTER("""
                CLIENT SETNAME redis_exporter
                ~CONFIG GET *
                ~INFO ALL
                LATENCY LATEST
                ~LATENCY HISTOGRAM
                SLOWLOG LEN
                SLOWLOG GET 1
                ~CLIENT LIST
                CLUSTER INFO
                """);

        private final String sent;

        Client(String sent) {
            this.sent = sent;
        }

        private Stream<List<String>> commands() {
            return sent.lines()
                    .map(line -> List.of(line.replaceFirst("^[~+]", "").split(" ")));
        }
    }

    @BeforeAll
    static void startServers() throws Exception {
        RedisTools.require("redis-server");
        String[] logNothing = {"--slowlog-log-slower-than", "-1"};
        redis = ServerProcess.startRedis(Map.of(), logNothing);
        image = ServerProcess.start(logNothing);
        try (RawClient theirs = new RawClient(redis.port())) {
            RedisTools.requireVersion(theirs.call("INFO", "server").raw());
        }
    }

    @ParameterizedTest
    @EnumSource
    void repliesAreThoseOfRedis(Client client) throws Exception {
        List<RawReply> expected = replies(redis, client);
        List<RawReply> actual = replies(image, client);
        List<String> lines = client.sent.lines().toList();
        List<Executable> checks = new ArrayList<>();
        for (int i = 0; i < expected.size(); i++) {
            String line = lines.get(i);
            RawReply theirs = expected.get(i);
            RawReply ours = actual.get(i);
            checks.add(() -> assertTrue(agree(line, theirs, ours), line + "\nRedis: " + theirs + "\nimage: " + ours));
        }
        assertAll(checks);
    }

    private static boolean agree(String line, RawReply theirs, RawReply ours) {
        return switch (line.charAt(0)) {
            case '~' -> agreeInShape(line, theirs, ours);
            case '+' -> ours.raw().equals("+OK\r\n");
            default -> theirs.agrees(ours, Agreement.EXACT);
        };
    }

    /** There are fewer directives here, and fewer commands to have a histogram. */
    private static boolean agreeInShape(String line, RawReply theirs, RawReply ours) {
        boolean fewer = line.startsWith("~CONFIG") || line.startsWith("~LATENCY");
        return theirs.agrees(ours, fewer ? Agreement.TYPE : Agreement.SHAPE);
    }

    private static List<RawReply> replies(ServerProcess server, Client client) throws Exception {
        try (RawClient connection = new RawClient(server.port())) {
            StringBuilder all = new StringBuilder();
            client.commands().forEach(command -> all.append(RawClient.encode(command)));
            connection.send(all.toString());
            return client.commands().map(command -> connection.read()).toList();
        }
    }

    /** What redis-py and node-redis look up in the reply, and what Sidekiq and BullMQ ask of a server before they use it. */
    @Test
    void theReplyToHelloSaysEnough() throws Exception {
        try (RawClient connection = new RawClient(image.port())) {
            RawReply hello = connection.call("HELLO", "3");
            List<String> fields = hello.elements().stream()
                    .map(RawReply::raw)
                    .map(HandshakesIT::text)
                    .toList();
            assertEquals(
                    List.of("server", "version", "proto", "id", "mode", "role", "modules"),
                    Stream.iterate(0, i -> i + 2).limit(7).map(fields::get).toList());
            assertEquals("redis", fields.get(1));
            assertTrue(fields.get(3).startsWith("7."), fields.get(3));
            assertEquals(":3\r\n", hello.elements().get(5).raw());
        }
    }

    private static String text(String bulk) {
        return bulk.startsWith("$") ? bulk.lines().toList().get(1) : bulk;
    }
}
