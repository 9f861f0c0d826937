package io.miniredis.engine;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** The text of INFO, section by section, in Redis's form. Every number in it was counted or measured. */
final class InfoText {
    /** What a plain INFO shows. */
    private static final List<String> DEFAULT = List.of(
            "server",
            "clients",
            "memory",
            "persistence",
            "stats",
            "replication",
            "cpu",
            "modules",
            "errorstats",
            "cluster",
            "keyspace",
            "jvm");

    private static final String EVERYTHING = "everything";
    private static final List<String> ALL = List.of(
            "server",
            "clients",
            "memory",
            "persistence",
            "stats",
            "replication",
            "cpu",
            "modules",
            "commandstats",
            "errorstats",
            "latencystats",
            "cluster",
            "keyspace",
            "jvm");

    private final Worker worker;
    private final Engine engine;
    private final StringBuilder text = new StringBuilder(4096);
    private final PluginInfo plugins;

    InfoText(Worker worker) {
        this.worker = worker;
        engine = worker.engine;
        plugins = new PluginInfo(worker, text);
    }

    /** The named sections, in the order of a full INFO; unknown names are left out. */
    String of(Collection<String> names) {
        Set<String> wanted = new LinkedHashSet<>(names);
        if (wanted.isEmpty() || wanted.contains("default")) {
            wanted.addAll(DEFAULT);
        }
        if (names.contains("all") || names.contains(EVERYTHING)) {
            wanted.addAll(ALL);
        }
        for (String section : ALL) {
            if (wanted.contains(section)) {
                append(section);
            }
        }
        boolean allOfPlugins = names.contains(EVERYTHING) || names.contains("modules");
        plugins.sections(allOfPlugins, wanted);
        return text.toString();
    }

    private void append(String section) {
        if (text.length() > 0) {
            text.append("\r\n");
        }
        switch (section) {
            case "server" -> server();
            case "clients" -> clients();
            case "memory" -> memory();
            case "persistence" -> persistence();
            case "stats" -> stats();
            case "replication" -> replication();
            case "cpu" -> cpu();
            case "modules" -> modules();
            case "commandstats" -> commandStats();
            case "errorstats" -> errorStats();
            case "latencystats" -> latencyStats();
            case "jvm" -> jvm();
            case "cluster" -> cluster();
            default -> keyspace();
        }
    }

    private void title(String name) {
        text.append("# ").append(name).append("\r\n");
    }

    private void field(String name, Object value) {
        text.append(name).append(':').append(value).append("\r\n");
    }

    private void server() {
        title("Server");
        long uptimeSeconds = TimeUnit.NANOSECONDS.toSeconds(engine.uptimeNanos());
        field("redis_version", Engine.REDIS_VERSION);
        field("miniredis_version", engine.facts().version);
        field("redis_git_sha1", "00000000");
        field("redis_git_dirty", 0);
        field("redis_mode", "standalone");
        field(
                "os",
                System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
                        + System.getProperty("os.arch"));
        field("arch_bits", 64);
        field("monotonic_clock", "System.nanoTime");
        field("multiplexing_api", "java.nio.channels");
        field("java_version", System.getProperty("java.version"));
        field("java_vm", System.getProperty("java.vm.name"));
        field("process_id", ProcessHandle.current().pid());
        field("process_supervised", "no");
        field("run_id", engine.facts().runId);
        field("tcp_port", engine.host().port());
        field("server_time_usec", engine.ticker().micros());
        field("uptime_in_seconds", uptimeSeconds);
        field("uptime_in_days", uptimeSeconds / 86_400);
        field("hz", Engine.CYCLES_PER_SECOND);
        field("configured_hz", Engine.CYCLES_PER_SECOND);
        field("lru_clock", worker.accessTime());
        field("executable", ProcessHandle.current().info().command().orElse(""));
        field("config_file", engine.host().configFile());
        field("io_threads_active", engine.settings().number("io-threads") > 1 ? 1 : 0);
    }

    private void clients() {
        title("Clients");
        long largestInput = 0;
        long largestOutput = 0;
        for (ClientSession client : engine.clients()) {
            largestInput = Math.max(largestInput, client.inputBufferBytes());
            largestOutput = Math.max(largestOutput, client.outputBytes());
        }
        field("connected_clients", engine.clients().size());
        field("cluster_connections", 0);
        field("maxclients", engine.settings().maxClients());
        field("client_recent_max_input_buffer", largestInput);
        field("client_recent_max_output_buffer", largestOutput);
        field("blocked_clients", engine.waiters().count());
        field("tracking_clients", engine.tracking().clients());
        field("clients_in_timeout_table", engine.waiters().countWithDeadline());
    }

