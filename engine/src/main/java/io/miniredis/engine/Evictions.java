package io.miniredis.engine;

import io.miniredis.api.Slice;
import io.miniredis.api.eviction.EvictionPolicy;
import io.miniredis.api.eviction.EvictionPolicy.Scope;
import io.miniredis.api.eviction.EvictionSetup;
import io.miniredis.api.eviction.RemovalCause;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the data within {@code maxmemory}, and within the heap: knows the policies, tells the chosen one's evictor what happens
 * to keys, samples keys and removes the one that the evictor ranks highest. A policy proposes, this class disposes.
 *
 * <p>With {@code maxmemory} not set there is no evictor, unless the policy counts uses for OBJECT FREQ, and nothing on the request path
 * but a null check and, for a command that needs memory, the comparison of a sum with the heap's limit. At that limit writes are refused: without {@code maxmemory}
 * nothing is evicted.
 */
final class Evictions {
    private static final Logger LOG = LoggerFactory.getLogger(Evictions.class);

    private static final String NONE = "noeviction";

    /** Of so many evictions one looks at the time, as in Redis. */
    private static final int EVICTIONS_PER_LOOK = 16;

    /** Slabs may have free an eighth of what the data takes, before that counts as data where the heap is short. */
    private static final int SLACK_PART = 8;

    private final Databases databases;
    private final Settings settings;
    private final Ticker ticker;
    private final Supplier<HeapBudget> heapSource;
    private final EvictionCycle cycle = new EvictionCycle(this);

    /** Null until somebody asks. */
    private volatile HeapBudget heap;

    private volatile Map<String, Choice> policies = Map.of();

    /** The time, as some worker read it last. */
    private volatile long nowMillis;

    /** The policy at work; null while nothing is to be evicted or counted. */
    private volatile ActivePolicy active;

    /** Whether a policy was switched off because it threw. The next change of the configuration tries again. */
    private volatile boolean broken;

    /** The value of {@code maxmemory} that was looked at last, whether it fits the heap. */
    private volatile long checkedLimitBytes;

    /** Whether the log says that the heap's limit was reached. */
    private volatile boolean fullHeapReported;

    /** What a value of {@code maxmemory-policy} stands for. */
    private record Choice(EvictionPolicy policy, Scope scope, boolean countsUses) {}

    /** What an evictor is offered. */
    private final class Setup implements EvictionSetup {
        @Override
        public long nowMillis() {
            return nowMillis;
        }

        @Override
        public LongSupplier number(String directive, long otherwise) {
            return settings.directive(directive) == null ? () -> otherwise : settings.follow(directive);
        }
    }

    Evictions(Databases databases, Settings settings, Ticker ticker, Supplier<HeapBudget> heapSource) {
        this.databases = databases;
        this.settings = settings;
        this.ticker = ticker;
        this.heapSource = heapSource;
    }

    /** Adds a policy, in each scope that it has. */
    void add(EvictionPolicy policy) {
        exchange(List.of(), List.of(policy));
    }

    /**
     * Takes policies away and adds others, all of them or, if they are not {@link #check acceptable}, none. One that is at work and goes
     * is replaced at the next {@link #configure}. All locks are held if any go.
     */
    void exchange(Collection<EvictionPolicy> out, Collection<EvictionPolicy> in) {
        policies = with(out, in);
        ActivePolicy now = active;
        if (now != null && out.contains(now.policy())) {
            active = null;
            broken = true;
        }
    }

    /**
     * Whether policies can be {@linkplain #exchange exchanged}.
     *
     * @throws IllegalArgumentException if a name is not new, naming both origins, or if the one in use would be there no more
     */
    void check(Collection<EvictionPolicy> out, Collection<EvictionPolicy> in) {
        String used = settings.get("maxmemory-policy");
        Map<String, Choice> after = with(out, in);
        if (policies.containsKey(used) && !after.containsKey(used)) {
            throw new IllegalArgumentException("its eviction policy " + used + " is in use");
        }
    }

