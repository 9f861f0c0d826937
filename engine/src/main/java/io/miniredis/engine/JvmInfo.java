package io.miniredis.engine;

import java.lang.management.BufferPoolMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.lang.management.ThreadMXBean;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** What there is to say of the Java virtual machine. */
final class JvmInfo {
    private JvmInfo() {}

    static Metrics.Jvm now() {
        MemoryUsage heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
        MemoryUsage rest = ManagementFactory.getMemoryMXBean().getNonHeapMemoryUsage();
        BufferPoolMXBean direct = directBuffers();
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        return new Metrics.Jvm(
                System.getProperty("java.version"),
                heap.getUsed(),
                heap.getCommitted(),
                heap.getMax(),
                rest.getUsed(),
                rest.getCommitted(),
                direct.getCount(),
                direct.getMemoryUsed(),
                threads.getThreadCount(),
                threads.getPeakThreadCount(),
                ManagementFactory.getClassLoadingMXBean().getLoadedClassCount(),
                ManagementFactory.getGarbageCollectorMXBeans().stream()
                        .map(JvmInfo::collector)
                        .toList());
    }

    private static BufferPoolMXBean directBuffers() {
        return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .filter(pool -> pool.getName().equals("direct"))
                .findFirst()
                .orElseThrow();
    }

    private static Metrics.Collector collector(GarbageCollectorMXBean collector) {
        return new Metrics.Collector(
                collector.getName(), collector.getCollectionCount(), collector.getCollectionTime());
    }

    /** The fields of INFO and their values, in the order in which they are shown. */
    static Map<String, Object> fields() {
        Metrics.Jvm jvm = now();
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("jvm_heap_used", jvm.heapUsed());
        fields.put("jvm_heap_committed", jvm.heapCommitted());
        fields.put("jvm_heap_max", jvm.heapMax());
        fields.put("jvm_nonheap_used", jvm.nonHeapUsed());
        fields.put("jvm_nonheap_committed", jvm.nonHeapCommitted());
        fields.put("jvm_direct_buffers", jvm.directBuffers());
        fields.put("jvm_direct_bytes", jvm.directBytes());
        fields.put("jvm_threads", jvm.threads());
        fields.put("jvm_threads_peak", jvm.peakThreads());
        fields.put("jvm_classes", jvm.classes());
        for (Metrics.Collector collector : jvm.collectors()) {
            String name = "jvm_gc_" + collector.name().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "_");
            fields.put(name, "count=" + collector.collections() + ",ms=" + collector.millis());
        }
        return fields;
    }
}
