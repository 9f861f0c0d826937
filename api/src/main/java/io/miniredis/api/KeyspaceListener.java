package io.miniredis.api;

/** Hears of changes to keys. See {@link PluginContext#listen}. */
@FunctionalInterface
public interface KeyspaceListener {

    /**
     * A key has changed. Called by the thread that changed it, which holds the key's lock: events of one key come in the order in
     * which they happened, those of several keys may come at the same time. So the listener is thread-safe and quick, it does not
     * block, does not touch the keyspace, calls no command, and copies what it keeps.
     *
     * <p>What it throws is logged and counted, and does the command no harm.
     *
     * @param event what happened; valid during the call only
     */
    void changed(KeyspaceEvent event);
}
