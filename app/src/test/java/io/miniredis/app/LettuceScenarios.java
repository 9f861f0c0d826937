package io.miniredis.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lettuce.core.AclCategory;
import io.lettuce.core.AclSetuserArgs;
import io.lettuce.core.KeyScanCursor;
import io.lettuce.core.KeyValue;
import io.lettuce.core.LettuceFutures;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisConnectionException;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.RedisNoScriptException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.ScanArgs;
import io.lettuce.core.ScanIterator;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.SetArgs;
import io.lettuce.core.TransactionResult;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.DefaultClientResources;
import io.lettuce.core.resource.Delay;
import io.miniredis.app.Scenarios.Scenario;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** What programs do with Lettuce of versions 6 and 7, which speaks RESP3 and sends without waiting for replies. */
final class LettuceScenarios implements AutoCloseable {
    private final int port;
    private final String version;
    private final ClientResources resources = DefaultClientResources.builder()
            .ioThreadPoolSize(2)
            .computationThreadPoolSize(2)
            .reconnectDelay(Delay.constant(Duration.ofMillis(50)))
            .build();
    private final RedisClient client;
    private final StatefulRedisConnection<String, String> connection;
    private final RedisCommands<String, String> redis;

    LettuceScenarios(int port, String version) {
        this.port = port;
        this.version = version;
        client = RedisClient.create(resources, uri(port).build());
        connection = client.connect();
        redis = connection.sync();
        redis.flushall();
    }

    private static RedisURI.Builder uri(int port) {
        return RedisURI.builder()
                .withHost("127.0.0.1")
                .withPort(port)
                .withDatabase(2)
                .withClientName("scenario")
                .withTimeout(Duration.ofSeconds(30));
    }

    @Override
    public void close() {
        client.shutdown(0, 5, TimeUnit.SECONDS);
        resources.shutdown(0, 5, TimeUnit.SECONDS).awaitUninterruptibly();
    }

    @Scenario
    void saysWhoItIs() {
        String list = redis.clientList();
        assertTrue(list.contains(" name=scenario "), list);
        assertTrue(list.contains(" lib-name=Lettuce lib-ver=" + version), list);
        assertTrue(list.contains(" db=2 "), list);
        assertTrue(list.contains(" resp=3 "), list);
    }

    @Scenario
    void commandsOneByOne() {
        assertEquals("OK", redis.set("k", "v", SetArgs.Builder.nx().px(100_000)));
        assertNull(redis.set("k", "w", SetArgs.Builder.nx()));
        assertEquals("v", redis.setGet("k", "x"));
        assertEquals(List.of(KeyValue.just("k", "x"), KeyValue.empty("nosuch")), redis.mget("k", "nosuch"));
        assertTrue(redis.expire("k", Duration.ofSeconds(100)));
        assertEquals(100, redis.ttl("k"));
        assertEquals(3, redis.rpush("l", "a", "b", "c"));
        assertEquals(List.of("a", "b"), redis.lpop("l", 2));
        assertEquals(Map.of("maxmemory", "0"), redis.configGet("maxmemory"));
        RedisCommandExecutionException refused =
                assertThrows(RedisCommandExecutionException.class, () -> redis.incr("k"));
        assertEquals("ERR value is not an integer or out of range", refused.getMessage());
        RedisCommandExecutionException unknown = assertThrows(
                RedisCommandExecutionException.class, () -> redis.eval("return 1", ScriptOutputType.INTEGER, "k"));
        assertFalse(unknown instanceof RedisNoScriptException);
        assertTrue(unknown.getMessage().startsWith("ERR unknown command 'EVAL'"), unknown.getMessage());
    }

    @Scenario
    void commandsThatAreSentTogether() {
        RedisAsyncCommands<String, String> async = connection.async();
        List<RedisFuture<Long>> replies = new ArrayList<>();
        connection.setAutoFlushCommands(false);
        for (int i = 0; i < 5000; i++) {
            replies.add(async.incr("n"));
        }
        connection.flushCommands();
        connection.setAutoFlushCommands(true);
        assertTrue(LettuceFutures.awaitAll(30, TimeUnit.SECONDS, replies.toArray(RedisFuture<?>[]::new)));
        for (int i = 0; i < replies.size(); i++) {
            assertEquals(i + 1, replies.get(i).toCompletableFuture().join());
        }
    }

    @Scenario
    void aTransactionRunsUnlessWhatItWatchesHasChanged() {
        redis.watch("k");
        try (StatefulRedisConnection<String, String> other = client.connect()) {
            other.sync().set("k", "theirs");
        }
        redis.multi();
        redis.set("k", "ours");
        assertTrue(redis.exec().wasDiscarded());
        assertEquals("theirs", redis.get("k"));

        redis.multi();
        redis.set("k", "1");
        redis.incr("k");
        redis.llen("k");
        TransactionResult done = redis.exec();
        assertEquals("OK", done.get(0));
        assertEquals(2L, done.<Long>get(1));
        assertTrue(done.get(2) instanceof RedisCommandExecutionException, () -> "" + done.get(2));
    }

    @Scenario
    void blockingPopsWaitForElements() {
        try (StatefulRedisConnection<String, String> other = client.connect()) {
            RedisFuture<KeyValue<String, String>> popped = other.async().blpop(0, "a", "b");
            await().until(() -> redis.clientList().contains(" cmd=blpop "));
            redis.rpush("b", "element");
            assertEquals(
                    KeyValue.just("b", "element"), popped.toCompletableFuture().join());
            assertNull(other.sync().blpop(0.01, "a", "b"));
        }
    }

