package io.miniredis.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.miniredis.api.eviction.EvictionPolicy;
import io.miniredis.api.eviction.EvictionSetup;
import io.miniredis.api.eviction.Evictor;
import io.miniredis.api.eviction.RemovalCause;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Policies that cannot be relied on, each for its own reason; and some that can. */
final class PolicyCheckTest {

    /** Evicts in the order in which keys came, as far as 32 bits can tell. */
    private static class Fifo implements Evictor {
        private final AtomicInteger inserts = new AtomicInteger();

        @Override
        public int onInsert(long keyHash) {
            return inserts.getAndIncrement();
        }

        @Override
        public int onAccess(long keyHash, int bits) {
            return bits;
        }

        @Override
        public long rank(long keyHash, int bits, long expiresAtMillis) {
            return (long) inserts.get() - bits;
        }
    }

    private record Policy(String name, Set<Scope> scopes, Function<EvictionSetup, Evictor> evictors)
            implements EvictionPolicy {
        @Override
        public Evictor create(EvictionSetup setup) {
            return evictors.apply(setup);
        }
    }

    private static PolicyCheck check(Function<EvictionSetup, Evictor> evictors) {
        return PolicyCheck.of(new Policy("mine", EnumSet.allOf(EvictionPolicy.Scope.class), evictors));
    }

    private static void assertCaught(String message, PolicyCheck check) {
        String actual = assertThrows(AssertionError.class, check::verify).getMessage();
        assertEquals(message, actual.replaceAll("[0-9.]+ %", "N %"));
    }

    static List<EvictionPolicy> policiesOfTheEngine() {
        return Provided.policies("io.miniredis.engine");
    }

    @ParameterizedTest
    @MethodSource("policiesOfTheEngine")
    void policyOfTheEngineIsReliable(EvictionPolicy policy) {
        PolicyCheck.of(policy).verify();
    }

    @Test
    void firstInFirstOutPasses() {
        check(setup -> new Fifo()).verify();
    }

    /** Counts without end, or forgets what it is told. */
    private record Counting(Supplier<Evictor> evictors) implements EvictionPolicy {
        @Override
        public String name() {
            return "mine";
        }

        @Override
        public boolean countsUses() {
            return true;
        }

        @Override
        public Evictor create(EvictionSetup setup) {
            return evictors.get();
        }
    }

    @Test
    void usesAreCountedButNotTold() {
        assertCaught(
                "mine: it counts uses, but frequency() says -1 for the bits 0x00000000",
                PolicyCheck.of(new Counting(Fifo::new)));
    }

    @Test
    void theGivenFrequencyIsLost() {
        assertCaught(
                "mine: of a key with the bits 0x00000000 that is given the frequency 1, frequency() says 0",
                PolicyCheck.of(new Counting(() -> new Fifo() {
                    @Override
                    public int frequency(int bits) {
                        return bits & 0xff;
                    }
                })));
    }

    @Test
    void theNameIsNotOne() {
        Policy policy = new Policy("My Policy", EnumSet.allOf(EvictionPolicy.Scope.class), setup -> new Fifo());
        assertCaught("the name 'My Policy' is not a short one in lower case", PolicyCheck.of(policy));
    }

    @Test
    void thereIsNoScope() {
        Policy policy = new Policy("mine", Set.of(), setup -> new Fifo());
        assertCaught("mine: it has no scope, so nobody can choose it", PolicyCheck.of(policy));
    }

    @Test
    void thereIsOneEvictorForAll() {
        Fifo only = new Fifo();
        assertCaught("mine: create() does not make another evictor at each call", check(setup -> only));
    }

    @Test
    void someBitsHaveNoRank() {
        assertCaught(
                "mine: rank() with the bits 0xffffffff and the expiry 0 throws"
                        + " java.lang.ArrayIndexOutOfBoundsException: Index -1 out of bounds for length 2",
                check(setup -> new Fifo() {
                    private final long[] ranks = {0, 1};

                    @Override
                    public long rank(long keyHash, int bits, long expiresAtMillis) {
                        return ranks[bits];
                    }
                }));
    }

    @Test
    void someExpiriesHaveNoRank() {
        assertCaught(
                "mine: rank() with the bits 0x00000000 and the expiry -9223372036854775808 throws"
                        + " java.lang.ArithmeticException: long overflow",
                check(setup -> new Fifo() {
                    @Override
                    public long rank(long keyHash, int bits, long expiresAtMillis) {
                        return Math.subtractExact(expiresAtMillis, setup.nowMillis());
                    }
                }));
    }

    @Test
    void aRemovalIsNotExpected() {
        assertCaught(
                "mine: onRemove() with the bits 0x00000000 throws java.lang.IllegalStateException: EXPIRED",
                check(setup -> new Fifo() {
                    @Override
                    public void onRemove(long keyHash, int bits, RemovalCause cause) {
                        if (cause == RemovalCause.EXPIRED) {
                            throw new IllegalStateException(cause.toString());
                        }
                    }
                }));
    }

    @Test
    void anIdleTimeIsNegative() {
        assertCaught("mine: idleMillis() says -2 for the bits 0x00000000", check(setup -> new Fifo() {
            @Override
            public long idleMillis(int bits) {
                return -2;
            }
        }));
    }

    /** Forgets what is used most. */
    private static final class Spiteful extends Fifo {
        @Override
        public int onInsert(long keyHash) {
            return 0;
        }

        @Override
        public int onAccess(long keyHash, int bits) {
            return bits + 1;
        }

        @Override
        public long rank(long keyHash, int bits, long expiresAtMillis) {
            return bits;
        }
    }

    @Test
    void whatIsUsedMostGoesFirst() {
        assertCaught(
                "mine: it finds N % of the keys in a cache that is too small, and chance finds N %",
                check(setup -> new Spiteful()));
        check(setup -> new Spiteful()).losesHits().verify();
    }

    @Test
    void itWorksForOneThreadOnly() {
        assertCaught(
                "mine: it throws java.lang.IllegalStateException: another thread when several threads use it",
                check(setup -> new Fifo() {
                    private Thread user;

                    @Override
                    public synchronized int onInsert(long keyHash) {
                        user = user == null ? Thread.currentThread() : user;
                        if (user != Thread.currentThread()) {
                            throw new IllegalStateException("another thread");
                        }
                        return super.onInsert(keyHash);
                    }
                }));
    }

    /** Only a server tells so often that keys are used: a trace has one use for each millisecond. */
    @Test
    void itFailsInAServer() {
        assertCaught(
                "mine: it throws java.lang.IllegalStateException: nothing moves in a server as allkeys-mine",
                check(setup -> new Fifo() {
                    private final long begin = setup.nowMillis();
                    private int inserts;

                    @Override
                    public synchronized int onInsert(long keyHash) {
                        if (++inserts > KEYS_UNTIL_BORED && setup.nowMillis() == begin) {
                            throw new IllegalStateException("nothing moves");
                        }
                        return super.onInsert(keyHash);
                    }
                }));
    }

    private static final int KEYS_UNTIL_BORED = 2500;
}
