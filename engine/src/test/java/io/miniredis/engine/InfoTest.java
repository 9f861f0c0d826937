package io.miniredis.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code INFO}: which sections, and that what they say is true. */
final class InfoTest extends CommandTestCase {

    private String text(String words) {
        String reply = run(words);
        assertTrue(reply.startsWith("txt:"), reply);
        return reply.substring(4);
    }

    private List<String> sections(String words) {
        List<String> sections = new ArrayList<>();
        text(words).lines().filter(line -> line.startsWith("# ")).forEach(line -> sections.add(line.substring(2)));
        return sections;
    }

    /** The fields of the named sections, whose lines must all have Redis's form. */
    private Map<String, String> fields(String words) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (String line : text(words).split("\r\n", -1)) {
            if (!line.isEmpty() && !line.startsWith("# ")) {
                int colon = line.indexOf(':');
                assertTrue(colon > 0, line);
                fields.put(line.substring(0, colon), line.substring(colon + 1));
            }
        }
        return fields;
    }

    private String field(String name) {
        String value = fields("INFO everything").get(name);
        assertTrue(value != null, name + " is missing");
        return value;
    }

    private static final List<String> DEFAULT = List.of(
            "Server",
            "Clients",
            "Memory",
            "Persistence",
            "Stats",
            "Replication",
            "CPU",
            "Modules",
            "Errorstats",
            "Cluster",
            "Keyspace",
            "Jvm");

    @Test
    void withoutArgumentsTheDefaultSectionsAreShown() {
        assertEquals(DEFAULT, sections("INFO"));
        assertEquals(DEFAULT, sections("INFO default"));
    }

    @ParameterizedTest
    @CsvSource({"INFO all", "INFO EVERYTHING", "INFO everything server"})
    void allSectionsCanBeHad(String words) {
        List<String> all = new ArrayList<>(DEFAULT);
        all.add(8, "Commandstats");
        all.add(10, "Latencystats");
        assertEquals(all, sections(words));
    }

    @Test
    void sectionsAreNamedInAnyCaseAndShownInTheirOrder() {
        assertEquals(List.of("Server"), sections("INFO SERVER"));
        assertEquals(List.of("Clients", "Keyspace"), sections("INFO keyspace Clients keyspace"));
        List<String> more = new ArrayList<>(DEFAULT);
        more.add(8, "Commandstats");
        assertEquals(more, sections("INFO commandstats default"));
    }

    @Test
    void unknownSectionsAreLeftOut() {
        assertEquals("", text("INFO nope"));
        assertEquals(List.of("CPU"), sections("INFO nope cpu"));
    }

    @Test
    void theFormIsThatOfRedis() {
        assertEquals("# Cluster\r\ncluster_enabled:0\r\n", text("INFO cluster"));
        assertEquals("# Cluster\r\ncluster_enabled:0\r\n\r\n# Keyspace\r\n", text("INFO cluster keyspace"));
    }

    /** What clients and tools look for before they talk to a server. */
    @ParameterizedTest
    @CsvSource({
        "redis_version, 7.0.15",
        "redis_mode, standalone",
        "role, master",
        "loading, 0",
        "tcp_port, 7777",
        "config_file, /etc/miniredis.conf",
        "connected_clients, 1",
        "maxclients, 10000",
        "blocked_clients, 0",
        "maxmemory, 0",
        "maxmemory_human, 0B",
        "maxmemory_policy, noeviction",
        "connected_slaves, 0",
        "cluster_enabled, 0",
        "aof_enabled, 0"
    })
    void fieldsThatClientsReadAreThere(String name, String value) {
        assertEquals(value, field(name));
    }

    @Test
    void theRunIdIsFortyDigitsAndNewAtEachStart() {
        String id = field("run_id");
        assertTrue(id.matches("[0-9a-f]{40}"), id);
        assertEquals(id, field("run_id"));
        try (TestEngine another = TestEngine.started()) {
            assertNotEquals(id, another.engine().facts().runId);
        }
    }

    @Test
    void timeIsThatOfTheClock() {
        assertEquals("0", field("uptime_in_seconds"));
        pass(86_400_000L * 3 + 5_999);
        assertEquals("259205", field("uptime_in_seconds"));
        assertEquals("3", field("uptime_in_days"));
        assertEquals(Long.toString(engine.ticker.millis() * 1000), field("server_time_usec"));
    }

    @Test
    void memoryIsWhatTheDataOccupies() {
        assertEquals(Long.toString(engine.memoryBytes()), field("used_memory"));
        String before = field("used_memory");
        client.send("SET", "k", "v".repeat(100_000));
        long used = Long.parseLong(field("used_memory"));
        assertEquals(engine.measuredBytes(), used);
        assertTrue(used > Long.parseLong(before) + 100_000);
        assertTrue(field("used_memory_human").endsWith("K"));
        run("CONFIG SET maxmemory 3mb maxmemory-policy volatile-ttl");
        assertEquals("3145728", field("maxmemory"));
        assertEquals("3.00M", field("maxmemory_human"));
        assertEquals("volatile-ttl", field("maxmemory_policy"));
    }

    @Test
    void memoryIsExactWithinAPipeline() {
        List<String> replies = client.pipeline("SET k v", "INFO memory", "SET l v", "INFO memory");
        assertTrue(replies.get(3).contains("\r\nused_memory:" + engine.memoryBytes() + "\r\n"), replies.get(3));
        assertNotEquals(
                replies.get(1).lines().toList().get(1),
                replies.get(3).lines().toList().get(1));
    }

    @Test
    void statsCountWhatHappened() {
        client.pipeline("SET a v", "SET b v PX 10", "GET a", "GET a", "GET absent", "nonsense", "GET");
        pass(11);
        run("GET b");
        Map<String, String> stats = fields("INFO stats");
        assertEquals("1", stats.get("total_connections_received"));
        assertEquals("7", stats.get("total_commands_processed"));
        assertEquals("2", stats.get("keyspace_hits"));
        assertEquals("2", stats.get("keyspace_misses"));
        assertEquals("1", stats.get("expired_keys"));
        assertEquals("0", stats.get("evicted_keys"));
        assertEquals("2", stats.get("total_error_replies"));
        assertEquals("0", stats.get("rejected_connections"));
        assertEquals("2", field("rdb_changes_since_last_save"));
    }

    @Test
    void commandstatsCountEachCommand() {
        client.pipeline("SET a v", "GET a", "GET a", "GET", "POP a", "CLIENT ID", "CLIENT");
        Map<String, String> stats = fields("INFO commandstats");
        assertEquals("calls=2,usec=0,usec_per_call=0.00,rejected_calls=1,failed_calls=0", stats.get("cmdstat_get"));
        assertEquals("calls=1,usec=0,usec_per_call=0.00,rejected_calls=0,failed_calls=1", stats.get("cmdstat_pop"));
        assertEquals(
                "calls=1,usec=0,usec_per_call=0.00,rejected_calls=0,failed_calls=0", stats.get("cmdstat_client|id"));
        assertEquals("calls=0,usec=0,usec_per_call=0.00,rejected_calls=1,failed_calls=0", stats.get("cmdstat_client"));
        assertFalse(stats.containsKey("cmdstat_del"));
    }

    @Test
    void keyspaceCountsKeysAndExpiries() {
        assertEquals("# Keyspace\r\n", text("INFO keyspace"));
        client.pipeline("SET a v", "SET b v PX 5000", "SELECT 9", "SET c v PX 1000", "SET d v PX 3000", "SET e v");
        assertEquals(
                "# Keyspace\r\ndb0:keys=2,expires=1,avg_ttl=5000\r\ndb9:keys=3,expires=2,avg_ttl=2000\r\n",
                text("INFO keyspace"));
        pass(1000);
        assertEquals("keys=2,expires=1,avg_ttl=4000", field("db0"));
        client.pipeline("PERSIST d", "DEL c");
        assertEquals("keys=2,expires=0,avg_ttl=0", field("db9"));
    }

    @Test
    void modulesAreThoseThatProvideCommands() {
        String modules = text("INFO modules");
        assertTrue(modules.contains("module:name=io.miniredis.engine,ver="), modules);
        assertTrue(modules.contains("module:name=test,ver=1.0,commands=7\r\n"), modules);
    }

    @Test
    void theProcessIsThisOne() {
        assertEquals(Long.toString(ProcessHandle.current().pid()), field("process_id"));
        assertEquals("64", field("arch_bits"));
        assertTrue(Double.parseDouble(field("used_cpu_user_main_thread")) > 0);
    }
}
