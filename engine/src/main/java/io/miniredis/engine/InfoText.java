package io.miniredis.engine;

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
            "keyspace");

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
            "cluster",
            "keyspace");

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
        long uptimeSeconds = (engine.ticker().millis() - engine.facts().startMillis) / 1000;
        field("redis_version", Engine.REDIS_VERSION);
        field("miniredis_version", engine.facts().version);
        field("redis_mode", "standalone");
        field(
                "os",
                System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
                        + System.getProperty("os.arch"));
        field("arch_bits", 64);
        field("java_version", System.getProperty("java.version"));
        field("java_vm", System.getProperty("java.vm.name"));
        field("process_id", ProcessHandle.current().pid());
        field("run_id", engine.facts().runId);
        field("tcp_port", engine.host().port());
        field("server_time_usec", TimeUnit.MILLISECONDS.toMicros(engine.ticker().millis()));
        field("uptime_in_seconds", uptimeSeconds);
        field("uptime_in_days", uptimeSeconds / 86_400);
        field("io_threads_active", engine.settings().get("io-threads"));
        field("config_file", engine.host().configFile());
    }

    private void clients() {
        title("Clients");
        field("connected_clients", engine.clients().size());
        field("maxclients", engine.settings().maxClients());
        field("blocked_clients", engine.waiters().count());
    }

    private void memory() {
        title("Memory");
        Runtime runtime = Runtime.getRuntime();
        worker.locks.releaseAll();
        long used = engine.databases().memoryBytes();
        long limit = engine.settings().maxMemoryBytes();
        long heapUsed = runtime.totalMemory() - runtime.freeMemory();
        field("used_memory", used);
        field("used_memory_human", MemorySize.human(used));
        field("used_memory_dataset", used);
        field("maxmemory", limit);
        field("maxmemory_human", MemorySize.human(limit));
        field("maxmemory_policy", engine.settings().get("maxmemory-policy"));
        field("jvm_heap_used", heapUsed);
        field("jvm_heap_committed", runtime.totalMemory());
        field("jvm_heap_max", runtime.maxMemory());
        field("jvm_heap_data_max", engine.evictions().heap().dataBytes());
    }

    private void persistence() {
        title("Persistence");
        field("loading", 0);
        field("rdb_changes_since_last_save", engine.counters().changes);
        field("aof_enabled", 0);
    }

    private void stats() {
        title("Stats");
        Counters counted = engine.countedSinceReset();
        field("total_connections_received", engine.connectionsReceived());
        field("total_commands_processed", counted.commands);
        field("instantaneous_ops_per_sec", engine.commandsPerSecond());
        field("total_net_input_bytes", counted.inputBytes);
        field("total_net_output_bytes", counted.outputBytes);
        field("rejected_connections", engine.connectionsRejected());
        field("expired_keys", counted.expired);
        field("evicted_keys", counted.evicted);
        field("keyspace_hits", counted.hits);
        field("keyspace_misses", counted.misses);
        field("total_error_replies", counted.errors);
    }

    private void replication() {
        title("Replication");
        field("role", "master");
        field("connected_slaves", 0);
    }

    private void cpu() {
        title("CPU");
        long nanos = ProcessHandle.current()
                .info()
                .totalCpuDuration()
                .map(java.time.Duration::toNanos)
                .orElse(0L);
        field("used_cpu_total", String.format(Locale.ROOT, "%.6f", nanos / 1e9));
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
        for (Command command : engine.commands().commands()) {
            commandStats(command);
            command.subcommands().forEach(this::commandStats);
        }
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

    private void cluster() {
        title("Cluster");
        field("cluster_enabled", 0);
    }

    private void keyspace() {
        title("Keyspace");
        for (int database = 0; database < engine.databases().count(); database++) {
            long keys = engine.databases().size(database, worker.locks);
            if (keys > 0) {
                long expires = engine.databases().volatiles(database, worker.locks);
                long averageMillis = engine.databases().averageTtlMillis(database, worker.locks, worker.nowMillis());
                field("db" + database, "keys=" + keys + ",expires=" + expires + ",avg_ttl=" + averageMillis);
            }
        }
    }
}
