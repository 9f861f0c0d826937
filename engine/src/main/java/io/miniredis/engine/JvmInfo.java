package io.miniredis.engine;

import java.lang.management.BufferPoolMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.lang.management.ThreadMXBean;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** What INFO says of the Java virtual machine. */
final class JvmInfo {
    private JvmInfo() {}

    /** The fields and their values, in the order in which they are shown. */
    static Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        MemoryUsage heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
        fields.put("jvm_heap_used", heap.getUsed());
        fields.put("jvm_heap_committed", heap.getCommitted());
        fields.put("jvm_heap_max", heap.getMax());
        MemoryUsage rest = ManagementFactory.getMemoryMXBean().getNonHeapMemoryUsage();
        fields.put("jvm_nonheap_used", rest.getUsed());
        fields.put("jvm_nonheap_committed", rest.getCommitted());
        for (BufferPoolMXBean pool : ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class)) {
            if (pool.getName().equals("direct")) {
                fields.put("jvm_direct_buffers", pool.getCount());
                fields.put("jvm_direct_bytes", pool.getMemoryUsed());
            }
        }
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        fields.put("jvm_threads", threads.getThreadCount());
        fields.put("jvm_threads_peak", threads.getPeakThreadCount());
        fields.put("jvm_classes", ManagementFactory.getClassLoadingMXBean().getLoadedClassCount());
        for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
            String name =
                    "jvm_gc_" + collector.getName().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "_");
            fields.put(name, "count=" + collector.getCollectionCount() + ",ms=" + collector.getCollectionTime());
        }
        return fields;
    }
}
