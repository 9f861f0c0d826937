package io.miniredis.app;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.miniredis.testkit.MemoryAccount;
import io.miniredis.testkit.TestClient;
import io.miniredis.testkit.TestServer;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The account of memory is exact: after whatever commands, {@code used_memory} is what the objects occupy that are stored, weighed one by
 * one. Several clients send commands at random, of all that write; some wait, some are in transactions; time passes, keys expire and are
 * evicted. A million commands in all, the same ones each time.
 */
final class AccountIT {
    private static final int CLIENTS = 4;
    private static final int PIPELINE = 40;
    private static final int CHECKPOINTS = 10;

    /** So many different commands are made and encoded once, and then sent again and again. */
    private static final int DIFFERENT = 20_000;

    private static final int STEPS = 50;

    private static final byte[] FLUSHALL = encode(List.of("FLUSHALL"));

    /** What would leave little to account for is said now and then, what waits without a key seldom, what takes long not at all. */
    private static final Set<String> LEFT_OUT = Set.of(
            "flushall",
            "flushdb",
            "keys",
            "lcs",
            "command|getkeys",
            "blpop",
            "brpop",
            "blmove",
            "brpoplpush",
            "blmpop");

    private static final String[] MORE = {
        "SET K V",
        "SET K V PX T",
        "RPUSH K V V V V",
        "LSET K 0|-1 V",
        "APPEND K V",
        "PERSIST K",
        "EXPIRE K 1|5|100",
        "RENAME|RENAMENX K K",
        "RENAME|RENAMENX K K",
        "BLPOP|BRPOP K K 0|0.1|1",
        "BLMOVE K K LEFT|RIGHT LEFT|RIGHT 1",
        "BRPOPLPUSH K K 1",
        "BLMPOP 1 3 K K K LEFT|RIGHT",
        "SELECT 0|1|2",
        "SELECT 0"
    };

    private final List<TestClient> clients = new ArrayList<>();

    @ParameterizedTest
    @CsvSource({
        "1, 1, 7, 0, noeviction, 150000",
        "2, 2, 7, 0, noeviction, 150000",
        "3, 1, 5000, 0, noeviction, 150000",
        "4, 2, 5000, 0, allkeys-lfu, 150000",
        "5, 1, 2000, 300kb, allkeys-lru, 100000",
        "6, 2, 5000, 300kb, volatile-lfu, 100000",
        "7, 4, 300, 400kb, allkeys-random, 100000",
        "8, 1, 300, 200kb, volatile-ttl, 100000",
    })
    void usedMemoryIsWhatTheStoredObjectsOccupy(
            long seed, String threads, int keys, String limit, String policy, int commands) {
        Random random = new Random(seed);
        try (TestServer server = TestServer.start(
                "io-threads", threads, "maxmemory", limit, "maxmemory-policy", policy, "proto-max-bulk-len", "1mb")) {
            TestClient admin = server.connect();
            long empty = server.memory().accountedBytes();
            List<byte[]> requests = requests(server, random, keys);
            for (int point = 1; point <= CHECKPOINTS; point++) {
                while (statistic(admin, "total_commands_processed") < (long) commands * point / CHECKPOINTS) {
                    for (int i = 0; i < STEPS; i++) {
                        step(server, random, requests);
                    }
                }
                assertExact(server, "at checkpoint " + point);
            }
            if (limit.equals("0")) { // or most are refused
                assertEquals(Set.of(), withoutSuccess(admin));
            }
            assertTrue(statistic(admin, "expired_keys") > 0);
            assertEquals(limit.equals("0"), statistic(admin, "evicted_keys") == 0);
            clients.forEach(TestClient::close);
            assertEquals("+OK", admin.send("FLUSHALL"));
            assertExact(server, "after FLUSHALL");
            assertEquals(empty, server.memory().accountedBytes());
        }
    }

