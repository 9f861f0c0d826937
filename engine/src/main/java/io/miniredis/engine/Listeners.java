package io.miniredis.engine;

import io.miniredis.api.KeyspaceListener;
import java.util.Arrays;
import java.util.function.Consumer;

/** Who hears of changes to keys. Changed by any thread, asked by those that change keys. */
final class Listeners {

    /** One who hears of them. */
    static final class Listener {
        final KeyspaceListener listener;
        /** Is told when it fails. */
        final Consumer<Throwable> failed;

        Listener(KeyspaceListener listener, Consumer<Throwable> failed) {
            this.listener = listener;
            this.failed = failed;
        }
    }

    /** Null while nobody listens. The array itself never changes. */
    private volatile Listener[] all;

    /** Null if nobody listens. */
    Listener[] all() {
        return all;
    }

    synchronized void add(Listener listener) {
        Listener[] before = all == null ? new Listener[0] : all;
        Listener[] after = Arrays.copyOf(before, before.length + 1);
        after[before.length] = listener;
        all = after;
    }

    synchronized void remove(Listener listener) {
        if (all != null) {
            Listener[] left = Arrays.stream(all)
                    .filter(candidate -> candidate != listener)
                    .toArray(Listener[]::new);
            all = left.length == 0 ? null : left;
        }
    }
}
