package io.miniredis.engine;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.miniredis.api.Slice;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is known of requests that have been looked at, and that looking harms nobody. */
final class LookaheadTest {
    private static final long LIMIT_SECONDS = 60;

    private static List<String[]> requests(int count) {
        List<String[]> requests = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            requests.add(i % 3 == 2 ? new String[] {"nonsense"} : new String[] {"get", "key" + i});
        }
        return requests;
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "2", "4"})
    void knowsTheCommandsAndHashesOfTheNextRequests(String threads) {
        try (TestEngine engine = TestEngine.create().set("io-threads", threads).start()) {
            Databases databases = engine.engine().databases();
            TestClient client = engine.connect();
            client.fill(requests(100));
            Lookahead lookahead = new Lookahead(databases);
            lookahead.look(client.batch(), 10, engine.engine().commands(), 0);
            assertFalse(lookahead.covers(9));
            for (int request = 10; request < 74; request++) {
                assertTrue(lookahead.covers(request));
                if (request % 3 == 2) {
                    assertNull(lookahead.command(request));
                } else {
                    byte[] key = ("key" + request).getBytes(ISO_8859_1);
                    assertEquals("get", lookahead.command(request).spec.name());
                    assertEquals(databases.hash(key, 0, key.length), lookahead.hash(request));
                }
            }
            assertFalse(lookahead.covers(74));
            lookahead.reset();
            assertFalse(lookahead.covers(10));
        }
    }

    @Test
    void takesNoLock() {
        try (TestEngine engine = TestEngine.create().set("io-threads", "2").start()) {
            TestClient client = engine.connect();
            client.fill(requests(64));
            new Lookahead(engine.engine().databases())
                    .look(client.batch(), 0, engine.engine().commands(), 0);
            for (int shard = 0; shard < engine.engine().databases().shards(); shard++) {
                assertFalse(engine.engine().databases().shard(shard).lock.isLocked());
            }
        }
    }

    @Test
    void aFewRequestsAreNotWorthIt() {
        try (TestEngine engine = TestEngine.started()) {
            TestClient client = engine.connect();
            client.fill(requests(3));
            Lookahead lookahead = new Lookahead(engine.engine().databases());
            lookahead.look(client.batch(), 0, engine.engine().commands(), 0);
            assertFalse(lookahead.covers(0));
        }
    }

    /** A segment never gets that full, but may look so to who reads it while others change it. */
    @Test
    @Timeout(value = LIMIT_SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void aSegmentWithoutAnEmptySlotIsLookedThroughOnce() {
        Slabs slabs = new Slabs(new SpareArrays());
        Segment segment = new Segment(0, Segment.MIN_CAPACITY, slabs);
        for (int i = 1; i <= Segment.MIN_CAPACITY; i++) {
            segment.add(i << 29 | i, new Packed().create(slabs, 7, new Slice(), new Slice(), 0), -1, 0);
        }
        assertEquals(Segment.MIN_CAPACITY, segment.size());
        assertEquals(
                7, segment.touchKey(0x12345678), "the type of the last slot looked at, and what is zero a line beyond");
    }

    @Test
    void findsTheSameSegmentWithoutTheLockAsWithIt() {
        ModelledTable table = ModelledTable.hashed();
        SplittableRandom random = new SplittableRandom(5);
        for (int i = 0; i < 5000; i++) {
            table.put("key" + i);
            int tag = random.nextInt();
            assertSame(table.table.segment(tag), table.table.segmentUnlocked(tag));
        }
        for (int tag : new int[] {0, 1, -1, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
            assertSame(table.table.segment(tag), table.table.segmentUnlocked(tag));
        }
        assertTrue(table.table.directory.length > 4, "the directory has grown");
    }

    /** The table grows, shrinks and is cleared, while another thread touches it without its lock. */
    @Test
    void touchingATableThatOthersChangeHarmsNobody() throws Exception {
        ModelledTable table = ModelledTable.hashed();
        ExecutorService other = Executors.newSingleThreadExecutor();
        AtomicBoolean done = new AtomicBoolean();
        CountDownLatch touching = new CountDownLatch(1);
        try {
            Future<Integer> touched = other.submit(() -> {
                SplittableRandom random = new SplittableRandom(3);
                int sum = 0;
                while (!done.get()) {
                    int tag = random.nextInt() | 1;
                    Segment segment = table.table.segmentUnlocked(tag);
                    if (segment != null) {
                        sum += segment.touchTag(tag) + segment.touchKey(tag);
                    }
                    touching.countDown();
                }
                return sum;
            });
            assertTrue(touching.await(LIMIT_SECONDS, TimeUnit.SECONDS));
            for (int round = 0; round < 20; round++) {
                for (int i = 0; i < 5000; i++) {
                    table.put("key" + i);
                }
                table.check();
                for (int i = 0; i < 5000; i += round % 2 + 1) {
                    table.remove("key" + i);
                }
                table.check();
                if (round % 4 == 3) {
                    table.clear();
                }
            }
            done.set(true);
            touched.get(LIMIT_SECONDS, TimeUnit.SECONDS);
        } finally {
            done.set(true);
            other.shutdownNow();
        }
    }
}
