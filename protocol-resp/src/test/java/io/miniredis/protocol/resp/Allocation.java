package io.miniredis.protocol.resp;

import java.lang.reflect.Method;

/** Counts the bytes that a piece of code allocates. By reflection, because this module does not read the management modules. */
final class Allocation {
    private static final Object THREADS;
    private static final Method ALLOCATED;

    static {
        try {
            THREADS = Class.forName("java.lang.management.ManagementFactory")
                    .getMethod("getThreadMXBean")
                    .invoke(null);
            ALLOCATED =
                    Class.forName("com.sun.management.ThreadMXBean").getMethod("getThreadAllocatedBytes", long.class);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("no allocation counters", e);
        }
    }

    private Allocation() {}

    /** What the code allocates on this thread, in bytes; some hundred are the counting's own. */
    static long during(Runnable code) {
        Thread thread = Thread.currentThread();
        long before = by(thread);
        code.run();
        return by(thread) - before;
    }

    /** What a thread has allocated so far, in bytes. */
    static long by(Thread thread) {
        try {
            return (long) ALLOCATED.invoke(THREADS, thread.getId());
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("no allocation counters", e);
        }
    }
}
