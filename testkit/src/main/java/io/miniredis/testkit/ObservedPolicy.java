package io.miniredis.testkit;

import io.miniredis.api.eviction.EvictionPolicy;
import io.miniredis.api.eviction.EvictionSetup;
import io.miniredis.api.eviction.Evictor;
import io.miniredis.api.eviction.RemovalCause;
import java.util.Set;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;

/** A policy as it is, that notes what its evictor throws. */
final class ObservedPolicy implements EvictionPolicy {
    private final EvictionPolicy policy;
    private volatile Throwable failure;

    ObservedPolicy(EvictionPolicy policy) {
        this.policy = policy;
    }

    /** What was thrown; null for nothing. */
    Throwable failure() {
        return failure;
    }

    @Override
    public String name() {
        return policy.name();
    }

    @Override
    public Set<Scope> scopes() {
        return policy.scopes();
    }

    @Override
    public boolean countsUses() {
        return policy.countsUses();
    }

    @Override
    public boolean choosesAtRandom() {
        return policy.choosesAtRandom();
    }

    @Override
    public boolean ranksByHash() {
        return policy.ranksByHash();
    }

    @Override
    public Evictor create(EvictionSetup setup) {
        return new ObservedEvictor(policy.create(setup));
    }

    private final class ObservedEvictor implements Evictor {
        private final Evictor evictor;

        ObservedEvictor(Evictor evictor) {
            this.evictor = evictor;
        }

        private long observed(LongSupplier call) {
            try {
                return call.getAsLong();
            } catch (Throwable e) {
                failure = e;
                throw e;
            }
        }

        private int observedInt(IntSupplier call) {
            return (int) observed(call::getAsInt);
        }

        private void observed(Runnable call) {
            observed(() -> {
                call.run();
                return 0L;
            });
        }

        @Override
        public int onInsert(long keyHash) {
            return observedInt(() -> evictor.onInsert(keyHash));
        }

        @Override
        public int onAccess(long keyHash, int bits) {
            return observedInt(() -> evictor.onAccess(keyHash, bits));
        }

        @Override
        public void onRemove(long keyHash, int bits, RemovalCause cause) {
            observed(() -> evictor.onRemove(keyHash, bits, cause));
        }

        @Override
        public void onFlush(long keys) {
            observed(() -> evictor.onFlush(keys));
        }

        @Override
        public long rank(long keyHash, int bits, long expiresAtMillis) {
            return observed(() -> evictor.rank(keyHash, bits, expiresAtMillis));
        }

        @Override
        public long idleMillis(int bits) {
            return observed(() -> evictor.idleMillis(bits));
        }

        @Override
        public int frequency(int bits) {
            return observedInt(() -> evictor.frequency(bits));
        }

        @Override
        public int withFrequency(int bits, int frequency) {
            return observedInt(() -> evictor.withFrequency(bits, frequency));
        }
    }
}
