package io.miniredis.engine;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.util.List;

/**
 * What of the heap is for the data: a limit below the one at which the JVM would die, in force whether or not {@code maxmemory} is
 * set. What is left beside it is for requests, for values while they are copied, and for garbage between two collections.
 *
 * @param usableBytes what data, large requests and garbage can take together
 * @param dataBytes what the data may take of that
 */
record HeapBudget(long usableBytes, long dataBytes) {

    /** What the server takes when it is empty: its classes' objects, threads, buffers and replies. */
    private static final long BASE_BYTES = 8 << 20;

    /** Where the serial and the parallel collector keep what stays: compacted as a whole, so that all of it can be used. */
    private static final List<String> COMPACTED = List.of("Tenured Gen", "PS Old Gen");

    /** The budget of this JVM's heap, without a young generation of fixed size. */
    static HeapBudget ofThisProcess() {
        for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
            if (COMPACTED.contains(pool.getName())) {
                return of(pool.getUsage().getMax(), true);
            }
        }
        return of(Runtime.getRuntime().maxMemory(), false);
    }

    /**
     * The budget of a heap.
     *
     * @param oldBytes where objects lie that stay
     * @param compacted whether all of it can be used; if not, young objects and regions that are partly filled take their part
     */
    static HeapBudget of(long oldBytes, boolean compacted) {
        long base = Math.min(BASE_BYTES, oldBytes / 4);
        long usable = Math.max(0, oldBytes - base);
        return new HeapBudget(usable, compacted ? usable - usable / 5 : usable / 2);
    }
}
