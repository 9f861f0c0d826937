package io.miniredis.app;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.lettuce.core.RedisURI;
import io.lettuce.core.TrackingArgs;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.support.caching.CacheAccessor;
import io.lettuce.core.support.caching.CacheFrontend;
import io.lettuce.core.support.caching.ClientSideCaching;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.JedisMonitor;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.csc.DefaultCache;
import redis.clients.jedis.params.ClientKillParams;

/** Clients that keep copies of values, and are told when these have changed; and those that are told of everything. */
final class ClientCachesIT {
    @AutoClose
    private static ServerProcess server;

    @BeforeAll
    static void startServer() throws Exception {
        server = ServerProcess.start();
    }

    /** A cache that does without Redis 7.4, which Jedis asks for otherwise. */
    static final class AnyVersionCache extends DefaultCache {
        AnyVersionCache() {
            super(100);
        }

        @Override
        public boolean compatibilityMode() {
            return true;
        }
    }

    @Test
    void jedisHearsOfChangesToWhatItHasACopyOf() {
        try (RedisClient client = RedisClient.builder()
                        .hostAndPort("127.0.0.1", server.port())
                        .clientConfig(DefaultJedisClientConfig.builder().resp3().build())
                        .cache(new AnyVersionCache())
                        .build();
                Jedis other = new Jedis("127.0.0.1", server.port())) {
            client.set("k", "1");
            assertEquals("1", client.get("k"));
            assertEquals("1", client.get("k"));
            assertEquals(1, client.getCache().getStats().getHitCount());
            assertEquals(1, client.getCache().getSize());
            other.set("k", "2");
            await().until(() -> client.get("k").equals("2"));
            assertEquals("2", client.get("k"));
            other.flushAll();
            await().until(() -> client.get("k") == null);
        }
    }

    @Test
    void lettuceHearsOfChangesToWhatItHasACopyOf() {
        io.lettuce.core.RedisClient client =
                io.lettuce.core.RedisClient.create(RedisURI.create("127.0.0.1", server.port()));
        try (StatefulRedisConnection<String, String> connection = client.connect();
                StatefulRedisConnection<String, String> other = client.connect()) {
            Map<String, String> copies = new ConcurrentHashMap<>();
            CacheFrontend<String, String> cache =
                    ClientSideCaching.enable(CacheAccessor.forMap(copies), connection, TrackingArgs.Builder.enabled());
            other.sync().set("l", "1");
            assertEquals("1", cache.get("l"));
            assertEquals(Map.of("l", "1"), copies);
            other.sync().set("l", "2");
            await().until(copies::isEmpty);
            assertEquals("2", cache.get("l"));
        } finally {
            client.shutdown(0, 5, TimeUnit.SECONDS);
        }
    }

    @Test
    void jedisSeesWhatOthersDo() {
        Queue<String> seen = new ConcurrentLinkedQueue<>();
        try (Jedis monitor = new Jedis("127.0.0.1", server.port());
                Jedis other = new Jedis("127.0.0.1", server.port())) {
            long id = monitor.clientId();
            CompletableFuture<Void> monitoring = CompletableFuture.runAsync(() -> monitor.monitor(new JedisMonitor() {
                @Override
                public void onCommand(String command) {
                    seen.add(command);
                }
            }));
            await().until(() -> other.clientList().contains(" flags=O "));
            other.set("k", "a b");
            await().until(() -> seen.stream().anyMatch(line -> line.endsWith("] \"SET\" \"k\" \"a b\"")));
            other.clientKill(new ClientKillParams().id("" + id));
            await().until(monitoring::isDone);
        }
    }
}
