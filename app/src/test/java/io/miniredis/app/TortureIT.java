package io.miniredis.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Many clients at once, on one and on several I/O threads, and what must be true whatever they do. */
final class TortureIT {
    private static final long LIMIT_SECONDS = 120;

    /** A client's part: it says things to the server until it has done what it had to. */
    private interface Part {
        void play(RawClient client) throws Exception;
    }

    private final SplittableRandom seeds = new SplittableRandom(20_240_229);

    private Callable<Void> on(ServerProcess server, Part part) {
        return () -> {
            try (RawClient client = new RawClient(server.port())) {
                part.play(client);
                return null;
            }
        };
    }

    private static void playAll(List<Callable<Void>> parts) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(parts.size());
        try {
            List<Future<Void>> played = new ArrayList<>();
            parts.forEach(part -> played.add(threads.submit(part)));
            for (Future<Void> part : played) {
                part.get(LIMIT_SECONDS, TimeUnit.SECONDS);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    // ---- amounts that are moved between accounts -------------------------------------------------------------------

    private static final int ACCOUNTS = 12;
    private static final int AMOUNT = 1000;
    private static final int TRANSFERS = 400;

    private static String account(int number) {
        return "account:" + number;
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "2", "4"})
    void theSumOfAllAccountsIsNeverSeenToChange(String ioThreads) throws Exception {
        try (ServerProcess server = ServerProcess.start("--io-threads", ioThreads)) {
            try (RawClient client = new RawClient(server.port())) {
                IntStream.range(0, ACCOUNTS).forEach(i -> client.call("SET", account(i), "" + AMOUNT));
            }
            int tellers = 6;
            CountDownLatch working = new CountDownLatch(tellers);
            AtomicLong audits = new AtomicLong();
            List<Callable<Void>> parts = new ArrayList<>();
            for (int i = 0; i < tellers; i++) {
                SplittableRandom random = seeds.split();
                parts.add(on(server, client -> {
                    try {
                        for (int transfer = 0; transfer < TRANSFERS; transfer++) {
                            transfer(client, random);
                        }
                    } finally {
                        working.countDown();
                    }
                }));
            }
            for (int i = 0; i < 2; i++) {
                boolean inTransaction = i == 0;
                parts.add(on(server, client -> {
                    do {
                        assertEquals(ACCOUNTS * AMOUNT, inTransaction ? sumInTransaction(client) : sum(client));
                        audits.incrementAndGet();
                    } while (working.getCount() > 0);
                }));
            }
            playAll(parts);
            assertTrue(audits.get() >= 2);
        }
    }

    private static void transfer(RawClient client, SplittableRandom random) {
        int from = random.nextInt(ACCOUNTS);
        int to = (from + 1 + random.nextInt(ACCOUNTS - 1)) % ACCOUNTS;
        int amount = 1 + random.nextInt(10);
        if (random.nextBoolean()) {
            client.call("MULTI");
            client.call("DECRBY", account(from), "" + amount);
            client.call("INCRBY", account(to), "" + amount);
            assertEquals(2, client.call("EXEC").elements().size());
        } else {
            while (!transferWatching(client, account(from), account(to), amount)) {
                Thread.onSpinWait();
            }
        }
    }

    /** Reads, then writes what it has worked out, unless somebody else wrote in between. */
    private static boolean transferWatching(RawClient client, String from, String to, int amount) {
        client.call("WATCH", from, to);
        long left = number(client.call("GET", from)) - amount;
        long more = number(client.call("GET", to)) + amount;
        client.call("MULTI");
        client.call("SET", from, "" + left);
        client.call("SET", to, "" + more);
        return client.call("EXEC").elements().size() == 2;
    }

    private static long sumInTransaction(RawClient client) {
        client.call("MULTI");
        IntStream.range(0, ACCOUNTS).forEach(i -> client.call("GET", account(i)));
        return client.call("EXEC").elements().stream()
                .mapToLong(TortureIT::number)
                .sum();
    }

    private static long sum(RawClient client) {
        String[] words = new String[ACCOUNTS + 1];
        words[0] = "MGET";
        for (int i = 0; i < ACCOUNTS; i++) {
            words[i + 1] = account(i);
        }
        return client.call(words).elements().stream()
                .mapToLong(TortureIT::number)
                .sum();
    }

    private static long number(RawReply bulk) {
        return Long.parseLong(text(bulk));
    }

    private static String text(RawReply bulk) {
        String raw = bulk.raw();
        return raw.substring(raw.indexOf('\n') + 1, raw.length() - 2);
    }

    // ---- elements that travel through lists ------------------------------------------------------------------------

    private static final int QUEUES = 5;
    private static final int PRODUCERS = 3;
    private static final int ELEMENTS = 600;

    private static String queue(SplittableRandom random) {
        return "queue:" + random.nextInt(QUEUES);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "2", "4"})
    void whatTravelsThroughListsIsNeitherLostNorDoubled(String ioThreads) throws Exception {
        Queue<String> consumed = new ConcurrentLinkedQueue<>();
        AtomicLong count = new AtomicLong();
        AtomicBoolean over = new AtomicBoolean();
        try (ServerProcess server = ServerProcess.start("--io-threads", ioThreads)) {
            List<Callable<Void>> parts = new ArrayList<>();
            for (int i = 0; i < PRODUCERS; i++) {
                String name = "p" + i + ":";
                SplittableRandom random = seeds.split();
                parts.add(on(server, client -> {
                    for (int element = 0; element < ELEMENTS; element++) {
                        produce(client, random, name + element);
                    }
                }));
            }
            for (int i = 0; i < 2; i++) {
                SplittableRandom random = seeds.split();
                parts.add(on(server, client -> {
                    while (!over.get()) {
                        move(client, random);
                    }
                }));
            }
            for (int i = 0; i < 3; i++) {
                SplittableRandom random = seeds.split();
                parts.add(on(server, client -> {
                    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS / 2);
                    while (count.get() < PRODUCERS * ELEMENTS && System.nanoTime() - end < 0) {
                        List<String> more = consume(client, random);
                        consumed.addAll(more);
                        count.addAndGet(more.size());
                    }
                    over.set(true);
                }));
            }
            playAll(parts);
            try (RawClient client = new RawClient(server.port())) {
                assertEquals(":0\r\n", client.call("DBSIZE").raw());
                assertTrue(client.call("INFO", "clients").raw().contains("blocked_clients:0\r\n"));
            }
        }
        assertEquals(PRODUCERS * ELEMENTS, consumed.size());
        assertEquals(PRODUCERS * ELEMENTS, consumed.stream().distinct().count());
    }

    private static void produce(RawClient client, SplittableRandom random, String element) {
        switch (random.nextInt(4)) {
            case 0 -> client.call("LPUSH", queue(random), element);
            case 1 -> client.call("RPUSH", queue(random), element);
            case 2 -> {
                client.call("MULTI");
                client.call("RPUSH", queue(random), element);
                client.call("LLEN", queue(random));
                client.call("EXEC");
            }
            default -> {
                // Made elsewhere, then moved to where somebody may wait for it.
                client.call("RPUSH", "new:" + element, element);
                client.call("LMOVE", "new:" + element, queue(random), "LEFT", "RIGHT");
            }
        }
    }

    private static void move(RawClient client, SplittableRandom random) {
        if (random.nextBoolean()) {
            client.call("BLMOVE", queue(random), queue(random), "LEFT", "RIGHT", "0.005");
        } else {
            client.call("BRPOPLPUSH", queue(random), queue(random), "0.005");
        }
    }

    private static List<String> consume(RawClient client, SplittableRandom random) {
        List<RawReply> reply;
        switch (random.nextInt(3)) {
            case 0 ->
                reply = client.call("BLPOP", queue(random), queue(random), "0.05")
                        .elements();
            case 1 -> reply = client.call("BRPOP", queue(random), "0.01").elements();
            default -> {
                reply = client.call(
                                "BLMPOP",
                                "0.05",
                                "3",
                                queue(random),
                                queue(random),
                                queue(random),
                                "LEFT",
                                "COUNT",
                                "3")
                        .elements();
                return reply.isEmpty()
                        ? List.of()
                        : reply.get(1).elements().stream().map(TortureIT::text).toList();
            }
        }
        return reply.isEmpty() ? List.of() : List.of(text(reply.get(1)));
    }

    // ---- messages --------------------------------------------------------------------------------------------------

    private static final int PUBLISHERS = 3;
    private static final int MESSAGES = 6_000;
    private static final int PIPELINE = 40;

    @ParameterizedTest
    @ValueSource(strings = {"1", "2"})
    void messagesComeOnceAndInOrder(String ioThreads) throws Exception {
        try (ServerProcess server = ServerProcess.start(
                "--io-threads", ioThreads, "--client-output-buffer-limit", "pubsub", "32mb", "0", "0")) {
            int steady = 6;
            CountDownLatch subscribed = new CountDownLatch(steady);
            CountDownLatch publishing = new CountDownLatch(PUBLISHERS);
            List<Callable<Void>> parts = new ArrayList<>();
            for (int i = 0; i < PUBLISHERS; i++) {
                int publisher = i;
                parts.add(on(server, client -> {
                    subscribed.await();
                    publish(client, publisher);
                    publishing.countDown();
                }));
            }
            for (int i = 0; i < steady; i++) {
                String[] subscribe =
                        i % 2 == 0 ? new String[] {"SUBSCRIBE", "news"} : new String[] {"PSUBSCRIBE", "n*"};
                parts.add(on(server, client -> hearAll(client, subscribed, subscribe)));
            }
            for (int i = 0; i < 3; i++) {
                parts.add(on(server, client -> hearSome(client, publishing)));
            }
            for (int i = 0; i < 3; i++) {
                SplittableRandom random = seeds.split();
                parts.add(() -> comeAndGo(server.port(), publishing, random));
            }
            playAll(parts);
            try (RawClient client = new RawClient(server.port())) {
                String stats;
                do { // until the server has noticed that the last ones are gone
                    stats = client.call("INFO", "stats").raw();
                } while (!stats.contains("\r\npubsub_channels:0\r\npubsub_patterns:0\r\n"));
                assertTrue(stats.contains("client_output_buffer_limit_disconnections:0"), stats);
            }
        }
    }

    private static void publish(RawClient client, int publisher) {
        for (int number = 0; number < MESSAGES; number += PIPELINE) {
            StringBuilder pipeline = new StringBuilder();
            for (int i = number; i < number + PIPELINE; i++) {
                pipeline.append(RawClient.encode(List.of("PUBLISH", "news", publisher + ":" + i)));
            }
            client.send(pipeline.toString());
            for (int i = 0; i < PIPELINE; i++) {
                RawReply heard = client.read();
                assertTrue(heard.raw().matches(":([6-9]|1\\d)\r\n"), heard::toString);
            }
        }
    }

    /** Notes a message; the next one of each publisher must be the next number. */
    private static void note(RawReply message, int[] next, boolean mayBegin) {
        List<RawReply> parts = message.elements();
        String[] text = parts.get(parts.size() - 1).raw().split("[\r\n:]+", -1);
        int publisher = Integer.parseInt(text[1]);
        int number = Integer.parseInt(text[2]);
        if (mayBegin && next[publisher] < 0) {
            next[publisher] = number;
        }
        assertEquals(next[publisher], number, () -> "of publisher " + publisher);
        next[publisher]++;
    }

    private static void hearAll(RawClient client, CountDownLatch subscribed, String... subscribe) {
        client.call(subscribe);
        subscribed.countDown();
        int[] next = new int[PUBLISHERS];
        for (int i = 0; i < PUBLISHERS * MESSAGES; i++) {
            note(client.read(), next, false);
        }
        assertTrue(client.call("PING").raw().contains("pong"), "nothing comes twice");
    }

    /** Subscribes and unsubscribes again and again: between the two nothing is missing, and afterwards nothing comes. */
    private static void hearSome(RawClient client, CountDownLatch publishing) throws Exception {
        while (publishing.getCount() > 0) {
            client.call("SUBSCRIBE", "news");
            int[] next = IntStream.generate(() -> -1).limit(PUBLISHERS).toArray();
            for (int i = 0; i < 30 && publishing.getCount() > 0; i++) {
                if (client.hasMore()) {
                    note(client.read(), next, true);
                }
            }
            client.send(RawClient.encode(List.of("UNSUBSCRIBE", "news")));
            RawReply reply = client.read();
            while (!reply.elements().get(0).raw().contains("unsubscribe")) {
                note(reply, next, true);
                reply = client.read();
            }
            assertEquals("+PONG\r\n", client.call("PING").raw());
        }
    }

    /** Subscribes, reads little or nothing, and goes without a word. */
    private static Void comeAndGo(int port, CountDownLatch publishing, SplittableRandom random) throws Exception {
        while (publishing.getCount() > 0) {
            try (RawClient client = new RawClient(port)) {
                client.call(random.nextBoolean() ? "PSUBSCRIBE" : "SUBSCRIBE", "news");
                for (int i = random.nextInt(4); i > 0 && client.hasMore(); i--) {
                    client.read();
                }
            }
        }
        return null;
    }
}
