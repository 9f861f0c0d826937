package io.miniredis.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** INFO of the image as programs read it that watch servers, beside that of a real Redis. */
final class InfoIT {
    /** Fields of Redis for which there is no true number here. */
    private static final Set<String> LEFT_OUT = Set.of(
            "redis_build_id",
            "atomicvar_api",
            "gcc_version",
            "allocator_resident",
            "allocator_rss_ratio",
            "allocator_rss_bytes",
            "rss_overhead_ratio",
            "rss_overhead_bytes",
            "used_memory_lua",
            "used_memory_lua_human",
            "used_memory_vm_eval",
            "used_memory_vm_functions",
            "used_memory_vm_total",
            "used_memory_vm_total_human",
            "used_memory_functions",
            "used_memory_scripts",
            "used_memory_scripts_human",
            "expired_stale_perc",
            "expired_time_cap_reached_count",
            "total_eviction_exceeded_time",
            "current_eviction_exceeded_time",
            "dump_payload_sanitizations",
            "io_threaded_reads_processed",
            "io_threaded_writes_processed",
            "reply_buffer_shrinks",
            "reply_buffer_expands",
            "repl_backlog_size");

    @AutoClose
    private static ServerProcess redis;

    @AutoClose
    private static ServerProcess image;

    @BeforeAll
    static void startServers() throws Exception {
        RedisTools.require("redis-server");
        redis = ServerProcess.startRedis();
        try (RawClient client = new RawClient(redis.port())) {
            RedisTools.requireVersion(client.call("INFO", "server").raw());
        }
        image = ServerProcess.start();
    }

    private static String info(ServerProcess server, String section) throws Exception {
        try (RawClient client = new RawClient(server.port())) {
            client.call("SET", "k", "v", "EX", "100");
            client.call("GET", "k");
            client.call("NOSUCH");
            String raw = client.call("INFO", section).raw();
            return raw.substring(raw.indexOf("\r\n") + 2);
        }
    }

    /** Lines of a name, a colon and a value, under titles; the names with their section in front, in their order. */
    private static Map<String, String> fields(String info) {
        Map<String, String> fields = new LinkedHashMap<>();
        String section = "";
        for (String line : info.strip().split("\r\n", -1)) {
            if (line.startsWith("# ")) {
                section = line.substring(2);
            } else if (!line.isEmpty()) {
                int colon = line.indexOf(':');
                assertTrue(colon > 0, line);
                fields.put(section + " " + line.substring(0, colon), line.substring(colon + 1));
            }
        }
        return fields;
    }

