package io.miniredis.app;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.miniredis.app.Scenarios.Scenario;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.springframework.cache.Cache;
import org.springframework.dao.DataAccessException;
import org.springframework.data.redis.RedisSystemException;
import org.springframework.data.redis.cache.BatchStrategies;
import org.springframework.data.redis.cache.BatchStrategy;
import org.springframework.data.redis.cache.RedisCacheConfiguration;
import org.springframework.data.redis.cache.RedisCacheManager;
import org.springframework.data.redis.cache.RedisCacheWriter;
import org.springframework.data.redis.connection.Message;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.Cursor;
import org.springframework.data.redis.core.RedisCallback;
import org.springframework.data.redis.core.RedisOperations;
import org.springframework.data.redis.core.ScanOptions;
import org.springframework.data.redis.core.SessionCallback;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.data.redis.listener.ChannelTopic;
import org.springframework.data.redis.listener.KeyExpirationEventMessageListener;
import org.springframework.data.redis.listener.PatternTopic;
import org.springframework.data.redis.listener.RedisMessageListenerContainer;

/** What programs do with Spring Data Redis: its template, its transactions, its cache. */
final class SpringScenarios implements AutoCloseable {
    private final int port;
    private final LettuceConnectionFactory factory;
    private final StringRedisTemplate redis;

    SpringScenarios(int port) {
        this.port = port;
        factory = factory(new RedisStandaloneConfiguration("127.0.0.1", port));
        redis = new StringRedisTemplate(factory);
        redis.execute((RedisCallback<Void>) connection -> {
            connection.serverCommands().flushAll();
            return null;
        });
    }

    private static LettuceConnectionFactory factory(RedisStandaloneConfiguration server) {
        LettuceConnectionFactory factory = new LettuceConnectionFactory(server);
        factory.afterPropertiesSet();
        factory.start();
        return factory;
    }

    @Override
    public void close() {
        factory.destroy();
    }

    @Scenario
    void values() {
        redis.opsForValue().set("k", "v", Duration.ofSeconds(100));
        assertEquals(100, redis.getExpire("k"));
        assertEquals("v", redis.opsForValue().get("k"));
        assertEquals(false, redis.opsForValue().setIfAbsent("k", "w", Duration.ofSeconds(1)));
        assertEquals(true, redis.opsForValue().setIfPresent("k", "w"));
        assertEquals(-1, redis.getExpire("k"));
        assertEquals("w", redis.opsForValue().getAndSet("k", "x"));
        assertEquals("x", redis.opsForValue().getAndExpire("k", Duration.ofSeconds(50)));
        assertEquals(50_000, redis.getExpire("k", TimeUnit.MILLISECONDS), 5_000);
        assertEquals(true, redis.persist("k"));
        assertEquals(true, redis.expire("k", Duration.ofMinutes(1)));
        redis.opsForValue().multiSet(Map.of("a", "1", "b", "2"));
        assertEquals(Arrays.asList("1", null, "2"), redis.opsForValue().multiGet(List.of("a", "nosuch", "b")));
        assertEquals(11, redis.opsForValue().increment("a", 10));
        assertEquals(2.5, redis.opsForValue().increment("b", 0.5));
        assertEquals(3, redis.opsForValue().append("k", "yz"));
        assertEquals(false, redis.opsForValue().setBit("bits", 7, true));
        assertEquals(true, redis.opsForValue().getBit("bits", 7));
        assertEquals("xyz", redis.opsForValue().getAndDelete("k"));
        assertThrows(RedisSystemException.class, () -> redis.opsForList().size("a"));
    }

    @Scenario
    void lists() throws Exception {
        assertEquals(3, redis.opsForList().rightPushAll("l", "a", "b", "c"));
        assertEquals(4, redis.opsForList().leftPush("l", "x"));
        assertEquals(List.of("x", "a", "b", "c"), redis.opsForList().range("l", 0, -1));
        assertEquals(2, redis.opsForList().indexOf("l", "b"));
        assertEquals(1, redis.opsForList().remove("l", 0, "b"));
        assertEquals("c", redis.opsForList().rightPopAndLeftPush("l", "m"));
        assertEquals(List.of("x", "a"), redis.opsForList().leftPop("l", 2));
        assertEquals("c", redis.opsForList().leftPop("m", Duration.ofSeconds(10)));
        redis.opsForValue().set("s", "v");
        assertThrows(RedisSystemException.class, () -> redis.opsForList().leftPush("s", "v"));
    }

    @Scenario
    void keys() {
        for (int i = 0; i < 100; i++) {
            redis.opsForValue().set("key:" + i, "v");
        }
        redis.opsForValue().set("other", "v");
        Set<String> seen = new HashSet<>();
        try (Cursor<String> cursor =
                redis.scan(ScanOptions.scanOptions().match("key:*").count(10).build())) {
            cursor.forEachRemaining(seen::add);
        }
        assertEquals(redis.keys("key:*"), seen);
        assertEquals(100, seen.size());
        assertEquals(100, redis.delete(seen));
        assertEquals(true, redis.hasKey("other"));
        redis.rename("other", "renamed");
        assertEquals(1, redis.unlink(List.of("renamed", "nosuch")));
        assertEquals(0, redis.countExistingKeys(List.of("other", "renamed")));
    }