    private void memory() {
        title("Memory");
        MemoryFigures memory = MemoryFigures.of(worker);
        bytes("used_memory", memory.used());
        memory.resident().ifPresent(resident -> bytes("used_memory_rss", resident));
        bytes("used_memory_peak", memory.peak());
        field("used_memory_peak_perc", percent(memory.peakPercent()));
        field("used_memory_overhead", memory.overhead());
        field("used_memory_startup", memory.startup());
        field("used_memory_dataset", memory.dataset());
        field("used_memory_dataset_perc", percent(memory.datasetPercent()));
        field("allocator_allocated", memory.heapUsed());
        field("allocator_active", memory.heapCommitted());
        ProcessFacts.machineBytes().ifPresent(machine -> bytes("total_system_memory", machine));
        zeros("used_memory_scripts_eval", "number_of_cached_scripts", "number_of_functions", "number_of_libraries");
        bytes("maxmemory", engine.settings().maxMemoryBytes());
        field("maxmemory_policy", engine.settings().get("maxmemory-policy"));
        field("allocator_frag_ratio", decimal(memory.heapFragmentation()));
        field("allocator_frag_bytes", memory.heapCommitted() - memory.heapUsed());
        if (memory.resident().isPresent()) {
            field("mem_fragmentation_ratio", decimal(memory.fragmentation()));
            field("mem_fragmentation_bytes", memory.fragmentationBytes());
        }
        zeros(
                "mem_not_counted_for_evict",
                "mem_replication_backlog",
                "mem_total_replication_buffers",
                "mem_clients_slaves");
        field("mem_clients_normal", memory.clients());
        zeros("mem_cluster_links", "mem_aof_buffer");
        field("mem_allocator", "jvm-" + System.getProperty("java.version"));
        zeros("active_defrag_running", "lazyfree_pending_objects", "lazyfreed_objects");
        field("jvm_heap_data_max", engine.evictions().heap().dataBytes());
        field("jvm_heap_data_slack", engine.databases().slackBytes());
    }

    /** A field in bytes, and one for people. */
    private void bytes(String name, long value) {
        field(name, value);
        field(name + "_human", MemorySize.human(value));
    }

    private static String decimal(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }

    private static String percent(double value) {
        return decimal(value) + "%";
    }

    /** Fields of what there is none of here. */
    private void zeros(String... names) {
        for (String name : names) {
            field(name, 0);
        }
    }

    private void persistence() {
        title("Persistence");
        zeros("loading", "async_loading", "current_cow_peak", "current_cow_size", "current_cow_size_age");
        field("current_fork_perc", "0.00");
        zeros("current_save_keys_processed", "current_save_keys_total");
        field("rdb_changes_since_last_save", engine.counters().changes);
        zeros("rdb_bgsave_in_progress");
        field("rdb_last_save_time", TimeUnit.MILLISECONDS.toSeconds(engine.facts().startMillis));
        field("rdb_last_bgsave_status", "ok");
        field("rdb_last_bgsave_time_sec", -1);
        field("rdb_current_bgsave_time_sec", -1);
        zeros("rdb_saves", "rdb_last_cow_size", "rdb_last_load_keys_expired", "rdb_last_load_keys_loaded");
        zeros("aof_enabled", "aof_rewrite_in_progress", "aof_rewrite_scheduled");
        field("aof_last_rewrite_time_sec", -1);
        field("aof_current_rewrite_time_sec", -1);
        field("aof_last_bgrewrite_status", "ok");
        zeros("aof_rewrites", "aof_rewrites_consecutive_failures");
        field("aof_last_write_status", "ok");
        zeros("aof_last_cow_size", "module_fork_in_progress", "module_fork_last_cow_size");
    }

    private void stats() {
        title("Stats");
        Counters counted = engine.countedSinceReset();
        field("total_connections_received", engine.connectionsReceived());
        field("total_commands_processed", counted.commands);
        field("instantaneous_ops_per_sec", engine.commandsPerSecond());
        field("total_net_input_bytes", counted.inputBytes);
        field("total_net_output_bytes", counted.outputBytes);
        zeros("total_net_repl_input_bytes", "total_net_repl_output_bytes");
        field("instantaneous_input_kbps", decimal(engine.inputBytesPerSecond() / 1024.0));
        field("instantaneous_output_kbps", decimal(engine.outputBytesPerSecond() / 1024.0));
        field("instantaneous_input_repl_kbps", "0.00");
        field("instantaneous_output_repl_kbps", "0.00");
        field("rejected_connections", engine.connectionsRejected());
        zeros("sync_full", "sync_partial_ok", "sync_partial_err");
        field("expired_keys", counted.expired);
        field("expire_cycle_cpu_milliseconds", TimeUnit.NANOSECONDS.toMillis(engine.expireNanos()));
        field("evicted_keys", counted.evicted);
        zeros("evicted_clients");
        field("keyspace_hits", counted.hits);
        field("keyspace_misses", counted.misses);
        field("pubsub_channels", engine.pubSub().topics(PubSub.Kind.CHANNEL).size());
        field("pubsub_patterns", engine.pubSub().topics(PubSub.Kind.PATTERN).size());
        field("pubsubshard_channels", engine.pubSub().topics(PubSub.Kind.SHARD).size());
        field("client_output_buffer_limit_disconnections", engine.outboxes().disconnections());
        zeros("latest_fork_usec", "total_forks", "migrate_cached_sockets", "slave_expires_tracked_keys");
        zeros("active_defrag_hits", "active_defrag_misses", "active_defrag_key_hits", "active_defrag_key_misses");
        zeros("total_active_defrag_time", "current_active_defrag_time");
        field("tracking_total_keys", engine.tracking().keys());
        field("tracking_total_items", engine.tracking().items());
        field("tracking_total_prefixes", engine.tracking().prefixes());
        zeros("unexpected_error_replies");
        field("total_error_replies", counted.errors);
        field("total_reads_processed", counted.reads);
        field("total_writes_processed", counted.writes);
    }