    private Map<String, Choice> with(Collection<EvictionPolicy> out, Collection<EvictionPolicy> in) {
        Map<String, Choice> all = new LinkedHashMap<>(policies);
        all.values().removeIf(choice -> out.contains(choice.policy));
        for (EvictionPolicy policy : in) {
            for (Scope scope : policy.scopes()) {
                String name = scope.name().toLowerCase(Locale.ROOT) + "-" + policy.name();
                Choice known = all.putIfAbsent(name, new Choice(policy, scope, policy.countsUses()));
                if (known != null) {
                    throw new IllegalArgumentException("the eviction policy '" + name + "' is provided twice, by "
                            + known.policy.getClass().getModule() + " and by "
                            + policy.getClass().getModule());
                }
            }
        }
        return all;
    }

    /** What {@code maxmemory-policy} may be. */
    List<String> policyNames() {
        List<String> names = new ArrayList<>(policies.keySet());
        names.add(NONE);
        return names;
    }

    /** Takes up the limit and the policy of the settings. Holds all locks while keys get the bits of a new policy. */
    void configure(ShardLocks locks) {
        checkLimit();
        if (!isConfigured()) {
            locks.acquireAll();
            if (!isConfigured()) { // by another thread meanwhile
                start(wanted());
            }
            locks.releaseAll();
        }
        if (mayEvict() && isOver(locks, 0)) {
            cycle.wake();
        }
    }

    /** Says so if the limit that was set is more than the heap has. */
    private void checkLimit() {
        long limit = settings.maxMemoryBytes();
        if (limit != checkedLimitBytes) {
            checkedLimitBytes = limit;
            fullHeapReported = false;
            if (limit > 0 && limit > heap().dataBytes()) {
                LOG.warn(
                        "maxmemory {} does not fit the heap: the data may take {} ({} bytes) of it, and this limit is in force;"
                                + " a larger heap is set with -Xmx in MINIREDIS_JAVA_OPTS",
                        MemorySize.human(limit),
                        MemorySize.human(heap().dataBytes()),
                        heap().dataBytes());
            }
        }
    }

    private boolean isConfigured() {
        ActivePolicy now = active;
        return !broken && wanted().equals(now == null ? NONE : now.name());
    }

    private String wanted() {
        String policy = settings.get("maxmemory-policy");
        Choice choice = policies.get(policy);
        boolean hasWork = settings.maxMemoryBytes() != 0 || (choice != null && choice.countsUses);
        return hasWork ? policy : NONE;
    }

    private void start(String wanted) {
        broken = false;
        ActivePolicy now = active;
        Choice choice = policies.get(wanted);
        if (choice == null) {
            active = null;
            forEachTable(KeyTable::dropBits);
        } else if (now != null && now.policy() == choice.policy) {
            // Another scope of the same policy: what it knows of the keys stays.
            active = new ActivePolicy(wanted, choice.policy, choice.scope, now.evictor());
        } else {
            nowMillis = ticker.millis();
            active = start(wanted, choice);
            forEachTable(active == null ? KeyTable::dropBits : this::insertAll);
        }
    }

    /** The policy at work; null if it cannot be. */
    private ActivePolicy start(String name, Choice choice) {
        try {
            return new ActivePolicy(name, choice.policy, choice.scope, choice.policy.create(new Setup()));
        } catch (Throwable e) {
            failed(name, e);
            return null;
        }
    }

    private void forEachTable(java.util.function.Consumer<KeyTable> action) {
        for (int shard = 0; shard < databases.shards(); shard++) {
            for (int database = 0; database < databases.count(); database++) {
                action.accept(databases.shard(shard).table(database));
            }
        }
    }

    private void insertAll(KeyTable table) {
        Slice key = new Slice();
        table.forEach((segment, slot) -> {
            long hash = databases.hash(KeyTable.key(segment, slot, key));
            table.setBits(segment, slot, onInsert(hash));
        });
    }

    /** Says what time it is, once for a run of commands. */
    void passTime(long millis) {
        if (active != null) {
            nowMillis = millis;
        }
    }

    boolean isActive() {
        return active != null;
    }

