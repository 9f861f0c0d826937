package io.miniredis.app;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.miniredis.app.Party.Said;
import io.miniredis.testkit.TestServer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Has several clients read and write at random, with their copies tracked in all manners, at a real Redis and at our server, and compares
 * what each of them hears after each step, byte for byte.
 *
 * <p>{@code -Dtracking.sequences=20000 -Dtracking.seed=1} says how many sequences, and the seed of the first.
 */
final class TrackingIT {
    private static final int SEQUENCES = Integer.getInteger("tracking.sequences", 300);
    private static final long SEED = Long.getLong("tracking.seed", 1);
    private static final int CLIENTS = 3;
    private static final int STEPS = 60;
    private static final int BATCHES = 3000;
    private static final List<String> KEYS = List.of("a", "aa", "ab", "b", "c\0\r\n", "");

    @AutoClose
    private static ServerProcess redis;

    @AutoClose
    private static TestServer ours;

    private static long invalidations;

    @BeforeAll
    static void startServers() throws Exception {
        RedisTools.require("redis-server");
        redis = ServerProcess.startRedis();
        ours = TestServer.start();
    }

    @Test
    void allHearTheSame() throws IOException {
        Party.compare(redis, ours, CLIENTS, SEED, SEQUENCES, TrackingIT::script, TrackingIT::play);
        System.out.println(SEQUENCES + " sequences from seed " + SEED + ", " + invalidations + " invalidations");
        assertTrue(invalidations > SEQUENCES);
    }

    /** Who hears what. */
    private static List<String> play(Party party, Said said) throws IOException {
        List<String> shown = new ArrayList<>();
        String first = party.say(said);
        for (int i = 0; i < CLIENTS; i++) {
            String all = (i == said.client() ? first : "") + party.hear(i);
            invalidations += all.split("invalidate", -1).length - 1;
            shown.add(new RawReply(all, List.of()).toString());
        }
        return shown;
    }

    /** Readers keep what they read, writers write; then each copy that a reader still has is what the server has. */
    @ParameterizedTest
    @ValueSource(strings = {"", "BCAST"})
    void copiesAreRightWhenAllHaveWritten(String option) throws Exception {
        try (ServerProcess image = ServerProcess.start("--io-threads", "2");
                RawClient judge = new RawClient(image.port())) {
            judge.call("HELLO", "3");
            ExecutorService threads = Executors.newCachedThreadPool();
            List<Future<?>> writers = new ArrayList<>();
            List<Future<Map<String, String>>> readers = new ArrayList<>();
            AtomicBoolean written = new AtomicBoolean();
            for (int i = 0; i < 2; i++) {
                long seed = i;
                readers.add(threads.submit(() -> read(image.port(), option, new Random(seed), written)));
                writers.add(threads.submit(() -> write(image.port(), new Random(seed))));
            }
            for (Future<?> writer : writers) {
                writer.get(60, TimeUnit.SECONDS);
            }
            written.set(true);
            for (Future<Map<String, String>> reader : readers) {
                reader.get(60, TimeUnit.SECONDS)
                        .forEach((key, copy) ->
                                assertEquals(judge.call("GET", key).raw(), copy, key));
            }
            threads.shutdown();
        }
    }

    private static Void write(int port, Random random) throws IOException {
        try (RawClient client = new RawClient(port)) {
            for (int i = 0; i < BATCHES; i++) {
                client.send(RawClient.encode(List.of("SET", "k" + random.nextInt(50), "" + i))
                        + RawClient.encode(List.of("DEL", "k" + random.nextInt(50)))
                        + RawClient.encode(List.of("RENAME", "k" + random.nextInt(50), "k" + random.nextInt(50))));
                for (int reply = 0; reply < 3; reply++) {
                    assertNotEquals(RawReply.MISSING, client.read());
                }
            }
            return null;
        }
    }

    /** Returns the copies that the client has after it has heard all. */
    private static Map<String, String> read(int port, String option, Random random, AtomicBoolean written)
            throws IOException {
        Map<String, String> copies = new HashMap<>();
        try (RawClient client = new RawClient(port)) {
            client.call("HELLO", "3");
            List<String> track = new ArrayList<>(List.of("CLIENT", "TRACKING", "ON", option));
            track.remove("");
            assertEquals("+OK\r\n", client.call(track.toArray(String[]::new)).raw());
            int heard = 0;
            boolean last;
            do {
                last = written.get(); // then all that it is told comes before the next reply
                List<String> missing = random.ints(20, 0, 50)
                        .mapToObj(key -> "k" + key)
                        .filter(key -> !copies.containsKey(key)) // so one that is wrong stays, if nothing is said of it
                        .toList();
                client.send(RawClient.encode(List.of("PING"))
                        + missing.stream()
                                .map(key -> RawClient.encode(List.of("GET", key)))
                                .collect(joining()));
                heard += readReply(client, copies, "PING");
                copies.remove("PING");
                for (String key : missing) {
                    heard += readReply(client, copies, key);
                }
            } while (!last);
            assertTrue(heard > 0, "nothing was told");
            return copies;
        }
    }

