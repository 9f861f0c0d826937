package io.miniredis.engine;

import java.util.OptionalLong;

/**
 * What INFO and MEMORY say of memory, in bytes, looked up at one moment.
 *
 * @param used keys, values and tables
 * @param peak the most that this has been
 * @param startup what of it there is without any key
 * @param overhead what of it is neither key nor value
 * @param clients what buffers of connections take
 * @param heapUsed what the heap holds, garbage included
 * @param heapCommitted what the heap has of the machine's memory
 * @param resident what the process has of the machine's memory, if that is known
 */
record MemoryFigures(
        long used,
        long peak,
        long startup,
        long overhead,
        long clients,
        long heapUsed,
        long heapCommitted,
        OptionalLong resident) {

    /** Lets go of the worker's locks, lest what it has changed itself be missing. */
    static MemoryFigures of(Worker worker) {
        return of(worker.engine, worker.locks);
    }

    /** The same, by somebody who may hold locks. */
    static MemoryFigures of(Engine engine, ShardLocks locks) {
        Runtime runtime = Runtime.getRuntime();
        long overhead = engine.databases().overheadBytes(locks);
        locks.releaseAll();
        long clients = 0;
        for (ClientSession client : engine.clients()) {
            clients += client.inputBufferBytes() + client.outputBytes();
        }
        long used = engine.databases().memoryBytes();
        return new MemoryFigures(
                used,
                Math.max(used, engine.peakBytes()),
                KeyTable.sharedBytes(),
                overhead,
                clients,
                runtime.totalMemory() - runtime.freeMemory(),
                runtime.totalMemory(),
                ProcessFacts.residentBytes());
    }

    long dataset() {
        return used - overhead;
    }

    /** The share of keys and values in what was not there at the start. */
    double datasetPercent() {
        return used == startup ? 0 : 100.0 * dataset() / (used - startup);
    }

    double peakPercent() {
        return 100.0 * used / peak;
    }

    /** How many times its data the process takes, if that is known. */
    double fragmentation() {
        return (double) resident.orElseThrow() / used;
    }

    long fragmentationBytes() {
        return resident.orElseThrow() - used;
    }

    double heapFragmentation() {
        return (double) heapCommitted / heapUsed;
    }
}
