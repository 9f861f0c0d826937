package io.miniredis.engine;

import io.miniredis.api.Slice;
import java.util.SplittableRandom;

/**
 * Finds the key that is to be evicted: samples a shard's keys into its {@link EvictionPool}, and takes the one that ranks highest there.
 * A policy that chooses at random gets any key instead. Reused; confined to its worker, which holds the shard's lock.
 */
final class VictimSearch implements KeyTable.Visitor {
    /** How many evictions go by, at most, before it is looked anew how many keys each shard has. */
    private static final int MAX_SHARE_AGE = 256;

    /**
     * How many keys are looked at for one of {@code maxmemory-samples}, if ranks need no look at their names: expiry and bits of neighbours
     * lie in the same cache lines, so two cost hardly more than one.
     */
    private static final int NEIGHBOURS = 2;

    private final Databases databases;
    private final Settings settings;
    private final SplittableRandom random;
    private final Slice name = new Slice();

    /** How many keys may go, by shard, a while ago. */
    private final long[] shares;

    private long largestShare;
    private int evictionsLeft;

    // What is being looked through.
    private ActivePolicy policy;
    private EvictionPool pool;
    private int sampledDatabase;

    // What was found.
    private int database;
    private Segment segment;
    private int slot;

    VictimSearch(Databases databases, Settings settings, SplittableRandom random) {
        this.databases = databases;
        this.settings = settings;
        this.random = random;
        shares = new long[databases.shards()];
    }

    /** The number of the database that the key is in which was found. */
    int database() {
        return database;
    }

    Segment segment() {
        return segment;
    }

    int slot() {
        return slot;
    }

    /** A shard, each as likely as its share of the keys that may go. Takes no lock. */
    int randomShard(ActivePolicy active) {
        if (shares.length == 1) {
            return 0;
        }
        if (--evictionsLeft < 0) {
            measureShares(active);
        }
        int shard = random.nextInt(shares.length);
        while (random.nextLong(largestShare) >= shares[shard]) {
            shard = random.nextInt(shares.length);
        }
        return shard;
    }

    /** Sizes are read without the locks; one that is a moment old, or half of a table that was just exchanged, does no harm. */
    private void measureShares(ActivePolicy active) {
        long sum = 0;
        largestShare = 1;
        for (int shard = 0; shard < shares.length; shard++) {
            long share = candidates(active, databases.shard(shard));
            shares[shard] = share;
            sum += share;
            largestShare = Math.max(largestShare, share);
        }
        if (sum == 0) {
            shares[0] = 1;
        }
        evictionsLeft = (int) Math.min(MAX_SHARE_AGE, sum / (4L * shares.length));
    }

    private long candidates(ActivePolicy active, Shard shard) {
        long sum = 0;
        for (int i = 0; i < databases.count(); i++) {
            sum += active.candidates(shard.table(i));
        }
        return sum;
    }

    /** Forgets what was found, lest it be kept alive when it is gone, or its policy's plugin. */
    void forget() {
        policy = null;
        segment = null;
    }

    /** Looks for a key in a shard. Returns whether there is one that may go. To be {@linkplain #forget forgotten} after use. */
    boolean find(ActivePolicy active, Shard shard) {
        policy = active;
        segment = null;
        if (active.policy().choosesAtRandom()) {
            return drawFrom(shard);
        }
        pool = shard.evictionPool;
        rankPool(shard);
        sample(shard);
        int best = pool.highest();
        if (best < 0) {
            return false;
        }
        database = pool.database(best);
        segment = shard.table(database).segment(pool.tag(best));
        slot = segment.findTag(pool.tag(best));
        pool.drop(best);
        return true;
    }

    private boolean drawFrom(Shard shard) {
        pool = null;
        long candidates = candidates(policy, shard);
        if (candidates == 0) {
            return false;
        }
        sampledDatabase = databaseOf(shard, random.nextLong(candidates));
        return shard.table(sampledDatabase).draw(random, policy.onlyVolatile(), this);
    }

    /** In which database the n-th is of all keys that may go. */
    private int databaseOf(Shard shard, long number) {
        long left = number;
        int index = 0;
        while (left >= policy.candidates(shard.table(index))) {
            left -= policy.candidates(shard.table(index++));
        }
        return index;
    }

    /** Ranks the candidates of earlier samples by what they are now. */
    private void rankPool(Shard shard) {
        for (int i = pool.size() - 1; i >= 0; i--) {
            Segment candidates = shard.table(pool.database(i)).segment(pool.tag(i));
            int candidate = candidates.findTag(pool.tag(i));
            if (candidate < 0 || !policy.mayTake(candidates, candidate)) {
                pool.drop(i);
            } else {
                pool.rank(i, policy.rank(pool.hash(i), candidates, candidate));
            }
        }
    }

    /** Offers keys to the pool: of a database that is drawn by its share of them, and of the next ones if it has too few. */
    private void sample(Shard shard) {
        long candidates = candidates(policy, shard);
        if (candidates == 0) {
            return;
        }
        long wanted = (long) settings.samples() * (policy.policy().ranksByHash() ? 1 : NEIGHBOURS);
        int left = (int) Math.min(wanted, candidates);
        int first = databaseOf(shard, random.nextLong(candidates));
        for (int i = 0; left > 0 && i < databases.count(); i++) {
            sampledDatabase = (first + i) % databases.count();
            KeyTable table = shard.table(sampledDatabase);
            if (policy.candidates(table) > 0) {
                left -= table.sample(random, left, policy.onlyVolatile(), this);
            }
        }
    }

    @Override
    public void visit(Segment visited, int visitedSlot) {
        if (pool == null) {
            database = sampledDatabase;
            segment = visited;
            slot = visitedSlot;
            return;
        }
        int tag = visited.tags[visitedSlot];
        long hash = policy.policy().ranksByHash() ? databases.hash(KeyTable.key(visited, visitedSlot, name)) : 0;
        long rank = policy.rank(hash, visited, visitedSlot);
        if (pool.takes(rank) && !pool.contains(sampledDatabase, tag)) {
            pool.add(sampledDatabase, tag, hash, rank);
        }
    }
}
