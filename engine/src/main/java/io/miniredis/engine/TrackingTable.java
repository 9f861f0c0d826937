package io.miniredis.engine;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.miniredis.api.transport.ReplyStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Which clients have copies of keys, and are told when these change. Thread-safe: a key is noted and forgotten under the lock of its shard,
 * under which it is read and changed too. So who reads it either reads what a change has made of it, or is noted before the change,
 * and then told of it.
 */
final class TrackingTable {
    /** Where in RESP2 those hear who are told in another client's place. */
    private static final String CHANNEL = "__redis__:invalidate";

    private final Engine engine;
    private final Databases databases;
    private final LongSupplier maxKeys;
    private final Set<TrackingClient> clients = ConcurrentHashMap.newKeySet();
    private final AtomicLong keys = new AtomicLong();
    private final AtomicLong items = new AtomicLong();

    /** Who hears of all keys with a prefix. The map and the lists are replaced, under all locks, and never changed. */
    private volatile NavigableMap<String, List<TrackingClient>> byPrefix = new TreeMap<>();

    /** Observes all keys while there is any prefix. */
    private final KeyObserver broadcast = (key, by, worker) -> worker.broadcasts.changed(key, by);

    TrackingTable(Engine engine) {
        this.engine = engine;
        databases = engine.databases();
        maxKeys = engine.settings().follow("tracking-table-max-keys");
    }

    /** How many clients have their copies tracked. */
    int clients() {
        return clients.size();
    }

    /** How many keys anybody may have copies of. */
    long keys() {
        return keys.get();
    }

    /** How many copies there may be. */
    long items() {
        return items.get();
    }

    int prefixes() {
        return byPrefix.size();
    }

    /** The client of that number, or null. */
    ClientSession client(long id) {
        return engine.client(id);
    }

    void add(TrackingClient client) {
        clients.add(client);
    }

    /** Has a client told of all keys with a prefix. Takes all locks. */
    void add(TrackingClient client, String prefix, Worker worker) {
        if (!client.addPrefix(prefix)) {
            return;
        }
        worker.locks.acquireAll();
        NavigableMap<String, List<TrackingClient>> changed = new TreeMap<>(byPrefix);
        List<TrackingClient> all = new ArrayList<>(changed.getOrDefault(prefix, List.of()));
        all.add(client);
        changed.put(prefix, List.copyOf(all));
        replace(changed);
    }

    /** Notes that a client has no copies any more, or is gone. Takes the locks of all shards, one after the other or, for prefixes, all. */
    void remove(TrackingClient client, Worker worker) {
        clients.remove(client);
        for (int shard = 0; shard < databases.shards(); shard++) {
            worker.locks.acquire(shard);
            databases.shard(shard).tracked.remove(client, this);
        }
        if (!client.prefixes().isEmpty()) {
            worker.locks.acquireAll();
            NavigableMap<String, List<TrackingClient>> changed = new TreeMap<>(byPrefix);
            client.prefixes()
                    .forEach(prefix -> changed.computeIfPresent(prefix, (unused, all) -> {
                        List<TrackingClient> left =
                                all.stream().filter(other -> other != client).toList();
                        return left.isEmpty() ? null : left;
                    }));
            replace(changed);
        }
    }

    private void replace(NavigableMap<String, List<TrackingClient>> changed) {
        boolean observed = !byPrefix.isEmpty();
        byPrefix = changed;
        if (observed == !changed.isEmpty()) {
            return;
        }
        for (int shard = 0; shard < databases.shards(); shard++) {
            if (observed) {
                databases.shard(shard).observers.removeFromAll(broadcast);
            } else {
                databases.shard(shard).observers.addToAll(broadcast);
            }
        }
    }

    /** Who hears of which prefixes, in the order of these; not to be changed. */
    NavigableMap<String, List<TrackingClient>> byPrefix() {
        return byPrefix;
    }

    /** Notes that a client may have a copy of a key. The lock is held since the key was read. */
    void note(KeyRef key, TrackingClient client, Worker worker) {
        databases.shard(key.shard).tracked.add(DatabaseKey.anywhere(key.hash, key.name()), client, this);
        if (isFull() || engine.evictions().fillsHeap(worker.locks, 0)) {
            invalidateOldest(key.shard, worker);
        }
    }

    private boolean isFull() {
        long max = maxKeys.getAsLong();
        return max != 0 && keys.get() > max;
    }

    /** Has the copies of some key of a shard dropped: of the one that was read first. Its lock is held. Returns false if there is none. */
    private boolean invalidateOldest(int shard, Worker worker) {
        Interests<KeyObserver> observers = databases.shard(shard).observers;
        DatabaseKey oldest = observers.oldest(DatabaseKey::isAnywhere);
        if (oldest == null) {
            return false;
        }
        observers.in(oldest).forEach(observer -> observer.changed(oldest, null, worker));
        return true;
    }

    /** Keeps within the limit, after it was changed. Takes shard locks, one after the other. */
    void configure(Worker worker) {
        boolean found = true;
        while (isFull() && found) {
            found = false;
            for (int shard = 0; shard < databases.shards() && isFull(); shard++) {
                worker.locks.acquire(shard);
                found |= invalidateOldest(shard, worker);
            }
        }
    }

    /** Forgets that a client may have a copy of a key. The lock of its shard is held. */
    void forget(DatabaseKey key, TrackingClient client, Worker worker) {
        databases.shard(databases.shardOf(key.hash())).tracked.remove(key, client, this);
    }

    /** Has all copies of everything dropped, since a database was emptied. All locks are held. */
    void flushed(Worker worker) {
        if (clients.isEmpty()) {
            return;
        }
        for (int i = 0; i < databases.shards(); i++) {
            TrackedKeys tracked = databases.shard(i).tracked;
            tracked.clients().forEach(client -> tracked.remove(client, this));
        }
        Message everything = invalidation(ReplyStream::nil);
        clients.forEach(client -> client.tell(everything, worker.messages));
    }

    /** Counts what was added, or taken away. */
    void grew(int moreKeys, int moreItems) {
        if (moreKeys != 0) {
            keys.addAndGet(moreKeys);
        }
        items.addAndGet(moreItems);
    }

    /** That copies of some keys are no longer right. */
    static Message invalidation(List<byte[]> names) {
        return invalidation(push -> {
            push.array(names.size());
            names.forEach(push::bulk);
        });
    }

    private static Message invalidation(Consumer<ReplyStream> which) {
        return new Message(
                message -> {
                    message.push(3);
                    message.bulk("message");
                    message.bulk(CHANNEL);
                    which.accept(message);
                },
                message -> {
                    message.push(2);
                    message.bulk("invalidate");
                    which.accept(message);
                });
    }

    /** That nobody is told in the client's place any more. */
    static Message redirectionBroken(long id) {
        return new Message(message -> {
            message.push(2);
            message.bulk("tracking-redir-broken");
            message.integer(id);
        });
    }

    /** The keys among some that have a prefix, but for those that a client has changed last. */
    static List<byte[]> namesWith(String prefix, NavigableMap<String, ClientSession> changed, ClientSession except) {
        List<byte[]> names = new ArrayList<>();
        for (Map.Entry<String, ClientSession> key :
                changed.tailMap(prefix, true).entrySet()) {
            if (!key.getKey().startsWith(prefix)) {
                break;
            }
            if (except == null || key.getValue() != except) {
                names.add(key.getKey().getBytes(ISO_8859_1));
            }
        }
        return names;
    }
}