    /** The bits to keep with a new key; 0 without a policy. */
    int onInsert(long keyHash) {
        ActivePolicy now = active;
        if (now == null) {
            return 0;
        }
        try {
            return now.evictor().onInsert(keyHash);
        } catch (Throwable e) {
            return failed(now.name(), e);
        }
    }

    /** Tells the policy that a key was used. */
    void onAccess(KeyTable table, Segment segment, int slot, long keyHash) {
        ActivePolicy now = active;
        if (now == null) {
            return;
        }
        int before = segment.bits(slot);
        int after;
        try {
            after = now.evictor().onAccess(keyHash, before);
        } catch (Throwable e) {
            after = failed(now.name(), e);
        }
        if (after != before) {
            table.setBits(segment, slot, after);
        }
    }

    /** Whether the policy at work counts uses. */
    boolean countsUses() {
        ActivePolicy now = active;
        return now != null && now.policy().countsUses();
    }

    /** How often a key was used, as the policy at work counts; -1 if it does not. */
    int frequency(Segment segment, int slot) {
        ActivePolicy now = active;
        if (now == null) {
            return -1;
        }
        try {
            return now.evictor().frequency(segment.bits(slot));
        } catch (Throwable e) {
            failed(now.name(), e);
            return -1;
        }
    }

    /** Makes a key look to the policy at work as if it had been used so often. */
    void setFrequency(KeyTable table, Segment segment, int slot, int frequency) {
        ActivePolicy now = active;
        if (now != null) {
            try {
                table.setBits(segment, slot, now.evictor().withFrequency(segment.bits(slot), frequency));
            } catch (Throwable e) {
                failed(now.name(), e);
            }
        }
    }

    /** Tells the policy that a key goes. */
    void onRemove(Segment segment, int slot, long keyHash, RemovalCause cause) {
        ActivePolicy now = active;
        if (now != null) {
            try {
                now.evictor().onRemove(keyHash, segment.bits(slot), cause);
            } catch (Throwable e) {
                failed(now.name(), e);
            }
        }
    }

    /** Tells the policy that so many keys went with their databases. */
    void onFlush(long keys) {
        ActivePolicy now = active;
        if (now != null) {
            try {
                now.evictor().onFlush(keys);
            } catch (Throwable e) {
                failed(now.name(), e);
            }
        }
    }

    /** A policy that throws, whatever it is, is switched off; the limit stays, so writes are refused. */
    private int failed(String policy, Throwable e) {
        LOG.error("The eviction policy {} failed and is switched off; writes over maxmemory are refused", policy, e);
        active = null;
        broken = true;
        return 0;
    }

    /** What of the heap is for the data. Who asks first waits some 20 ms for Java's answer: the start does not. */
    HeapBudget heap() {
        HeapBudget known = heap;
        if (known == null) { // or more than one thread asks, for the same answer
            known = heapSource.get();
            heap = known;
        }
        return known;
    }

    /** What the data may take. */
    private long limitBytes() {
        long limit = settings.maxMemoryBytes();
        return limit == 0 ? heap().dataBytes() : Math.min(limit, heap().dataBytes());
    }

    /** Whether being over the limit may end otherwise than by refusing writes. */
    boolean mayEvict() {
        return settings.maxMemoryBytes() != 0;
    }

    /**
     * Whether the data would be over the limit with so much more.
     *
     * @param more in bytes
     */
    boolean isOver(ShardLocks locks, long more) {
        locks.publish();
        long used = databases.memoryBytes() + more;
        long limit = settings.maxMemoryBytes();
        return (limit != 0 && used > limit) || fillsHeap(used);
    }

    /** Whether the data, with so much more, takes all that the heap has for it, whatever maxmemory is. */
    boolean fillsHeap(ShardLocks locks, long more) {
        locks.publish();
        return fillsHeap(databases.memoryBytes() + more);
    }

    private boolean fillsHeap(long used) {
        return used + excessSlack(used) > heap().dataBytes();
    }

    /** What is free in slabs beyond what the heap has for that anyway. */
    private long excessSlack(long used) {
        return Math.max(0, databases.slackBytes() - used / SLACK_PART);
    }

