package io.miniredis.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.miniredis.api.BytesType;
import io.miniredis.api.CommandSpec;
import io.miniredis.api.KeySpec;
import io.miniredis.api.KeySpec.Access;
import io.miniredis.engine.RankedPolicy.Ranks;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The limit that the heap sets, with or without {@code maxmemory}. No heap is filled: the engine is told of a small one. */
final class HeapLimitTest {
    private static final String OOM = "-OOM command not allowed when used memory > 'maxmemory'.";
    private static final int MEGABYTE = 1 << 20;
    private static final long DATA_BYTES = 20 * MEGABYTE;
    private static final long USABLE_BYTES = 25 * MEGABYTE;

    private final TestEngine engine = TestEngine.create();
    private TestClient client;

    HeapLimitTest() {
        engine.heap = new HeapBudget(USABLE_BYTES, DATA_BYTES);
    }

    @AfterEach
    void close() {
        engine.close();
    }

    private void start() {
        client = engine.start().connect();
    }

    /** Stores values of a tenth of a megabyte until one is refused; returns how many were not. */
    private int fill() {
        String value = "v".repeat(MEGABYTE / 10);
        for (int i = 0; i < 1000; i++) {
            String reply = client.send("SET", "key:" + i, value);
            if (!reply.equals("+OK")) {
                assertEquals(OOM, reply);
                return i;
            }
        }
        throw new AssertionError("nothing was refused");
    }

    private void assertFilledTo(long limit) {
        assertTrue(engine.memoryBytes() <= limit, engine.memoryBytes() + " of " + limit);
        assertTrue(engine.memoryBytes() > limit - MEGABYTE / 5, engine.memoryBytes() + " of " + limit);
    }

    @Test
    void withoutMaxmemoryWritesThatTheHeapCannotTakeAreRefused() {
        start();
        int stored = fill();
        assertFilledTo(DATA_BYTES);
        String more = "v".repeat(MEGABYTE / 10);
        assertEquals(OOM, client.send("SET", "key:0", more));
        assertEquals(OOM, client.send("PUSH", "bag", more));
        assertEquals(MEGABYTE / 10 + 2, client.run("GET key:0").length());
        assertEquals("" + stored, client.run("DBSIZE"));
        assertEquals("1", client.run("DEL key:0"));
        assertEquals("+OK", client.run("SET key:0 x"));
        assertEquals("+OK", client.run("FLUSHALL"));
        assertEquals(stored, fill());
    }

    @Test
    void copiesThatTheHeapCannotTakeAreRefused() {
        start();
        assertEquals("+OK", client.send("SET", "large", "v".repeat(MEGABYTE * 3)));
        for (int i = 0; i < 100; i++) {
            String reply = client.run("COPY large copy:" + i);
            assertTrue(reply.equals("1") || reply.equals(OOM), reply);
        }
        assertTrue(engine.memoryBytes() < USABLE_BYTES);
        assertEquals("1", client.run("EXISTS copy:0"));
        assertEquals("0", client.run("EXISTS copy:99"));
        assertEquals(OOM, client.run("DUMP large"));
        assertEquals(engine.measuredBytes(), engine.memoryBytes());
    }

    @Test
    void withManyShardsToo() {
        engine.set("io-threads", "4");
        start();
        fill();
        assertFilledTo(DATA_BYTES);
        assertEquals("+OK", client.run("FLUSHALL"));
        assertEquals("+OK", client.run("SET key:0 x"));
    }

