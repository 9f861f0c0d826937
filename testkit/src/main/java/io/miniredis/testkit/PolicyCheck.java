package io.miniredis.testkit;

import io.miniredis.api.eviction.EvictionPolicy;
import io.miniredis.api.eviction.EvictionPolicy.Scope;
import io.miniredis.api.eviction.EvictionSetup;
import io.miniredis.api.eviction.Evictor;
import io.miniredis.api.eviction.RemovalCause;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Checks that an eviction policy can be relied on.
 *
 * <pre>
 *   PolicyCheck.of(new LruPolicy()).verify();
 * </pre>
 *
 * <ul>
 *   <li>it has a name and scopes, and makes another evictor at each call;
 *   <li>the evictor takes any bits, hash and expiry without throwing;
 *   <li>if it {@linkplain EvictionPolicy#countsUses counts uses}, it tells a frequency of 0 to 255 for any bits, and the one that it was given;
 *   <li>in a cache that is too small, with keys of unequal popularity, it finds at least as many as if keys were removed at random;
 *   <li>several threads can use it at once, each with keys of its own, as the server's threads do;
 *   <li>in a server whose memory is full it makes room, in each of its scopes.
 * </ul>
 *
 * <p>Of a policy that is to lose hits on purpose the third can be {@linkplain #losesHits left out}. What is wrong is thrown as an {@link
 * AssertionError} whose message begins with the policy's name. Chance is the same in every run, but for the order of threads.
 */
public final class PolicyCheck {
    private static final int[] BITS = {0, 1, -1, Integer.MIN_VALUE, Integer.MAX_VALUE, 0x55555555, 0xff, 0xffff0000};
    private static final long[] LONGS = {0, 1, -1, Long.MIN_VALUE, Long.MAX_VALUE, 1_700_000_000_000L};
    private static final int RANDOM_BITS = 1000;
    private static final int MAX_FREQUENCY = 255;

    /** What a policy may hit less than chance does. */
    private static final double TOLERANCE = 0.01;

    private static final int THREADS = 4;
    private static final int KEYS_PER_THREAD = 1000;
    private static final int USES_PER_THREAD = 50_000;

    /** How long the threads may take; they take a fraction of a second. */
    private static final long MOST_SECONDS = 60;

    private static final int KEYS_IN_SERVER = 2000;
    private static final Pattern USED_MEMORY = Pattern.compile("used_memory:([0-9]+)");

    private final EvictionPolicy policy;
    private boolean losesHits;

    private PolicyCheck(EvictionPolicy policy) {
        this.policy = policy;
    }

    /**
     * Begins the check of a policy. It need not be a service.
     *
     * @param policy the policy
     * @return a check
     */
    public static PolicyCheck of(EvictionPolicy policy) {
        return new PolicyCheck(policy);
    }

    /**
     * Says that the policy has another aim than to find as many keys as possible.
     *
     * @return this check
     */
    public PolicyCheck losesHits() {
        losesHits = true;
        return this;
    }

    /**
     * Runs the check.
     *
     * @throws AssertionError that says what is wrong
     */
    public void verify() {
        checkDescription();
        checkAnyInput();
        if (!losesHits) {
            checkHits();
        }
        checkThreads();
        policy.scopes().forEach(this::checkInServer);
    }

    private void checkDescription() {
        if (policy.name() == null || !policy.name().matches("[a-z0-9-]+")) {
            throw new AssertionError("the name '" + policy.name() + "' is not a short one in lower case");
        }
        if (policy.scopes() == null || policy.scopes().isEmpty()) {
            fail("it has no scope, so nobody can choose it");
        }
        EvictionSetup setup = () -> 1_700_000_000_000L;
        Evictor evictor = policy.create(setup);
        if (evictor == null || evictor == policy.create(setup)) {
            fail("create() does not make another evictor at each call");
        }
    }

    private void checkAnyInput() {
        long[] nowMillis = {1_700_000_000_000L};
        Evictor evictor = policy.create(() -> nowMillis[0]);
        SplittableRandom random = new SplittableRandom(1);
        for (int bits : BITS) {
            checkBits(evictor, bits);
        }
        for (int i = 0; i < RANDOM_BITS; i++) {
            nowMillis[0] += random.nextInt(1000) - 100; // a wall clock may go back
            checkBits(evictor, random.nextInt());
        }
        call("onFlush(0)", () -> evictor.onFlush(0));
        call("onFlush(1)", () -> evictor.onFlush(1));
    }

    private void checkBits(Evictor evictor, int bits) {
        String shown = String.format(Locale.ROOT, "0x%08x", bits);
        for (long hash : LONGS) {
            call("onInsert()", () -> evictor.onInsert(hash));
            call("onAccess() with the bits " + shown, () -> evictor.onAccess(hash, bits));
            for (long expiry : LONGS) {
                call(
                        "rank() with the bits " + shown + " and the expiry " + expiry,
                        () -> evictor.rank(hash, bits, expiry));
            }
            for (RemovalCause cause : RemovalCause.values()) {
                call("onRemove() with the bits " + shown, () -> evictor.onRemove(hash, bits, cause));
            }
        }
        if (policy.countsUses()) {
            checkFrequency(evictor, bits, shown);
        }
        call("idleMillis() with the bits " + shown, () -> {
            if (evictor.idleMillis(bits) < -1) {
                fail("idleMillis() says " + evictor.idleMillis(bits) + " for the bits " + shown);
            }
        });
    }

    private void checkFrequency(Evictor evictor, int bits, String shown) {
        call("frequency() with the bits " + shown, () -> {
            int frequency = evictor.frequency(bits);
            if (frequency < 0 || frequency > MAX_FREQUENCY) {
                fail("it counts uses, but frequency() says " + frequency + " for the bits " + shown);
            }
        });
        call("withFrequency() with the bits " + shown, () -> {
            for (int given : new int[] {0, 1, MAX_FREQUENCY}) {
                int frequency = evictor.frequency(evictor.withFrequency(bits, given));
                if (frequency != given) {
                    fail("of a key with the bits " + shown + " that is given the frequency " + given
                            + ", frequency() says " + frequency);
                }
            }
        });
    }

    private void call(String what, Runnable call) {
        try {
            call.run();
        } catch (AssertionError e) {
            throw e;
        } catch (Throwable e) { // a policy may throw anything
            throw new AssertionError(policy.name() + ": " + what + " throws " + e, e);
        }
    }

    private void checkHits() {
        double hits = CacheTrace.hitRatio(policy);
        double byChance = CacheTrace.hitRatio(new ByChance(policy));
        if (hits < byChance - TOLERANCE) {
            fail(String.format(
                    Locale.ROOT,
                    "it finds %.1f %% of the keys in a cache that is too small, and chance finds %.1f %%",
                    100 * hits,
                    100 * byChance));
        }
    }

    /** Removes any key, in the scopes of another policy. */
    private record ByChance(EvictionPolicy other) implements EvictionPolicy {
        @Override
        public String name() {
            return "chance";
        }

        @Override
        public Set<Scope> scopes() {
            return other.scopes();
        }

        @Override
        public Evictor create(EvictionSetup setup) {
            SplittableRandom random = new SplittableRandom(2);
            return new Evictor() {
                @Override
                public int onInsert(long keyHash) {
                    return 0;
                }

                @Override
                public int onAccess(long keyHash, int bits) {
                    return bits;
                }

                @Override
                public long rank(long keyHash, int bits, long expiresAtMillis) {
                    return random.nextLong();
                }
            };
        }
    }

    private void checkThreads() {
        AtomicLong time = new AtomicLong(1_700_000_000_000L);
        Evictor evictor = policy.create(time::incrementAndGet);
        ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();
        CountDownLatch begin = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(THREADS);
        for (int i = 0; i < THREADS; i++) {
            int number = i;
            Thread thread = new Thread(
                    () -> {
                        try {
                            begin.await();
                            useMany(evictor, number);
                        } catch (Throwable e) { // as above
                            failures.add(e);
                        } finally {
                            ended.countDown();
                        }
                    },
                    "testkit-policy-" + i);
            thread.setDaemon(true);
            thread.start();
        }
        begin.countDown();
        await(ended);
        if (!failures.isEmpty()) {
            Throwable first = failures.element();
            throw new AssertionError(policy.name() + ": it throws " + first + " when several threads use it", first);
        }
    }

    private void await(CountDownLatch ended) {
        try {
            if (!ended.await(MOST_SECONDS, TimeUnit.SECONDS)) {
                fail("it does not come to an end when several threads use it");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void useMany(Evictor evictor, int thread) {
        SplittableRandom random = new SplittableRandom(thread);
        int[] bits = new int[KEYS_PER_THREAD];
        for (int i = 0; i < KEYS_PER_THREAD; i++) {
            bits[i] = evictor.onInsert(hash(thread, i));
        }
        for (int i = 0; i < USES_PER_THREAD; i++) {
            int key = random.nextInt(KEYS_PER_THREAD);
            bits[key] = evictor.onAccess(hash(thread, key), bits[key]);
            evictor.rank(hash(thread, key), bits[key], -1);
            if (i % 10 == 0) {
                evictor.onRemove(hash(thread, key), bits[key], RemovalCause.DELETED);
                bits[key] = evictor.onInsert(hash(thread, key));
            }
        }
    }

    private static long hash(int thread, int key) {
        return CacheTrace.hash((long) thread * KEYS_PER_THREAD + key);
    }

    private void checkInServer(Scope scope) {
        ObservedPolicy observed = new ObservedPolicy(policy);
        String name = scope.name().toLowerCase(Locale.ROOT) + "-" + policy.name();
        try (TestServer server = TestServer.setup()
                .add(observed)
                .set("databases", "1")
                .set("maxmemory-policy", name)
                .start()) {
            TestClient client = server.connect();
            List<String> refused = new ArrayList<>();
            fill(client, 0, refused);
            client.send("CONFIG", "SET", "maxmemory", usedMemory(client));
            fill(client, KEYS_IN_SERVER, refused);
            if (observed.failure() != null) {
                throw new AssertionError(
                        policy.name() + ": it throws " + observed.failure() + " in a server as " + name,
                        observed.failure());
            }
            if (!refused.isEmpty()) {
                fail("it makes no room in a server as " + name + ": " + refused.get(0));
            }
        }
    }

    private static void fill(TestClient client, int from, List<String> refused) {
        for (int i = from; i < from + KEYS_IN_SERVER; i++) {
            String key = "key:" + i;
            String reply = client.send("TESTKIT.OTHER", key);
            if (reply.startsWith("-")) {
                refused.add(reply);
            }
            client.send("PEXPIRE", key, "100000000");
        }
    }

    private static String usedMemory(TestClient client) {
        Matcher memory = USED_MEMORY.matcher(client.send("INFO", "memory"));
        if (!memory.find()) {
            throw new IllegalStateException("INFO does not tell the memory in use");
        }
        return memory.group(1);
    }

    private void fail(String what) {
        throw new AssertionError(policy.name() + ": " + what);
    }
}