    /** Notes that a write is refused: the first time because of the heap, the log says so. */
    void refused() {
        if (!fullHeapReported && limitBytes() == heap().dataBytes()) {
            fullHeapReported = true;
            LOG.warn(
                    "Writes are refused: the data takes the {} ({} bytes) that the heap has for it;"
                            + " a larger heap is set with -Xmx in MINIREDIS_JAVA_OPTS",
                    MemorySize.human(heap().dataBytes()),
                    heap().dataBytes());
        }
    }

    /** What the heap has left beside the data, in bytes. */
    long freeHeapBytes() {
        return Math.max(0, heap().usableBytes() - databases.memoryBytes() - databases.slackBytes());
    }

    /** Whether so much can be made at once. Half of what is left, since other threads may want the same. */
    boolean fitsHeap(long bytes) {
        return bytes <= freeHeapBytes() / 2;
    }

    /**
     * Evicts until there is room for so much, or until that has taken as long as {@code maxmemory-eviction-tenacity} allows. Then what is
     * left is evicted {@linkplain EvictionCycle in the background}, and the command goes on, as in Redis; but not before it has evicted half as much
     * again as it brings, nor while the heap has no room for that. For what cannot fit at all nothing is evicted. If it is the heap that is full, what
     * is in half empty slabs is moved first. Takes shard locks.
     *
     * @param needed in bytes; 0 if the command runs in any case
     * @return whether a command that needs memory may run
     */
    boolean makeRoom(Worker worker, long needed) {
        boolean fits = needed <= limitBytes() - KeyTable.sharedBytes();
        return evict(worker, fits ? needed : 0) && fits;
    }

    private boolean evict(Worker worker, long needed) {
        long since = ticker.nanos();
        long enough = needed + needed / 2; // values are stored in arrays that may be a third longer, see SpareArrays
        long freed = 0;
        while (fillsHeap(worker.locks, needed)
                && excessSlack(databases.memoryBytes() + needed) > 0
                && compact(worker)) {
            // a slab less
        }
        for (int evicted = 1; isOver(worker.locks, needed); evicted++) {
            long bytes = evictOne(worker);
            if (bytes < 0) {
                return false;
            }
            freed += bytes;
            boolean isTimeToLook = evicted % EVICTIONS_PER_LOOK == 0;
            if (isTimeToLook && freed >= enough && isLate(since) && !fillsHeap(worker.locks, needed)) {
                cycle.wake();
                return true;
            }
        }
        return true;
    }

    /** Moves what is in one slab to others, in any shard that has such a slab. Returns whether there was one. */
    private boolean compact(Worker worker) {
        for (int i = 0; i < databases.shards(); i++) {
            worker.locks.acquire(i);
            if (databases.shard(i).compact()) {
                return true;
            }
        }
        return false;
    }

    private boolean isLate(long since) {
        return ticker.nanos() - since >= settings.evictionNanos();
    }

    /** What evicts what commands have left. */
    EvictionCycle cycle() {
        return cycle;
    }

    /** Evicts the best key of a random shard, or of the next one that has any. Returns what that freed; -1 if nothing may go. */
    private long evictOne(Worker worker) {
        ActivePolicy now = active;
        if (now == null || !mayEvict()) {
            return -1;
        }
        try {
            return evictOne(worker, now, worker.victims);
        } finally {
            worker.victims.forget();
        }
    }

    private long evictOne(Worker worker, ActivePolicy now, VictimSearch victims) {
        int start = victims.randomShard(now);
        for (int i = 0; i < databases.shards(); i++) {
            int number = (start + i) & (databases.shards() - 1);
            worker.locks.acquire(number);
            Shard shard = databases.shard(number);
            boolean found;
            try {
                found = victims.find(now, shard);
            } catch (Throwable e) {
                failed(now.name(), e);
                return -1;
            }
            if (found) {
                long before = shard.memoryBytes();
                worker.remove(number, victims.database(), victims.segment(), victims.slot(), RemovalCause.EVICTED);
                return Math.max(0, before - shard.memoryBytes());
            }
        }
        return -1;
    }
}