    private static List<String> names(Map<String, String> fields) {
        return fields.keySet().stream()
                .filter(name -> !name.matches("(Commandstats|Latencystats|Errorstats|Modules) .*"))
                .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"everything", "all", "default", "server", "memory", "stats"})
    void theFieldsOfRedisComeInItsOrder(String section) throws Exception {
        List<String> theirs = names(fields(info(redis, section)));
        List<String> ours = new ArrayList<>(names(fields(info(image, section))));
        ours.retainAll(theirs);
        List<String> expected = new ArrayList<>(theirs);
        expected.removeIf(name -> LEFT_OUT.contains(name.substring(name.indexOf(' ') + 1)));
        assertEquals(expected, ours);
    }

    /** What is 0 or a word in a Redis that was just started has the same form here. */
    @Test
    void valuesHaveTheFormOfRedis() throws Exception {
        Map<String, String> theirs = fields(info(redis, "everything"));
        Map<String, String> ours = fields(info(image, "everything"));
        Set<String> different = new TreeSet<>();
        theirs.forEach((name, value) -> {
            String own = ours.get(name);
            if (own != null && !form(own).equals(form(value))) {
                different.add(name + " " + own + " instead of " + value);
            }
        });
        // Words of their own: what the clock, the sockets, the allocator and the files are.
        different.removeIf(each -> each.matches(
                "(Server (os|monotonic_clock|multiplexing_api|executable|io_threads_active)|Memory mem_allocator) .*"));
        assertEquals(Set.of(), different);
    }

    /** Digits are all alike, and a sign does not matter. A size has decimals from a kilobyte on. */
    private static String form(String value) {
        return value.matches("[0-9a-f]{40}")
                ? "id"
                : value.replaceAll("-?\\d+", "N").replaceAll("(N|N\\.N)[BKMGTP]$", "SIZE");
    }

    /** As a scraper of metrics reads them: every value that looks like a number is one, and these are there. */
    @Test
    void scrapersFindWhatTheyLookFor() throws Exception {
        Map<String, String> all = new LinkedHashMap<>();
        fields(info(image, "ALL")).forEach((name, value) -> all.put(name.substring(name.indexOf(' ') + 1), value));
        for (String name : List.of(
                "uptime_in_seconds",
                "process_id",
                "connected_clients",
                "blocked_clients",
                "tracking_clients",
                "clients_in_timeout_table",
                "maxclients",
                "cluster_connections",
                "used_memory",
                "used_memory_rss",
                "used_memory_peak",
                "used_memory_overhead",
                "used_memory_startup",
                "used_memory_dataset",
                "allocator_allocated",
                "allocator_active",
                "total_system_memory",
                "maxmemory",
                "mem_fragmentation_ratio",
                "mem_fragmentation_bytes",
                "mem_clients_normal",
                "active_defrag_running",
                "lazyfree_pending_objects",
                "loading",
                "rdb_changes_since_last_save",
                "rdb_bgsave_in_progress",
                "rdb_last_save_time",
                "rdb_last_bgsave_time_sec",
                "aof_enabled",
                "total_connections_received",
                "total_commands_processed",
                "instantaneous_ops_per_sec",
                "total_net_input_bytes",
                "total_net_output_bytes",
                "instantaneous_input_kbps",
                "instantaneous_output_kbps",
                "rejected_connections",
                "expired_keys",
                "evicted_keys",
                "keyspace_hits",
                "keyspace_misses",
                "pubsub_channels",
                "pubsub_patterns",
                "latest_fork_usec",
                "total_error_replies",
                "unexpected_error_replies",
                "total_reads_processed",
                "total_writes_processed",
                "connected_slaves",
                "master_repl_offset",
                "second_repl_offset",
                "repl_backlog_active",
                "used_cpu_sys",
                "used_cpu_user",
                "used_cpu_sys_children",
                "used_cpu_user_children",
                "used_cpu_sys_main_thread",
                "used_cpu_user_main_thread",
                "cluster_enabled")) {
            assertTrue(all.containsKey(name), name + " is missing");
            assertTrue(Double.parseDouble(all.get(name)) >= -1, name);
        }
        assertEquals("master", all.get("role"));
        assertEquals("ok", all.get("rdb_last_bgsave_status"));
        assertTrue(all.get("db0").matches("keys=1,expires=1,avg_ttl=\\d+"), all.get("db0"));
        assertTrue(all.get("errorstat_ERR").matches("count=\\d+"), all.get("errorstat_ERR"));
        assertTrue(
                all.get("cmdstat_get")
                        .matches("calls=\\d+,usec=\\d+,usec_per_call=\\d+\\.\\d+,rejected_calls=0,failed_calls=0"),
                all.get("cmdstat_get"));
        assertTrue(
                all.get("latency_percentiles_usec_get")
                        .matches("p50=\\d+\\.\\d{3},p99=\\d+\\.\\d{3},p99\\.9=\\d+\\.\\d{3}"),
                all.get("latency_percentiles_usec_get"));
        assertTrue(
                all.keySet().stream().anyMatch(name -> name.startsWith("jvm_gc_")),
                all.keySet().toString());
    }

    @Test
    void numbersAreTrue() throws Exception {
        Map<String, String> all = fields(info(image, "everything"));
        long used = Long.parseLong(all.get("Memory used_memory"));
        long peak = Long.parseLong(all.get("Memory used_memory_peak"));
        long resident = Long.parseLong(all.get("Memory used_memory_rss"));
        long heap = Long.parseLong(all.get("Jvm jvm_heap_used"));
        assertTrue(used <= peak && used < heap && heap / 2 < resident, used + " " + peak + " " + heap + " " + resident);
        assertTrue(Double.parseDouble(all.get("CPU used_cpu_user")) > 0);
        assertTrue(Long.parseLong(all.get("Stats total_reads_processed")) >= 3);
        assertTrue(Long.parseLong(all.get("Stats total_writes_processed")) >= 3);
        assertEquals(
                ProcessHandle.of(Long.parseLong(all.get("Server process_id")))
                        .orElseThrow()
                        .info()
                        .command()
                        .orElseThrow(),
                all.get("Server executable"));
    }
}