    private void replication() {
        title("Replication");
        field("role", "master");
        field("connected_slaves", 0);
        field("master_failover_state", "no-failover");
        field("master_replid", engine.facts().replicationId);
        field("master_replid2", "0".repeat(40));
        field("master_repl_offset", 0);
        field("second_repl_offset", -1);
        zeros("repl_backlog_active", "repl_backlog_first_byte_offset", "repl_backlog_histlen");
    }

    private void cpu() {
        title("CPU");
        ProcessFacts.Cpu[] cpu = ProcessFacts.cpu();
        if (cpu != null) {
            field("used_cpu_sys", seconds(cpu[0].system()));
            field("used_cpu_user", seconds(cpu[0].user()));
            field("used_cpu_sys_children", seconds(cpu[1].system()));
            field("used_cpu_user_children", seconds(cpu[1].user()));
        }
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long nanos = 0;
        long userNanos = 0;
        for (Thread thread : engine.threads()) {
            nanos += Math.max(0, threads.getThreadCpuTime(thread.getId()));
            userNanos += Math.max(0, threads.getThreadUserTime(thread.getId()));
        }
        field("used_cpu_sys_main_thread", seconds(Math.max(0, nanos - userNanos) / 1e9));
        field("used_cpu_user_main_thread", seconds(userNanos / 1e9));
    }

    private static String seconds(double seconds) {
        return String.format(Locale.ROOT, "%.6f", seconds);
    }

    private void modules() {
        title("Modules");
        for (Engine.Provider provider : engine.providers()) {
            text.append("module:name=").append(provider.name());
            text.append(",ver=").append(provider.version());
            text.append(",commands=").append(provider.commands()).append("\r\n");
        }
        plugins.modules();
    }

    private void commandStats() {
        title("Commandstats");
        engine.commands().all().forEach(this::commandStats);
    }

    private void commandStats(Command command) {
        CommandStats stats = engine.statsSinceReset(command);
        if (stats.calls == 0 && stats.rejected == 0) {
            return;
        }
        long micros = TimeUnit.NANOSECONDS.toMicros(stats.nanos);
        double each = stats.calls == 0 ? 0 : stats.nanos / 1000.0 / stats.calls;
        text.append("cmdstat_").append(command.spec.name());
        text.append(":calls=").append(stats.calls);
        text.append(",usec=").append(micros);
        text.append(",usec_per_call=").append(String.format(Locale.ROOT, "%.2f", each));
        text.append(",rejected_calls=").append(stats.rejected);
        text.append(",failed_calls=").append(stats.failed).append("\r\n");
    }

    private void errorStats() {
        title("Errorstats");
        Map<String, Long> counts = new TreeMap<>();
        engine.errorsByCode().forEach((code, count) -> counts.put(code, count.sum()));
        counts.forEach((code, count) -> field("errorstat_" + code, "count=" + count));
    }

    private void latencyStats() {
        title("Latencystats");
        List<Double> percentiles = Percentiles.of(engine.settings().get("latency-tracking-info-percentiles"));
        engine.commands().all().forEach(command -> latencyStats(command, percentiles));
    }

    private void latencyStats(Command command, List<Double> percentiles) {
        LatencyHistogram histogram = engine.statsSinceReset(command).latencies();
        if (histogram.total() == 0) {
            return;
        }
        List<String> shown = new ArrayList<>();
        for (double percentile : percentiles) {
            double micros = histogram.percentile(percentile) / 1000.0;
            shown.add("p" + Percentiles.shortest(percentile) + "=" + String.format(Locale.ROOT, "%.3f", micros));
        }
        field("latency_percentiles_usec_" + command.spec.name(), String.join(",", shown));
    }

    private void jvm() {
        title("Jvm");
        JvmInfo.fields().forEach(this::field);
    }

    private void cluster() {
        title("Cluster");
        field("cluster_enabled", 0);
    }

    private void keyspace() {
        title("Keyspace");
        for (Metrics.Database database : Metrics.Database.all(engine.databases())) {
            int number = database.number();
            long averageMillis = engine.databases().averageTtlMillis(number, worker.locks, worker.nowMillis());
            field(
                    "db" + number,
                    "keys=" + database.keys() + ",expires=" + database.expiring() + ",avg_ttl=" + averageMillis);
        }
    }
}
