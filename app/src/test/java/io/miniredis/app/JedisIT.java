package io.miniredis.app;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.RedisProtocol;
import redis.clients.jedis.Response;
import redis.clients.jedis.args.ExpiryOption;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.params.ScanParams;
import redis.clients.jedis.params.SetParams;
import redis.clients.jedis.resps.ScanResult;

/** What Java programs use, over both protocols: the client of most of them. */
@ParameterizedClass
@EnumSource(
        value = RedisProtocol.class,
        names = {"RESP2", "RESP3"})
final class JedisIT {
    @AutoClose
    private static ServerProcess server;

    private final DefaultJedisClientConfig config;
    private final RedisClient client;

    JedisIT(RedisProtocol protocol) {
        config = DefaultJedisClientConfig.builder()
                .protocol(protocol)
                .socketTimeoutMillis(30_000)
                .clientName("jedis-it")
                .build();
        client = RedisClient.builder()
                .hostAndPort("127.0.0.1", server.port())
                .clientConfig(config)
                .build();
        client.flushAll();
    }

    @BeforeAll
    static void startServer() throws Exception {
        server = ServerProcess.start();
    }

    @AfterEach
    void closeClient() {
        client.close();
    }

    private Jedis connection() {
        return new Jedis(new HostAndPort("127.0.0.1", server.port()), config);
    }

    @Test
    @SuppressWarnings("deprecation") // SETEX and PSETEX, which programs use all the same
    void strings() {
        assertEquals("OK", client.set("k", "v"));
        assertEquals("v", client.get("k"));
        assertNull(client.get("nosuch"));
        assertNull(client.set("k", "w", SetParams.setParams().nx()));
        assertEquals("OK", client.set("k", "w", SetParams.setParams().xx().ex(100)));
        assertEquals(100, client.ttl("k"));
        assertEquals("w", client.setGet("k", "x"));
        assertEquals("OK", client.setex("k", 200, "y"));
        assertEquals("OK", client.psetex("k", 200_000, "z"));
        assertEquals("OK", client.mset("a", "1", "b", "2"));
        List<String> values = client.mget("a", "nosuch", "b");
        assertEquals("1", values.get(0));
        assertNull(values.get(1));
        assertEquals("2", values.get(2));
        assertEquals(2, client.incr("a"));
        assertEquals(12, client.incrBy("a", 10));
        assertEquals(11, client.decr("a"));
        assertEquals(1, client.decrBy("a", 10));
        JedisDataException notANumber = assertThrows(JedisDataException.class, () -> client.incr("k"));
        assertEquals("ERR value is not an integer or out of range", notANumber.getMessage());
        byte[] binary = {0, '\r', '\n', (byte) 0xff};
        client.set(binary, binary);
        assertArrayEquals(binary, client.get(binary));
    }

    @Test
    void lists() {
        assertEquals(3, client.rpush("l", "a", "b", "c"));
        assertEquals(5, client.lpush("l", "y", "x"));
        assertEquals(List.of("x", "y", "a", "b", "c"), client.lrange("l", 0, -1));
        assertEquals(5, client.llen("l"));
        assertEquals("x", client.lpop("l"));
        assertEquals("c", client.rpop("l"));
        assertEquals(List.of("y", "a"), client.lpop("l", 2));
        assertEquals(List.of("b"), client.rpop("l", 2));
        assertFalse(client.exists("l"));
        assertNull(client.lpop("l"));
        assertNull(client.lpop("l", 2));
        client.set("s", "v");
        JedisDataException wrongType = assertThrows(JedisDataException.class, () -> client.rpush("s", "x"));
        assertTrue(wrongType.getMessage().startsWith("WRONGTYPE "), wrongType.getMessage());
    }

    @Test
    void keys() {
        client.mset("a", "1", "b", "2", "c", "3");
        client.rpush("l", "x");
        assertEquals(2, client.exists("a", "l", "nosuch"));
        assertEquals(Set.of("a", "b", "c"), client.keys("[a-c]"));
        assertEquals(4, client.dbSize());
        assertEquals("string", client.type("a"));
        assertEquals("list", client.type("l"));
        assertEquals("none", client.type("nosuch"));
        assertEquals(1, client.del("a"));
        assertEquals(2, client.unlink("b", "l", "nosuch"));
        assertEquals("OK", client.flushDB());
        assertEquals(0, client.dbSize());
    }

    @Test
    void expiry() {
        client.set("k", "v");
        assertEquals(-1, client.ttl("k"));
        assertEquals(-2, client.pttl("nosuch"));
        assertEquals(1, client.expire("k", 100));
        assertEquals(0, client.expire("k", 50, ExpiryOption.GT));
        assertEquals(1, client.pexpire("k", 200_000));
        assertEquals(200, client.ttl("k"));
        assertEquals(1, client.persist("k"));
        assertEquals(1, client.expireAt("k", 33177117420L));
        assertEquals(1, client.pexpireAt("k", 33177117420000L));
        assertEquals(1, client.pexpireAt("k", 1));
        assertFalse(client.exists("k"));
    }

