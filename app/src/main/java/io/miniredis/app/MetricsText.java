package io.miniredis.app;

import io.miniredis.engine.Metrics;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;

/**
 * The server's numbers for Prometheus. Those that the well-known exporter for Redis has are called as there, so that dashboards made for it
 * work; the others begin with {@code miniredis_}. docs/metrics.md lists them.
 */
final class MetricsText {
    private final Metrics metrics;
    private final PrometheusText text = new PrometheusText();

    private MetricsText(Metrics metrics) {
        this.metrics = metrics;
    }

    /** All families. */
    static String of(Metrics metrics) {
        MetricsText all = new MetricsText(metrics);
        all.server();
        all.clients();
        all.memory();
        all.counts();
        all.keyspace();
        all.commands();
        all.slowLog();
        all.jvm();
        all.plugins();
        return all.text.toString();
    }

    private void gauge(String name, String help, long value) {
        text.gauge(name, help).sample(value);
    }

    private void counter(String name, String help, long value) {
        text.counter(name, help).sample(value);
    }

    private void server() {
        Metrics.Server server = metrics.server();
        gauge("redis_up", "1: the server answers.", 1);
        text.gauge("redis_instance_info", "1, with what runs as labels.")
                .sample(
                        1,
                        "redis_version",
                        server.redisVersion(),
                        "redis_mode",
                        "standalone",
                        "role",
                        "master",
                        "tcp_port",
                        Integer.toString(server.port()),
                        "maxmemory_policy",
                        metrics.memory().policy());
        text.gauge("miniredis_info", "1, with versions as labels.")
                .sample(
                        1,
                        "version",
                        server.version(),
                        "java_version",
                        metrics.jvm().version());
        gauge("redis_uptime_in_seconds", "How long the server has run.", metrics.uptimeSeconds());
        gauge(
                "redis_start_time_seconds",
                "When the server started, since the epoch.",
                TimeUnit.MILLISECONDS.toSeconds(server.startMillis()));
        server.cpuUserSeconds()
                .ifPresent(seconds -> text.counter(
                                "redis_cpu_user_seconds_total", "Processor time in the process's own code.")
                        .sample(seconds));
        server.cpuSystemSeconds()
                .ifPresent(seconds -> text.counter(
                                "redis_cpu_sys_seconds_total",
                                "Processor time of the operating system for the process.")
                        .sample(seconds));
    }

    private void clients() {
        Metrics.Clients clients = metrics.clients();
        gauge("redis_connected_clients", "Clients that are connected.", clients.connected());
        gauge("redis_blocked_clients", "Clients that wait in a command.", clients.blocked());
        gauge("redis_tracking_clients", "Clients that have copies of keys tracked.", clients.tracking());
        gauge("redis_max_clients", "How many clients may be connected.", clients.max());
        counter("redis_connections_received_total", "Connections that clients made.", clients.received());
        counter("redis_rejected_connections_total", "Connections that were refused.", clients.rejected());
        gauge("redis_pubsub_channels", "Channels with subscribers.", clients.channels());
        gauge("redis_pubsub_patterns", "Patterns with subscribers.", clients.patterns());
    }

    private void memory() {
        Metrics.Memory memory = metrics.memory();
        gauge("redis_memory_used_bytes", "What keys, values and tables occupy.", memory.used());
        gauge("redis_memory_used_peak_bytes", "The most that this has been.", memory.peak());
        gauge("redis_memory_used_startup_bytes", "What of it there is without any key.", memory.startup());
        gauge("redis_memory_used_overhead_bytes", "What of it is neither key nor value.", memory.overhead());
        gauge("redis_memory_used_dataset_bytes", "What of it is keys and values.", memory.used() - memory.overhead());
        memory.resident()
                .ifPresent(resident -> gauge(
                        "redis_memory_used_rss_bytes", "What the process has of the machine's memory.", resident));
        gauge("redis_memory_max_bytes", "What maxmemory says; 0 sets no limit.", memory.max());
        gauge("redis_mem_clients_normal", "What buffers of connections take, in bytes.", memory.buffers());
        gauge("miniredis_heap_data_max_bytes", "What of the heap data may take.", memory.heapDataMax());
    }

    private void counts() {
        Metrics.Counts counts = metrics.counts();
        counter("redis_commands_processed_total", "Commands that ran.", counts.commands());
        counter("redis_keyspace_hits_total", "Keys that were looked for and found.", counts.hits());
        counter("redis_keyspace_misses_total", "Keys that were looked for and not found.", counts.misses());
        counter("redis_expired_keys_total", "Keys that expired.", counts.expired());
        counter("redis_evicted_keys_total", "Keys that were evicted.", counts.evicted());
        counter("redis_net_input_bytes_total", "Bytes from clients.", counts.inputBytes());
        counter("redis_net_output_bytes_total", "Bytes to clients.", counts.outputBytes());
        counter("redis_total_reads_processed", "Reads from sockets.", counts.reads());
        counter("redis_total_writes_processed", "Writes to sockets.", counts.writes());
        counter("redis_total_error_replies", "Errors that were answered.", counts.errors());
        text.counter("redis_errors_total", "Errors that were answered, by their first word.");
        metrics.errors().forEach((code, count) -> text.sample(count, "err", code));
    }