    /** Returns how many messages came before the reply. */
    private static int readReply(RawClient client, Map<String, String> copies, String key) {
        int heard = 0;
        RawReply reply = client.read();
        while (reply.raw().startsWith(">")) {
            reply.elements()
                    .get(1)
                    .elements()
                    .forEach(invalid -> copies.remove(
                            invalid.raw().lines().skip(1).findFirst().orElseThrow()));
            heard++;
            reply = client.read();
        }
        copies.put(key, reply.raw());
        return heard;
    }

    private static List<Said> script(Random random) {
        List<Said> script = new ArrayList<>();
        script.add(new Said(0, List.of("FLUSHALL")));
        boolean[] queues = new boolean[CLIENTS];
        while (script.size() < STEPS) {
            int client = random.nextInt(CLIENTS);
            List<String> words = words(random, queues[client]);
            queues[client] = Party.queues(queues[client], words.get(0));
            script.add(new Said(client, words));
            boolean ends = words.get(0).equals("RESET") || words.equals(List.of("CLIENT", "TRACKING", "OFF"));
            if (ends && !queues[client]) {
                script.add(new Said(client, List.of("FLUSHALL"))); // Redis goes on tracking what was read before
            }
        }
        return script;
    }

    private static List<String> words(Random random, boolean queues) {
        int chosen = random.nextInt(queues ? 24 : 34);
        return switch (chosen) {
            case 0, 1, 2, 3 -> List.of("GET", key(random));
            case 4 -> List.of("MGET", key(random), key(random), key(random));
            case 5 -> List.of(random.nextBoolean() ? "EXISTS" : "STRLEN", key(random));
            case 6, 7, 8 -> List.of("SET", key(random), "" + random.nextInt(10));
            case 9 -> List.of("MSET", key(random), "1", key(random), "2");
            case 10 -> List.of("DEL", key(random), key(random));
            case 11 -> List.of("RENAME", key(random), key(random));
            case 12 -> List.of("EXPIRE", key(random), random.nextInt(4) == 0 ? "-1" : "1000");
            case 13 -> List.of("PERSIST", key(random));
            case 14 -> List.of("APPEND", key(random), "1");
            case 15 -> List.of("LPUSH", key(random), "x");
            case 16 -> List.of("RPOP", key(random));
            case 17 -> List.of("COPY", key(random), key(random), "REPLACE");
            case 18 -> random.nextBoolean() ? List.of("FLUSHDB") : List.of("SWAPDB", "0", "1");
            case 19 -> List.of("SELECT", "" + random.nextInt(2));
            case 20, 21 -> List.of("CLIENT", "CACHING", random.nextInt(3) > 0 ? "YES" : "NO");
            case 22, 23 -> queues ? List.of("EXEC") : List.of("MULTI");
            case 24 -> List.of("CLIENT", "TRACKINGINFO");
            case 25 -> List.of("CLIENT", "TRACKING", "OFF");
            case 26 -> random.nextInt(3) == 0 ? List.of("RESET") : List.of("DISCARD");
            case 27 -> List.of("CLIENT", "GETREDIR");
            case 28 -> List.of("MOVE", key(random), "1");
            case 29 -> List.of("GETDEL", key(random));
            default -> tracking(random);
        };
    }

    private static List<String> tracking(Random random) {
        List<String> words = new ArrayList<>(List.of("CLIENT", "TRACKING", "ON"));
        switch (random.nextInt(6)) {
            case 0 -> words.add("OPTIN");
            case 1 -> words.add("OPTOUT");
            case 2 -> words.add("BCAST");
            // No more than one, or an overlap of others than the first has two replies in Redis.
            case 3 -> words.addAll(List.of("BCAST", "PREFIX", key(random)));
            default -> {
                // all that it reads
            }
        }
        if (random.nextInt(3) == 0) {
            words.add("NOLOOP");
        }
        return words;
    }

    private static String key(Random random) {
        return KEYS.get(random.nextInt(KEYS.size()));
    }
}
