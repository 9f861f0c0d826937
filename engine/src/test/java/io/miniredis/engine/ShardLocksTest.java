package io.miniredis.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
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
import org.junit.jupiter.api.Test;

/** Which locks are held when. */
final class ShardLocksTest {
    private final Databases databases = new Databases(16, 1, 0);
    private final ShardLocks locks = databases.newLocks();

    /** The shards whose locks this thread holds. */
    private List<Integer> held() {
        List<Integer> held = new ArrayList<>();
        for (int shard = 0; shard < databases.shards(); shard++) {
            int holds = databases.shard(shard).lock.getHoldCount();
            assertTrue(holds <= 1, "shard " + shard + " is held twice");
            if (holds == 1) {
                held.add(shard);
            }
        }
        return held;
    }

    private void acquire(int... shards) {
        locks.acquire(shards, shards.length);
    }

    @Test
    void oneLockReplacesAnother() {
        locks.acquire(3);
        assertEquals(List.of(3), held());
        locks.acquire(3);
        assertEquals(List.of(3), held());
        locks.acquire(1);
        assertEquals(List.of(1), held());
        locks.releaseAll();
        assertEquals(List.of(), held());
        locks.releaseAll();
    }

    @Test
    void severalAreHeldOnceEach() {
        acquire(5, 2, 9, 2, 5);
        assertEquals(List.of(2, 5, 9), held());
    }

    @Test
    void onlyTheFirstOfALongArrayCount() {
        locks.acquire(new int[] {7, 3, 1, 1, 1}, 2);
        assertEquals(List.of(3, 7), held());
    }

    @Test
    void whatIsHeldAlreadyIsKept() {
        acquire(2, 5, 9);
        locks.acquire(5);
        assertEquals(List.of(2, 5, 9), held());
        acquire(9, 2);
        assertEquals(List.of(2, 5, 9), held());
        acquire(9, 3);
        assertEquals(List.of(3, 9), held());
        locks.acquire(2);
        assertEquals(List.of(2), held());
    }

    @Test
    void allAreHeldOnceEach() {
        locks.acquire(4);
        locks.acquireAll();
        assertEquals(16, held().size());
        locks.acquireAll();
        locks.acquire(7);
        acquire(1, 15);
        assertEquals(16, held().size());
        locks.releaseAll();
        assertEquals(List.of(), held());
    }

    @Test
    void releasingShowsTheMemory() {
        long before = databases.memoryBytes();
        locks.acquire(6);
        KeyTable table = databases.shard(6).table(0);
        table.insert(1, table.pack(0, new Slice(new byte[100]), new Slice()), -1, 0);
        assertEquals(before, databases.memoryBytes());
        locks.publish();
        long after = databases.memoryBytes();
        assertTrue(after > before);
        table.clear();
        assertEquals(after, databases.memoryBytes());
        locks.releaseAll();
        assertEquals(before, databases.memoryBytes());
    }

    /** Any order of wishes, on several threads: nobody waits for ever, and nobody is inside together. */
    @Test
    void nobodyWaitsInACircle() throws Exception {
        int threads = 4;
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        int[] inside = new int[databases.shards()];
        long[] visits = new long[databases.shards()];
        CountDownLatch ready = new CountDownLatch(threads);
        List<Future<long[]>> results = new ArrayList<>();
        for (int thread = 0; thread < threads; thread++) {
            SplittableRandom random = new SplittableRandom(thread);
            results.add(executor.submit(() -> visit(inside, visits, ready, random)));
        }
        long[] sum = new long[databases.shards()];
        for (Future<long[]> result : results) {
            long[] own = result.get(60, TimeUnit.SECONDS);
            for (int shard = 0; shard < own.length; shard++) {
                sum[shard] += own[shard];
            }
        }
        executor.shutdown();
        locks.acquireAll();
        for (int shard = 0; shard < sum.length; shard++) {
            assertEquals(sum[shard], visits[shard]);
        }
        locks.releaseAll();
    }

    private long[] visit(int[] inside, long[] visits, CountDownLatch ready, SplittableRandom random)
            throws InterruptedException {
        ShardLocks own = databases.newLocks();
        long[] mine = new long[visits.length];
        ready.countDown();
        ready.await();
        for (int i = 0; i < 5000; i++) {
            int[] wanted = new int[1 + random.nextInt(3)];
            for (int k = 0; k < wanted.length; k++) {
                wanted[k] = random.nextInt(visits.length);
            }
            if (random.nextInt(50) == 0) {
                own.acquireAll();
            } else if (wanted.length == 1) {
                own.acquire(wanted[0]);
            } else {
                own.acquire(wanted, wanted.length);
            }
            for (int shard : wanted) {
                inside[shard]++;
                assertEquals(1, inside[shard]);
                visits[shard]++;
                mine[shard]++;
                inside[shard]--;
            }
            if (random.nextBoolean()) {
                own.releaseAll();
            }
        }
        own.releaseAll();
        return mine;
    }

    @Test
    void whoWaitsForAShardIsSeen() throws Exception {
        locks.acquire(2);
        assertFalse(locks.isWanted(2));
        Thread other = new Thread(() -> {
            ShardLocks others = databases.newLocks();
            others.acquire(2);
            others.releaseAll();
        });
        other.start();
        while (!locks.isWanted(2)) {
            assertTrue(other.isAlive(), "it did not wait");
            Thread.onSpinWait();
        }
        assertFalse(locks.isWanted(1));
        locks.releaseAll();
        other.join();
        assertFalse(locks.isWanted(2));
    }
}
