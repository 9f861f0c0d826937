package io.miniredis.engine;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The keys that a worker has changed and that somebody wants to hear of by their prefix. As in Redis they are told when the requests have
 * run, all together, each once. Confined to the worker's thread.
 */
final class Broadcasts {
    private final Worker worker;
    private final TrackingTable table;

    /** By the key's name as Latin-1, in the order of its bytes: who changed it last; null if no client did. */
    private final NavigableMap<String, ClientSession> changed = new TreeMap<>();

    Broadcasts(Worker worker) {
        this.worker = worker;
        table = worker.engine.tracking();
    }

    /** Notes that a key has changed. */
    void changed(DatabaseKey key, ClientSession by) {
        String name = new String(key.bytes(), ISO_8859_1);
        if (table.byPrefix().keySet().stream().anyMatch(name::startsWith)) {
            changed.put(name, by);
        }
    }

    /** Tells what was noted. */
    void tell() {
        if (!changed.isEmpty()) {
            table.byPrefix().forEach(this::tell);
            changed.clear();
        }
    }

    private void tell(String prefix, List<TrackingClient> clients) {
        List<byte[]> names = TrackingTable.namesWith(prefix, changed, null);
        if (names.isEmpty()) {
            return;
        }
        Message all = TrackingTable.invalidation(names);
        for (TrackingClient client : clients) {
            if (client.mode().noLoop()) {
                List<byte[]> others = TrackingTable.namesWith(prefix, changed, client.session());
                if (!others.isEmpty()) {
                    client.tell(TrackingTable.invalidation(others), worker.messages);
                }
            } else {
                client.tell(all, worker.messages);
            }
        }
    }
}
