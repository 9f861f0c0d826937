package io.miniredis.engine;

import io.miniredis.api.eviction.EvictionPolicy;
import io.miniredis.api.eviction.EvictionSetup;
import io.miniredis.api.eviction.Evictor;
import io.miniredis.api.eviction.RemovalCause;
import java.util.ArrayList;
import java.util.List;

/** A policy that writes down what it hears and ranks by the bits that it gives keys: 1, 2, 3, ... as they come. */
class RankedPolicy implements EvictionPolicy {
    private final String name;
    private final Ranks evictor;

    RankedPolicy(String name, Ranks evictor) {
        this.name = name;
        this.evictor = evictor;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Evictor create(EvictionSetup setup) {
        evictor.created++;
        return evictor;
    }

    /** The policy at work. Tests override what they want to see fail. */
    static class Ranks implements Evictor {
        int created;

        /** What the engine told, such as {@code insert 1} or {@code EVICTED 7}: the event and the key's bits. */
        final List<String> heard = new ArrayList<>();

        /** The bits of the keys that were ranked since the last removal. */
        final List<Integer> ranked = new ArrayList<>();

        private int next;

        @Override
        public int onInsert(long keyHash) {
            heard.add("insert " + ++next);
            return next;
        }

        @Override
        public int onAccess(long keyHash, int bits) {
            heard.add("access " + bits);
            return ++next;
        }

        @Override
        public void onRemove(long keyHash, int bits, RemovalCause cause) {
            heard.add(cause + " " + bits);
        }

        @Override
        public void onFlush(long keys) {
            heard.add("flush " + keys);
        }

        @Override
        public long rank(long keyHash, int bits, long expiresAtMillis) {
            ranked.add(bits);
            return bits;
        }
    }
}