    @Scenario
    void aPipeline() {
        List<Object> replies = redis.executePipelined((RedisCallback<Object>) connection -> {
            byte[] key = "n".getBytes(StandardCharsets.UTF_8);
            for (int i = 0; i < 1000; i++) {
                connection.stringCommands().incr(key);
            }
            connection.stringCommands().get(key);
            return null;
        });
        assertEquals(1001, replies.size());
        assertEquals(1L, replies.get(0));
        assertEquals(1000L, replies.get(999));
        assertEquals("1000", replies.get(1000));
    }

    @Scenario
    void aTransactionRunsUnlessWhatItWatchesHasChanged() {
        assertEquals(Arrays.asList(true, 1L), transaction(() -> {}));
        assertEquals("v", redis.opsForValue().get("k"));
        List<Object> discarded = transaction(() -> redis.opsForValue().set("k", "theirs"));
        assertTrue(discarded == null || discarded.isEmpty(), "discarded: " + discarded);
        assertEquals("theirs", redis.opsForValue().get("k"));
    }

    /** Reads, lets something else happen, then writes all or nothing. */
    private List<Object> transaction(Runnable meanwhile) {
        return redis.execute(new SessionCallback<>() {
            @Override
            @SuppressWarnings("unchecked") // as its documentation does it
            public <K, V> List<Object> execute(RedisOperations<K, V> session) throws DataAccessException {
                RedisOperations<String, String> strings = (RedisOperations<String, String>) session;
                strings.watch("k");
                strings.opsForValue().get("k");
                meanwhile.run();
                strings.multi();
                strings.opsForValue().set("k", "v");
                strings.opsForList().rightPush("l", "element");
                return strings.exec();
            }
        });
    }

    @Scenario
    void aCache() {
        cache(RedisCacheWriter.nonLockingRedisCacheWriter(factory));
    }

    @Scenario
    void aCacheThatLocksAndIsClearedByScan() {
        BatchStrategy scan = BatchStrategies.scan(10);
        cache(RedisCacheWriter.lockingRedisCacheWriter(factory, scan));
    }

    private void cache(RedisCacheWriter writer) {
        RedisCacheManager manager = RedisCacheManager.builder(writer)
                .cacheDefaults(RedisCacheConfiguration.defaultCacheConfig().entryTtl(Duration.ofSeconds(100)))
                .build();
        manager.afterPropertiesSet();
        Cache cache = manager.getCache("books");
        cache.put("1", "Emma");
        assertEquals("Emma", cache.get("1", String.class));
        assertEquals(100, redis.getExpire("books::1"));
        assertEquals("Emma", cache.putIfAbsent("1", "Persuasion").get());
        assertNull(cache.putIfAbsent("2", "Persuasion"));
        assertEquals("Lady Susan", cache.get("3", () -> "Lady Susan"));
        assertEquals("Lady Susan", cache.get("3", () -> "computed once only"));
        cache.evict("1");
        assertNull(cache.get("1"));
        for (int i = 0; i < 50; i++) {
            cache.put("many:" + i, i);
        }
        redis.opsForValue().set("other", "v");
        cache.clear(); // which version 4 does not wait for
        await().until(() -> redis.keys("*").equals(Set.of("other")));
    }

    @Scenario
    void usersMayDoWhatTheirRulesSay() {
        redis.execute((RedisCallback<Object>) connection -> {
            for (String rule : List.of("reset", "on", ">secret", "~app:*", "+@all", "-@dangerous")) {
                connection.execute("ACL", bytes("SETUSER"), bytes("app"), bytes(rule));
            }
            return null;
        });
        RedisStandaloneConfiguration server = new RedisStandaloneConfiguration("127.0.0.1", port);
        server.setUsername("app");
        server.setPassword("secret");
        server.setDatabase(3);
        LettuceConnectionFactory users = factory(server);
        try {
            StringRedisTemplate app = new StringRedisTemplate(users);
            app.opsForValue().set("app:k", "v");
            assertEquals("v", app.opsForValue().get("app:k"));
            assertThrows(RedisSystemException.class, () -> app.opsForValue().get("k"));
        } finally {
            users.destroy();
        }
        assertFalse(redis.hasKey("app:k"));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Scenario
    void listenersHearMessagesAndEventsOfKeys() throws Exception {
        BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        RedisMessageListenerContainer container = new RedisMessageListenerContainer();
        container.setConnectionFactory(factory);
        container.afterPropertiesSet();
        KeyExpirationEventMessageListener expirations = new KeyExpirationEventMessageListener(container) {
            @Override
            protected void doHandleMessage(Message message) {
                heard.add("expired " + message);
            }
        };
        try {
            container.addMessageListener((message, pattern) -> heard.add("news " + message), new ChannelTopic("news"));
            container.addMessageListener(
                    (message, pattern) -> heard.add(new String(pattern, StandardCharsets.UTF_8) + " " + message),
                    new PatternTopic("w*"));
            container.start();
            redis.convertAndSend("news", "hello");
            assertEquals("news hello", heard.poll(30, TimeUnit.SECONDS));
            redis.convertAndSend("weather", "rain");
            assertEquals("w* rain", heard.poll(30, TimeUnit.SECONDS));

            expirations.init();
            redis.opsForValue().set("other", "v", Duration.ofMillis(1));
            redis.opsForValue().set("k", "v", Duration.ofMillis(1));
            assertEquals(
                    Set.of("expired other", "expired k"),
                    Set.copyOf(List.of(heard.poll(30, TimeUnit.SECONDS), heard.poll(30, TimeUnit.SECONDS))));
        } finally {
            expirations.destroy();
            container.destroy();
            redis.execute((RedisCallback<Void>) connection -> {
                connection.serverCommands().setConfig("notify-keyspace-events", "");
                return null;
            });
        }
    }
}