    @Scenario
    void scanReturnsEachKeyOnce() {
        Set<String> expected = new HashSet<>();
        for (int i = 0; i < 300; i++) {
            expected.add("key:" + i);
            redis.set("key:" + i, "v");
        }
        redis.set("other", "v");
        ScanArgs args = ScanArgs.Builder.matches("key:*").limit(20);
        List<String> seen = ScanIterator.scan(redis, args).stream().toList();
        assertEquals(expected, new HashSet<>(seen));
        assertEquals(expected.size(), seen.size());
        KeyScanCursor<String> page = redis.scan(ScanArgs.Builder.limit(1));
        assertFalse(page.isFinished());
    }

    @Scenario
    void bytesComeBackAsTheyWere() {
        byte[] binary = {0, '\r', '\n', (byte) 0xff, '$', '-', '1'};
        try (StatefulRedisConnection<byte[], byte[]> bytes = client.connect(ByteArrayCodec.INSTANCE)) {
            bytes.sync().set(binary, binary);
            assertArrayEquals(binary, bytes.sync().get(binary));
            bytes.sync().rpush("l".getBytes(UTF_8), binary);
            assertArrayEquals(binary, bytes.sync().lpop("l".getBytes(UTF_8)));
        }
    }

    @Scenario
    void usersMayDoWhatTheirRulesSay() {
        AclSetuserArgs rules = AclSetuserArgs.Builder.reset()
                .on()
                .addPassword("secret")
                .keyPattern("app:*")
                .allCommands()
                .removeCategory(AclCategory.DANGEROUS);
        assertEquals("OK", redis.aclSetuser("app", rules));
        try (StatefulRedisConnection<String, String> app =
                client.connect(uri(port).withAuthentication("app", "secret").build())) {
            assertEquals("app", app.sync().aclWhoami());
            assertEquals("OK", app.sync().set("app:k", "v"));
            RedisCommandExecutionException refused = assertThrows(
                    RedisCommandExecutionException.class, () -> app.sync().get("k"));
            assertTrue(refused.getMessage().startsWith("NOPERM "), refused.getMessage());
        }
        assertThrows(
                RedisConnectionException.class,
                () -> client.connect(
                        uri(port).withAuthentication("app", "wrong").build()));
        assertEquals(1, redis.aclDeluser("app"));
    }

    /** Commands that are given while the server is away are sent when it is back. */
    @Scenario
    void connectsAgainWhenTheServerIsBack() throws Exception {
        try (ServerProcess first = ServerProcess.start()) {
            StatefulRedisConnection<String, String> lasting =
                    client.connect(uri(first.port()).build());
            lasting.sync().set("k", "lost");
            first.signal("KILL");
            first.exitCode();
            await().until(() -> !lasting.isOpen());
            RedisFuture<String> early = lasting.async().set("k", "early");
            try (ServerProcess second = ServerProcess.launch(Map.of(), "--port", "" + first.port())) {
                second.awaitReady();
                assertEquals("OK", early.toCompletableFuture().get(30, TimeUnit.SECONDS));
                assertEquals("early", lasting.sync().get("k"));
                String list = lasting.sync().clientList();
                assertTrue(list.contains(" name=scenario ") && list.contains(" db=2 "), list);
            }
        }
    }

    /** Its subscriptions, too, are there again after the server was away. */
    @Scenario
    void messagesComeToWhoSubscribes() throws Exception {
        try (ServerProcess first = ServerProcess.start()) {
            RedisURI uri = uri(first.port()).build();
            StatefulRedisPubSubConnection<String, String> subscriber = client.connectPubSub(uri);
            BlockingQueue<String> heard = new LinkedBlockingQueue<>();
            subscriber.addListener(new RedisPubSubAdapter<>() {
                @Override
                public void message(String channel, String message) {
                    heard.add(channel + ": " + message);
                }

                @Override
                public void message(String pattern, String channel, String message) {
                    heard.add(pattern + " " + channel + ": " + message);
                }
            });
            subscriber.sync().subscribe("news");
            subscriber.sync().psubscribe("w*");
            RedisCommands<String, String> publisher = client.connect(uri).sync();
            assertEquals(1, publisher.publish("news", "hello"));
            assertEquals(1, publisher.publish("weather", "rain"));
            assertEquals("news: hello", heard.poll(30, TimeUnit.SECONDS));
            assertEquals("w* weather: rain", heard.poll(30, TimeUnit.SECONDS));
            assertEquals("PONG", subscriber.sync().ping());
            first.signal("KILL");
            first.exitCode();
            try (ServerProcess second = ServerProcess.launch(Map.of(), "--port", "" + first.port())) {
                second.awaitReady();
                await().until(() -> publisher.publish("weather", "snow") == 1);
                assertEquals("w* weather: snow", heard.poll(30, TimeUnit.SECONDS));
                await().until(() -> publisher.publish("news", "again") == 1);
                assertEquals("news: again", heard.poll(30, TimeUnit.SECONDS));
                subscriber.sync().unsubscribe("news");
                assertEquals(0, publisher.publish("news", "nobody listens"));
            }
        }
    }
}
