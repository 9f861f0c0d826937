package io.miniredis.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/**
 * What the slabs of a shard's tables take without being in use, and which of them have something to tidy. Guarded by the shard's lock.
 */
final class Slack {
    private final List<KeyTable> untidy = new ArrayList<>();
    private final MemoryMeter meter;

    /**
     * None yet.
     *
     * @param sum gets what there is in this shard
     */
    Slack(LongAdder sum) {
        meter = new MemoryMeter(sum);
    }

    void add(long more) {
        meter.add(more);
    }

    long bytes() {
        return meter.bytes();
    }

    void publish() {
        meter.publish();
    }

    /** Has a table tidied, once. */
    void tidyLater(KeyTable table) {
        untidy.add(table);
    }

    /** Tidies up: nobody uses any more what has been freed. A little at a time, so that nobody waits long. */
    void tidy() {
        for (int i = untidy.size() - 1; i >= 0; i--) {
            if (untidy.get(i).tidy()) {
                untidy.remove(i);
            }
        }
    }
}