    private static void assertExact(TestServer server, String when) {
        MemoryAccount memory = server.memory();
        assertEquals(memory.weighedBytes(), memory.accountedBytes(), when);
    }

    private static List<byte[]> requests(TestServer server, Random random, int keys) {
        String[] names = IntStream.range(0, keys)
                .mapToObj(i -> i % 50 == 0 ? "long".repeat(40) + i : "key:" + i)
                .toArray(String[]::new);
        RandomCommands commands = RandomCommands.ofKeys(random, names, dumps(server), MORE, LEFT_OUT);
        return Stream.generate(commands::next)
                .limit(DIFFERENT)
                .map(AccountIT::encode)
                .toList();
    }

    private static byte[] encode(List<String> words) {
        return RawClient.encode(words).getBytes(ISO_8859_1);
    }

    /** What DUMP says of a few values. */
    private static String[] dumps(TestServer server) {
        try (TestClient client = server.connect()) {
            client.send("SET", "a", "some text");
            client.send("SET", "b", "12345");
            client.send("SET", "c", "x".repeat(3000));
            client.send("RPUSH", "d", "1", "two", "three", "y".repeat(1000));
            String[] dumps = List.of("a", "b", "c", "d").stream()
                    .map(key -> client.wire("DUMP", key))
                    .map(wire -> wire.substring(wire.indexOf('\n') + 1, wire.length() - 2))
                    .toArray(String[]::new);
            client.send("FLUSHALL");
            return dumps;
        }
    }

    /** A client sends a pipeline, or one that waits goes away in the middle of its own; or time passes. */
    private void step(TestServer server, Random random, List<byte[]> requests) {
        if (random.nextInt(10) == 0) {
            server.advance(Duration.ofMillis(random.nextInt(random.nextInt(20) == 0 ? 120_000 : 300)));
        }
        int number = random.nextInt(CLIENTS);
        while (clients.size() <= number) {
            clients.add(server.connect());
        }
        TestClient client = clients.get(number);
        if (!client.isWaiting()) {
            client.exchange(pipeline(random, requests));
        } else if (random.nextInt(CLIENTS) == 0) {
            clients.set(number, server.connect()).close();
        }
        clients.forEach(TestClient::receiveWire);
    }

    private static byte[] pipeline(Random random, List<byte[]> requests) {
        ByteArrayOutputStream pipeline = new ByteArrayOutputStream();
        for (int left = 1 + random.nextInt(PIPELINE); left > 0; left--) {
            boolean clears = random.nextInt(30_000) == 0;
            pipeline.writeBytes(clears ? FLUSHALL : requests.get(random.nextInt(requests.size())));
        }
        return pipeline.toByteArray();
    }

    /** The commands that write and have not succeeded once. */
    private static Set<String> withoutSuccess(TestClient client) {
        Set<String> succeeded = new TreeSet<>();
        Matcher line = Pattern.compile("cmdstat_(\\S+?):calls=(\\d+),.*?,failed_calls=(\\d+)")
                .matcher(client.send("INFO", "commandstats"));
        while (line.find()) {
            if (Long.parseLong(line.group(2)) > Long.parseLong(line.group(3))) {
                succeeded.add(line.group(1));
            }
        }
        Set<String> missing = new TreeSet<>();
        for (String name :
                client.send("COMMAND", "LIST").replaceAll("[\\[\\]',]", "").split(" ", -1)) {
            boolean writes = client.send("COMMAND", "INFO", name).contains("+write");
            if (writes && !succeeded.contains(name) && !name.equals("flushdb") && !name.startsWith("testkit.")) {
                missing.add(name);
            }
        }
        return missing;
    }

    private static long statistic(TestClient client, String name) {
        String info = client.send("INFO", "stats");
        Matcher line = Pattern.compile(name + ":(\\d+)").matcher(info);
        assertTrue(line.find(), info);
        return Long.parseLong(line.group(1));
    }
}