    @Test
    void scanReturnsEveryKeyOnce() {
        Set<String> expected = new HashSet<>();
        try (Pipeline pipeline = client.pipelined()) {
            for (int i = 0; i < 1000; i++) {
                pipeline.set("key:" + i, "v");
                expected.add("key:" + i);
            }
        }
        client.set("other", "v");
        List<String> seen = new ArrayList<>();
        ScanParams params = new ScanParams().match("key:*").count(50);
        String cursor = ScanParams.SCAN_POINTER_START;
        do {
            ScanResult<String> page = client.scan(cursor, params);
            seen.addAll(page.getResult());
            cursor = page.getCursor();
        } while (!cursor.equals(ScanParams.SCAN_POINTER_START));
        assertEquals(expected, new HashSet<>(seen));
        assertEquals(expected.size(), seen.size());
    }

    @Test
    void aPipelineIsAnsweredInOrder() {
        List<Response<Long>> replies = new ArrayList<>();
        try (Pipeline pipeline = client.pipelined()) {
            for (int i = 0; i < 10_000; i++) {
                replies.add(pipeline.incr("n"));
            }
        }
        for (int i = 0; i < replies.size(); i++) {
            assertEquals(i + 1, replies.get(i).get());
        }
    }

    @Test
    void largeValues() {
        String large = "0123456789abcdef".repeat(1 << 18);
        client.set("k", large);
        assertEquals(large, client.get("k"));
        client.rpush("l", large, "x", large);
        assertEquals(List.of(large, "x", large), client.lrange("l", 0, -1));
    }

    @Test
    void connections() {
        try (Jedis jedis = connection()) {
            assertEquals("PONG", jedis.ping());
            assertEquals("hi", jedis.ping("hi"));
            assertEquals("hi", jedis.echo("hi"));
            assertEquals("jedis-it", jedis.clientGetname());
            assertEquals("OK", jedis.clientSetname("renamed"));
            assertTrue(jedis.clientId() > 0);
            String list = jedis.clientList();
            assertTrue(list.contains("name=renamed"), list);
            assertTrue(list.contains("lib-name=jedis"), list);
            assertEquals("OK", jedis.select(3));
            jedis.set("in3", "v");
            assertEquals(1, jedis.dbSize());
            assertEquals("OK", jedis.flushDB());
        }
    }

    @Test
    void administration() {
        assertEquals(Map.of("maxmemory", "0"), client.configGet("maxmemory"));
        assertEquals("OK", client.configSet("maxmemory", "100mb"));
        assertEquals(Map.of("maxmemory", "104857600"), client.configGet("maxmemory"));
        assertEquals("OK", client.configSet("maxmemory", "0"));
        client.set("k", "v");
        client.get("k");
        client.get("nosuch");
        String info = client.info();
        for (String field : List.of(
                "redis_version:7.",
                "redis_mode:standalone",
                "role:master",
                "loading:0",
                "tcp_port:" + server.port(),
                "run_id:",
                "connected_clients:",
                "used_memory:",
                "maxmemory_policy:noeviction",
                "db0:keys=1,expires=0,avg_ttl=0")) {
            assertTrue(info.contains("\n" + field) || info.startsWith(field), field + " is not in\n" + info);
        }
        assertTrue(client.info("commandstats").contains("cmdstat_get:calls="), client.info("commandstats"));
        try (Jedis jedis = connection()) {
            assertEquals("OK", jedis.configResetStat());
            assertTrue(jedis.commandCount() > 40);
            assertTrue(jedis.commandDocs("get", "set").containsKey("set"));
            assertEquals(List.of("k"), jedis.commandGetKeys("GET", "k"));
            assertTrue(jedis.commandList().contains("lpush"));
        }
    }

    @Test
    void aWriteOverTheMemoryLimitIsRefusedAndChangesNothing() {
        client.set("k", "v");
        client.configSet("maxmemory", "1");
        try {
            JedisDataException full = assertThrows(JedisDataException.class, () -> client.set("k", "w"));
            assertEquals("OOM command not allowed when used memory > 'maxmemory'.", full.getMessage());
            assertEquals("v", client.get("k"));
        } finally {
            client.configSet("maxmemory", "0");
        }
    }

    @Test
    void theLeastRecentlyUsedKeysGoWhenMemoryIsFull() {
        client.configSet(Map.of("maxmemory", "2mb", "maxmemory-policy", "allkeys-lru"));
        try {
            String value = "x".repeat(1000);
            for (int i = 0; i < 5000; i++) {
                client.set("key:" + i, value);
            }
            assertTrue(client.dbSize() < 2500, () -> "keys: " + client.dbSize());
            assertTrue(client.exists("key:4999"));
        } finally {
            client.configSet(Map.of("maxmemory", "0", "maxmemory-policy", "noeviction"));
        }
    }
}
