package io.miniredis.engine;

import java.lang.ref.WeakReference;

/** A value that has more to give away than it gives at a time. */
final class ValueRemains extends Remains {
    private final WeakReference<Entry> value;

    ValueRemains(Entry entry, Remains before) {
        super(before);
        value = new WeakReference<>(entry);
    }

    @Override
    boolean giveSome(Spares spares) {
        Entry entry = value.get();
        return entry == null || entry.release(spares.arrays);
    }
}
