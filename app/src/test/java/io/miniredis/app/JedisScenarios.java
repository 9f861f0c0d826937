package io.miniredis.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.miniredis.app.Scenarios.Scenario;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.apache.commons.pool2.impl.GenericObjectPoolConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.JedisPool;
import redis.clients.jedis.JedisPubSub;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.RedisProtocol;
import redis.clients.jedis.Response;
import redis.clients.jedis.Transaction;
import redis.clients.jedis.args.ListDirection;
import redis.clients.jedis.exceptions.JedisAccessControlException;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.params.ClientKillParams;
import redis.clients.jedis.params.ScanParams;
import redis.clients.jedis.params.SetParams;
import redis.clients.jedis.resps.ScanResult;

/** What programs do with Jedis of version 5 as well as 8: a pool of connections, and what one connection keeps to itself. */
@SuppressWarnings("deprecation") // JedisPool, which is what version 5 has
final class JedisScenarios implements AutoCloseable {
    private static final byte[] BINARY = {0, '\r', '\n', (byte) 0xff, '$', '-', '1'};

    private final int port;
    private final RedisProtocol protocol;
    private final String version;
    private final JedisPool pool;

    JedisScenarios(int port, String protocol, String version) {
        this.port = port;
        this.protocol = RedisProtocol.valueOf(protocol);
        this.version = version;
        GenericObjectPoolConfig<Jedis> two = new GenericObjectPoolConfig<>();
        two.setMaxTotal(2);
        pool = new JedisPool(two, new HostAndPort("127.0.0.1", port), config().build());
        run(Jedis::flushAll);
    }

    private DefaultJedisClientConfig.Builder config() {
        return DefaultJedisClientConfig.builder()
                .protocol(protocol)
                .socketTimeoutMillis(30_000)
                .clientName("scenario");
    }

    private <T> T run(Function<Jedis, T> use) {
        try (Jedis jedis = pool.getResource()) {
            return use.apply(jedis);
        }
    }

    private Jedis connection(DefaultJedisClientConfig config) {
        return new Jedis(new HostAndPort("127.0.0.1", port), config);
    }

    @Override
    public void close() {
        pool.close();
    }

    @Scenario
    void saysWhoItIs() {
        String list = run(Jedis::clientList);
        assertTrue(list.contains(" name=scenario "), list);
        assertTrue(list.contains(" lib-name=jedis lib-ver=" + version), list);
        assertTrue(list.contains(protocol == RedisProtocol.RESP3 ? " resp=3 " : " resp=2 "), list);
    }

    @Scenario
    void thePoolKeepsConnectionsAndReplacesBrokenOnes() {
        long first = run(Jedis::clientId);
        assertEquals(first, run(Jedis::clientId));
        try (Jedis broken = pool.getResource();
                Jedis other = pool.getResource()) {
            assertNotEquals(broken.clientId(), other.clientId());
            assertEquals(1, other.clientKill(new ClientKillParams().id("" + broken.clientId())));
            assertThrows(JedisConnectionException.class, () -> broken.get("k"));
        }
        try (Jedis one = pool.getResource();
                Jedis another = pool.getResource()) {
            assertEquals("PONG", one.ping());
            assertEquals("PONG", another.ping());
        }
    }

    @Scenario
    void aPipelineIsAnsweredInOrderAndGoesOnAfterAnError() {
        try (Jedis jedis = pool.getResource()) {
            Pipeline pipeline = jedis.pipelined();
            Response<String> stored = pipeline.set("k", "text");
            Response<Long> refused = pipeline.incr("k");
            List<Response<Long>> pushed = new ArrayList<>();
            for (int i = 0; i < 5000; i++) {
                pushed.add(pipeline.rpush("l", "element"));
            }
            Response<byte[]> read = pipeline.get("k".getBytes(UTF_8));
            pipeline.sync();
            assertEquals("OK", stored.get());
            assertThrows(JedisDataException.class, refused::get);
            for (int i = 0; i < pushed.size(); i++) {
                assertEquals(i + 1, pushed.get(i).get());
            }
            assertEquals("text", new String(read.get(), UTF_8));
        }
    }

    @Scenario
    void aTransactionRunsUnlessWhatItWatchesHasChanged() {
        try (Jedis jedis = pool.getResource();
                Jedis other = pool.getResource()) {
            jedis.watch("k");
            other.set("k", "theirs");
            Transaction refused = jedis.multi();
            refused.set("k", "ours");
            assertNull(refused.exec());
            assertEquals("theirs", jedis.get("k"));

            jedis.watch("k");
            Transaction accepted = jedis.multi();
            Response<String> stored = accepted.set("k", "1");
            Response<Long> counted = accepted.incr("k");
            Response<Long> failed = accepted.llen("k");
            List<Object> replies = accepted.exec();
            assertEquals(3, replies.size());
            assertEquals("OK", stored.get());
            assertEquals(2, counted.get());
            assertTrue(assertThrows(JedisDataException.class, failed::get)
                    .getMessage()
                    .startsWith("WRONGTYPE "));

            Transaction discarded = jedis.multi();
            discarded.del("k");
            assertEquals("OK", discarded.discard());
            assertEquals("2", jedis.get("k"));
        }
    }