    @Test
    void theLimitHoldsWithinAPipeline() {
        start();
        String value = "v".repeat(MEGABYTE / 10);
        List<String[]> requests = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            requests.add(new String[] {"SET", "key:" + i, value});
        }
        assertEquals(OOM, client.pipeline(requests).get(299));
        assertFilledTo(DATA_BYTES);
    }

    @Test
    void aSmallerMaxmemoryIsTheLimit() {
        engine.set("maxmemory", "5mb");
        start();
        fill();
        assertFilledTo(5 * MEGABYTE);
    }

    @Test
    void aLargerMaxmemoryIsNot() {
        engine.set("maxmemory", "1gb");
        start();
        fill();
        assertFilledTo(DATA_BYTES);
    }

    /** Values of one size leave slabs half empty, in which none of another size has room. */
    @Test
    void whatIsFreeInSlabsIsUsedBeforeAWriteIsRefused() {
        start();
        int stored = fillWith("a:", 100);
        int kept = 0;
        for (int i = 0; i < stored; i++) {
            if (isKept(i)) {
                kept++;
            } else {
                assertEquals("1", client.run("DEL a:" + i));
            }
        }
        long slack = engine.engine().databases().slackBytes();
        assertTrue(slack > engine.memoryBytes() / 2, "each slab is nearly half empty");
        assertTrue(client.run("INFO memory").contains("jvm_heap_data_slack:" + slack + "\r\n"));
        int others = fillWith("b:", 150);
        assertFilledTo(DATA_BYTES);
        assertTrue(engine.engine().databases().slackBytes() < DATA_BYTES / 7);
        assertEquals("" + (kept + others), client.run("DBSIZE"));
        for (int i = 0; i < stored; i++) {
            assertEquals(isKept(i) ? "'" + "a".repeat(100) + "'" : "nil", client.run("GET a:" + i));
        }
    }

    private static boolean isKept(int key) {
        return key % 5 < 3;
    }

    /** Stores values until one is refused; returns how many were not. */
    private int fillWith(String prefix, int length) {
        String value = prefix.substring(0, 1).repeat(length);
        for (int i = 0; i < 1_000_000; i++) {
            String reply = client.send("SET", prefix + i, value);
            if (!reply.equals("+OK")) {
                assertEquals(OOM, reply);
                return i;
            }
        }
        throw new AssertionError("nothing was refused");
    }

    @Test
    void whereMaxmemoryHasAPolicyItEvictsAtTheHeapsLimit() {
        engine.add(new RankedPolicy("demo", new Ranks()));
        engine.set("maxmemory", "1gb").set("maxmemory-policy", "allkeys-demo");
        start();
        String value = "v".repeat(MEGABYTE / 10);
        for (int i = 0; i < 300; i++) {
            assertEquals("+OK", client.send("SET", "key:" + i, value));
        }
        assertFilledTo(DATA_BYTES);
        assertTrue(engine.engine().counters().evicted > 0);
    }

    @Test
    void withoutMaxmemoryNoPolicyIsAtWork() {
        engine.add(new RankedPolicy("demo", new Ranks()));
        engine.set("maxmemory-policy", "allkeys-demo");
        start();
        fill();
        assertEquals(0, engine.engine().counters().evicted);
    }

    @Test
    void aPolicyThatCountsUsesEvictsNothingWithoutMaxmemoryEither() {
        engine.add(new RankedPolicy("demo", new Ranks()) {
            @Override
            public boolean countsUses() {
                return true;
            }
        });
        engine.set("maxmemory-policy", "allkeys-demo");
        start();
        fill();
        assertEquals(0, engine.engine().counters().evicted);
    }

    @Test
    void whatOneRequestMakesOfAFewBytesIsRefusedIfTheHeapCannotTakeIt() {
        engine.add(TestCommand.of(
                CommandSpec.named("grow").arity(3).write().denyOom().keys(KeySpec.at(1, Access.RW, Access.INSERT)),
                (context, args, reply) -> {
                    BytesType type = TestString.TYPE;
                    reply.integer(context.keyspace()
                            .grow(args.key(1), type, (int) args.integer(2))
                            .length());
                }));
        start();
        long before = engine.memoryBytes();
        assertEquals(OOM, client.run("GROW k 500000000"));
        assertEquals("0", client.run("DBSIZE"));
        assertEquals(before, engine.memoryBytes());
        assertEquals("5000000", client.run("GROW k 5000000"));
        assertEquals("5000000", client.run("GROW k 1"));
        long grown = engine.memoryBytes();
        assertEquals(OOM, client.run("GROW k 9000000"));
        assertEquals(grown, engine.memoryBytes());
        assertEquals("6000000", client.run("GROW k 6000000"));
    }

    @Test
    void manyArgumentsAreRefusedIfTheHeapCannotTakeWhatTheyBecome() {
        start();
        String[] request = Collections.nCopies(1_000_001, "k").toArray(String[]::new);
        request[0] = "MSET";
        assertEquals(OOM, client.send(request));
        assertEquals("0", client.run("DBSIZE"));
        request[0] = "DEL";
        assertEquals("0", client.send(request));
        String[] fewer = Collections.nCopies(200_001, "k").toArray(String[]::new);
        fewer[0] = "MSET";
        assertEquals("+OK", client.send(fewer));
    }

    @Test
    void aTransactionThatTheHeapCannotTakeIsSpoilt() {
        start();
        client.run("MULTI");
        String argument = "v".repeat(MEGABYTE);
        int queued = 0;
        String reply = client.send("ECHO", argument);
        while (reply.equals("+QUEUED")) {
            queued++;
            reply = client.send("ECHO", argument);
        }
        assertEquals(OOM, reply);
        assertTrue(queued >= 3 && queued < 10, queued + " queued");
        assertEquals("-EXECABORT Transaction discarded because of previous errors.", client.run("EXEC"));
        client.run("MULTI");
        client.send("ECHO", argument);
        assertEquals("+QUEUED", client.run("PING"));
        assertEquals("+OK", client.run("DISCARD"));
    }

    @Test
    void whatManyClientsQueueIsBoundedTogether() {
        start();
        String argument = "v".repeat(MEGABYTE / 2);
        List<TestClient> clients = new ArrayList<>();
        String reply = "+QUEUED";
        while (reply.equals("+QUEUED")) {
            TestClient next = engine.connect();
            clients.add(next);
            next.run("MULTI");
            reply = next.send("ECHO", argument);
        }
        assertEquals(OOM, reply);
        assertTrue(clients.size() > 10 && clients.size() < 30, clients.size() + " clients");
        long queued = engine.engine().queuedBytes().sum();
        assertTrue(queued > 5 * MEGABYTE && queued < USABLE_BYTES, queued + " bytes");

        assertEquals("+OK", clients.get(0).run("DISCARD"));
        assertEquals("+RESET", clients.get(1).run("RESET"));
        clients.subList(2, clients.size()).forEach(gone -> gone.session.disconnected());
        assertEquals(0, engine.engine().queuedBytes().sum());
        client.run("MULTI");
        assertEquals("+QUEUED", client.send("ECHO", argument));
    }

    @Test
    void buffersMayTakeAThirdOfWhatIsFree() {
        start();
        assertEquals(thirdOfWhatIsFree(), engine.engine().maxBufferBytes());
        fill();
        client.run("SET small v");
        assertEquals(thirdOfWhatIsFree(), engine.engine().maxBufferBytes());
    }

    private long thirdOfWhatIsFree() {
        return (USABLE_BYTES
                        - engine.memoryBytes()
                        - engine.engine().databases().slackBytes())
                / 3;
    }

    @Test
    void theSumIsWhatAllShardsTake() {
        engine.set("io-threads", "4");
        start();
        Databases databases = engine.engine().databases();
        for (int i = 0; i < 2000; i++) {
            client.send("SET", "key:" + i % 300, "v".repeat(i * 7919 % 50_000));
            if (i % 3 == 0) {
                client.run("DEL key:" + i % 100);
            }
            assertEquals(bytesOfShards(databases), databases.memoryBytes());
        }
        client.run("FLUSHALL");
        assertEquals(bytesOfShards(databases), databases.memoryBytes());
    }

    private static long bytesOfShards(Databases databases) {
        return KeyTable.sharedBytes()
                + IntStream.range(0, databases.shards())
                        .mapToLong(shard -> databases.shard(shard).memoryBytes())
                        .sum();
    }

    @Test
    void infoSaysWhatTheDataMayTake() {
        start();
        String info = client.run("INFO memory");
        assertTrue(info.contains("jvm_heap_data_max:" + DATA_BYTES + "\r\n"), info);
        assertTrue(info.contains("jvm_heap_data_slack:0\r\n"), info);
        assertTrue(info.contains("\r\nmaxmemory:0\r\n"), info);
        assertTrue(client.run("CONFIG GET maxmemory").contains("'0'"));
    }

    @Test
    void theLogSaysThatMaxmemoryDoesNotFit() {
        try (LogCapture log = new LogCapture()) {
            engine.set("maxmemory", "1gb");
            start();
            assertEquals(1, log.warnings().size());
            String warning = log.warnings().get(0);
            assertTrue(warning.startsWith("maxmemory 1.00G does not fit the heap: the data may take 20.00M"), warning);
            client.run("CONFIG SET maxmemory 20mb");
            client.run("CONFIG SET maxmemory-samples 7");
            assertEquals(1, log.warnings().size());
            client.run("CONFIG SET maxmemory 21mb");
            assertEquals(2, log.warnings().size());
            client.run("CONFIG SET maxmemory-samples 8");
            assertEquals(2, log.warnings().size());
        }
    }

    @Test
    void theLogSaysOnceThatTheHeapIsFull() {
        try (LogCapture log = new LogCapture()) {
            start();
            fill();
            fill();
            assertEquals(1, log.warnings().size());
            assertTrue(log.warnings().get(0).startsWith("Writes are refused: the data takes the 20.00M"));
        }
    }
}
