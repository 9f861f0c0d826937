package io.miniredis.engine;

/** A running total of bytes, to which several tables add. Guarded by the lock of the shard that it belongs to. */
final class MemoryMeter {
    private long bytes;

    void add(long more) {
        bytes += more;
    }

    long bytes() {
        return bytes;
    }
}