    @Scenario
    void blockingPopsWaitForElements() throws Exception {
        try (Jedis waiting = pool.getResource();
                Jedis other = pool.getResource()) {
            CompletableFuture<List<String>> popped = CompletableFuture.supplyAsync(() -> waiting.blpop(0, "a", "b"));
            await().until(() -> other.clientList().contains(" cmd=blpop "));
            other.rpush("b", "element", "next");
            assertEquals(List.of("b", "element"), popped.get(30, TimeUnit.SECONDS));
            assertEquals("next", waiting.blmove("b", "c", ListDirection.LEFT, ListDirection.RIGHT, 1.0));
            assertEquals(List.of("next"), other.lrange("c", 0, -1));
            assertNull(waiting.blpop(0.01, "a", "b"));
            assertNull(waiting.blmove("b", "c", ListDirection.LEFT, ListDirection.RIGHT, 0.01));
        }
    }

    @Scenario
    void scanReturnsEachKeyOnce() {
        Set<String> expected = new HashSet<>();
        List<String> seen = new ArrayList<>();
        try (Jedis jedis = pool.getResource()) {
            jedis.rpush("list", "element");
            for (int i = 0; i < 300; i++) {
                expected.add("key:" + i);
                jedis.set("key:" + i, "v");
            }
            ScanParams params = new ScanParams().match("key:*").count(20);
            String cursor = ScanParams.SCAN_POINTER_START;
            do {
                ScanResult<String> page = jedis.scan(cursor, params, "string");
                seen.addAll(page.getResult());
                cursor = page.getCursor();
            } while (!cursor.equals(ScanParams.SCAN_POINTER_START));
        }
        assertEquals(expected, new HashSet<>(seen));
        assertEquals(expected.size(), seen.size());
    }

    @Scenario
    void bytesComeBackAsTheyWere() {
        try (Jedis jedis = pool.getResource()) {
            assertEquals(
                    "OK", jedis.set(BINARY, BINARY, SetParams.setParams().nx().px(100_000)));
            assertArrayEquals(BINARY, jedis.get(BINARY));
            jedis.rpush("l".getBytes(UTF_8), BINARY, new byte[0]);
            List<byte[]> list = jedis.lrange("l".getBytes(UTF_8), 0, -1);
            assertArrayEquals(BINARY, list.get(0));
            assertEquals(0, list.get(1).length);
        }
    }

    @Scenario
    void usersMayDoWhatTheirRulesSay() {
        try (Jedis admin = pool.getResource()) {
            admin.aclSetUser("app", "reset", "on", ">secret", "~app:*", "+@all", "-@dangerous");
            try (Jedis app = connection(config().user("app").password("secret").build())) {
                assertEquals("app", app.aclWhoAmI());
                assertEquals("OK", app.set("app:k", "v"));
                assertThrows(JedisAccessControlException.class, () -> app.get("k"));
                assertThrows(JedisAccessControlException.class, app::flushAll);
                assertEquals("v", app.get("app:k"));
            }
            assertThrows(
                    JedisAccessControlException.class,
                    () -> connection(config().user("app").password("wrong").build()));
            assertEquals(List.of("~app:*"), List.of(admin.aclGetUser("app").getKeys()));
            assertEquals(1, admin.aclDelUser("app"));
        }
    }

    @Scenario
    void messagesComeToWhoSubscribes() throws Exception {
        Heard heard = new Heard();
        try (Jedis subscriber = connection(config().build());
                Jedis publisher = pool.getResource()) {
            CompletableFuture<Void> listening =
                    CompletableFuture.runAsync(() -> subscriber.subscribe(heard, "news", "weather"));
            assertEquals("subscribed news 1", heard.next());
            assertEquals("subscribed weather 2", heard.next());
            assertEquals(1, publisher.publish("news", "hello"));
            assertEquals("news: hello", heard.next());
            heard.psubscribe("w*");
            assertEquals("subscribed w* 3", heard.next());
            assertEquals(2, publisher.publish("weather", "rain"));
            assertEquals(Set.of("weather: rain", "w* weather: rain"), Set.copyOf(List.of(heard.next(), heard.next())));
            assertEquals(Map.of("news", 1L), publisher.pubsubNumSub("news"));
            heard.unsubscribe();
            heard.punsubscribe();
            listening.get(30, TimeUnit.SECONDS);
            assertEquals(0, publisher.publish("news", "nobody listens"));
            assertEquals("PONG", subscriber.ping());
        }
    }

    @Scenario
    void eventsOfKeysAreMessages() throws Exception {
        Heard heard = new Heard();
        try (Jedis subscriber = connection(config().build());
                Jedis jedis = pool.getResource()) {
            jedis.configSet("notify-keyspace-events", "Ex");
            CompletableFuture<Void> listening =
                    CompletableFuture.runAsync(() -> subscriber.psubscribe(heard, "__keyevent@0__:*"));
            assertEquals("subscribed __keyevent@0__:* 1", heard.next());
            jedis.set("k", "v", SetParams.setParams().px(1));
            assertEquals("__keyevent@0__:* __keyevent@0__:expired: k", heard.next());
            heard.punsubscribe();
            listening.get(30, TimeUnit.SECONDS);
        } finally {
            run(jedis -> jedis.configSet("notify-keyspace-events", ""));
        }
    }

    /** Keeps what it hears, in order. */
    private static final class Heard extends JedisPubSub {
        private final BlockingQueue<String> all = new LinkedBlockingQueue<>();

        String next() throws InterruptedException {
            return all.poll(30, TimeUnit.SECONDS);
        }

        @Override
        public void onMessage(String channel, String message) {
            all.add(channel + ": " + message);
        }

        @Override
        public void onPMessage(String pattern, String channel, String message) {
            all.add(pattern + " " + channel + ": " + message);
        }

        @Override
        public void onSubscribe(String channel, int subscriptions) {
            all.add("subscribed " + channel + " " + subscriptions);
        }

        @Override
        public void onPSubscribe(String pattern, int subscriptions) {
            all.add("subscribed " + pattern + " " + subscriptions);
        }
    }
}