    private void keyspace() {
        databases("redis_db_keys", "Keys in a database.", Metrics.Database::keys);
        databases("redis_db_keys_expiring", "Keys in a database that have an expiry.", Metrics.Database::expiring);
    }

    private void databases(String name, String help, ToLongFunction<Metrics.Database> value) {
        text.gauge(name, help);
        for (Metrics.Database database : metrics.databases()) {
            text.sample(value.applyAsLong(database), "db", "db" + database.number());
        }
    }

    private void commands() {
        perCommand("redis_commands_total", "Calls of a command.", Metrics.Command::calls);
        text.counter("redis_commands_duration_seconds_total", "How long calls of a command took together.");
        metrics.commands().forEach(command -> text.seconds(command.nanos(), "cmd", command.name()));
        perCommand("redis_commands_rejected_calls_total", "Calls that did not run.", Metrics.Command::rejected);
        perCommand("redis_commands_failed_calls_total", "Calls that answered an error.", Metrics.Command::failed);
        text.histogram("miniredis_command_duration_seconds", "How long calls of a command took, each.");
        for (Metrics.Command command : metrics.commands()) {
            if (command.latencies().count() > 0) {
                distribution(command.name(), command.latencies());
            }
        }
    }

    private void perCommand(String name, String help, ToLongFunction<Metrics.Command> value) {
        text.counter(name, help);
        metrics.commands().forEach(command -> text.sample(value.applyAsLong(command), "cmd", command.name()));
    }

    private void distribution(String command, Metrics.Latencies latencies) {
        for (Metrics.Bucket step : latencies.steps()) {
            String bound = PrometheusText.inSeconds(step.nanos());
            text.sample("_bucket", Long.toString(step.count()), "cmd", command, "le", bound);
        }
        String count = Long.toString(latencies.count());
        text.sample("_bucket", count, "cmd", command, "le", "+Inf");
        text.sample("_sum", PrometheusText.inSeconds(latencies.nanos()), "cmd", command);
        text.sample("_count", count, "cmd", command);
    }

    private void slowLog() {
        List<Metrics.SlowCommand> slow = metrics.slowCommands();
        gauge("redis_slowlog_length", "Entries that the slow log has.", slow.size());
        if (!slow.isEmpty()) {
            gauge(
                    "redis_slowlog_last_id",
                    "The number of its newest entry.",
                    slow.get(0).id());
            text.gauge("redis_last_slow_execution_duration_seconds", "How long that took.")
                    .seconds(TimeUnit.MICROSECONDS.toNanos(slow.get(0).micros()));
        }
    }

    private void jvm() {
        Metrics.Jvm jvm = metrics.jvm();
        gauge("miniredis_heap_used_bytes", "What the heap holds, garbage included.", jvm.heapUsed());
        gauge("miniredis_heap_committed_bytes", "What the heap has of the machine's memory.", jvm.heapCommitted());
        if (jvm.heapMax() >= 0) {
            gauge("miniredis_heap_max_bytes", "What the heap may have.", jvm.heapMax());
        }
        gauge("miniredis_nonheap_used_bytes", "What classes, code and the like take.", jvm.nonHeapUsed());
        gauge("miniredis_nonheap_committed_bytes", "What is set aside for them.", jvm.nonHeapCommitted());
        gauge("miniredis_direct_buffers", "Direct buffers.", jvm.directBuffers());
        gauge("miniredis_direct_buffer_bytes", "What direct buffers take.", jvm.directBytes());
        gauge("miniredis_threads", "Threads that run.", jvm.threads());
        gauge("miniredis_threads_peak", "The most threads that ran.", jvm.peakThreads());
        gauge("miniredis_classes", "Classes that are loaded.", jvm.classes());
        text.counter("miniredis_gc_collections_total", "How often a garbage collector ran.");
        jvm.collectors().forEach(gc -> text.sample(gc.collections(), "gc", gc.name()));
        text.counter("miniredis_gc_seconds_total", "How long that took.");
        jvm.collectors().forEach(gc -> text.seconds(TimeUnit.MILLISECONDS.toNanos(gc.millis()), "gc", gc.name()));
    }

    private void plugins() {
        List<Metrics.Plugin> plugins = metrics.plugins();
        text.counter("miniredis_plugin_calls_total", "Calls of a plugin's commands.");
        plugins.forEach(plugin -> text.sample(plugin.calls(), "plugin", plugin.name()));
        text.counter("miniredis_plugin_errors_total", "Calls of them that answered an error.");
        plugins.forEach(plugin -> text.sample(plugin.errors(), "plugin", plugin.name()));
        text.counter("miniredis_plugin_seconds_total", "How long the calls took together.");
        plugins.forEach(plugin -> text.seconds(plugin.nanos(), "plugin", plugin.name()));
        text.gauge("miniredis_plugin_bytes", "What a plugin's values occupy, with their keys.");
        plugins.forEach(plugin -> text.sample(plugin.bytes(), "plugin", plugin.name()));
    }
}
