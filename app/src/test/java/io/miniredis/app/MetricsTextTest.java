package io.miniredis.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.miniredis.engine.Metrics;
import io.miniredis.engine.Metrics.Bucket;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The numbers as Prometheus and the page read them. */
final class MetricsTextTest {
    private static final String ODD = "a\"b\\c\nd";

    static Metrics metrics() {
        Metrics.Latencies latencies = new Metrics.Latencies(
                3,
                2_000_001_500L,
                List.of(new Bucket(1031, 1), new Bucket(2063, 2)),
                List.of(new Bucket(500, 1), new Bucket(1111, 1), new Bucket(1_002_438_655, 1)));
        Metrics.Latencies none = new Metrics.Latencies(0, 0, List.of(), List.of());
        return new Metrics(
                new Metrics.Server(
                        "0.1.0",
                        "7.0.15",
                        6379,
                        1_700_000_000_123L,
                        2_500_000_000L,
                        OptionalDouble.of(1.25),
                        OptionalDouble.empty()),
                new Metrics.Clients(2, 1, 0, 10_000, 3, 0, 0, 0),
                new Metrics.Memory(100, 200, 10, 30, 5, 0, 1000, "noeviction", OptionalLong.empty()),
                new Metrics.Counts(9, 4, 5, 1, 2, 3, 70, 80, 6, 7),
                List.of(new Metrics.Database(0, 11, 1), new Metrics.Database(3, 2, 0)),
                List.of(
                        new Metrics.Command("get", 3, 2_000_001_501L, 0, 0, latencies),
                        new Metrics.Command("config|get", 0, 0, 1, 0, none)),
                new TreeMap<>(Map.of("ERR", 2L, ODD, 1L)),
                new Metrics.Jvm("17", 1, 2, -1, 4, 5, 6, 7, 8, 9, 10, List.of(new Metrics.Collector("Copy", 3, 41))),
                List.of(new Metrics.Plugin("demo.hello", 5, 1, 0, 1_000, 900, 64)),
                List.of(new Metrics.SlowCommand(7, 1_700_000_001L, 12_345, "keys")));
    }

    @Test
    void everyNumberIsThereOnce() {
        Exposition text = Exposition.parse(MetricsText.of(metrics()));
        assertEquals(1, text.value("redis_up"));
        assertEquals(2, text.value("redis_uptime_in_seconds"));
        assertEquals(1_700_000_000, text.value("redis_start_time_seconds"));
        assertEquals(1.25, text.value("redis_cpu_user_seconds_total"));
        assertEquals(11, text.value("redis_db_keys", "db", "db0"));
        assertEquals(2, text.value("redis_db_keys", "db", "db3"));
        assertEquals(1, text.value("redis_db_keys_expiring", "db", "db0"));
        assertEquals(3, text.value("redis_commands_total", "cmd", "get"));
        assertEquals(2.000001501, text.value("redis_commands_duration_seconds_total", "cmd", "get"));
        assertEquals(1, text.value("redis_commands_rejected_calls_total", "cmd", "config|get"));
        assertEquals(70, text.value("redis_memory_used_dataset_bytes"));
        assertEquals(0.012345, text.value("redis_last_slow_execution_duration_seconds"));
        assertEquals(0.041, text.value("miniredis_gc_seconds_total", "gc", "Copy"));
        assertEquals(0.000001, text.value("miniredis_plugin_seconds_total", "plugin", "demo.hello"));
    }

    @Test
    void typesSayWhatGoesUpOnly() {
        Map<String, String> types = Exposition.parse(MetricsText.of(metrics())).types();
        assertEquals("gauge", types.get("redis_connected_clients"));
        types.forEach((name, type) -> {
            if (name.endsWith("_total")) {
                assertEquals("counter", type, name);
            }
        });
    }

    @Test
    void whatIsNotKnownIsLeftOut() {
        Exposition text = Exposition.parse(MetricsText.of(metrics()));
        assertFalse(text.has("redis_cpu_sys_seconds_total"));
        assertFalse(text.has("redis_memory_used_rss_bytes"));
        assertFalse(text.has("miniredis_heap_max_bytes"));
        assertFalse(text.has("miniredis_command_duration_seconds_bucket{cmd=config|get"));
    }

    @Test
    void histogramIsCumulativeAndInSeconds() {
        Exposition text = Exposition.parse(MetricsText.of(metrics()));
        String family = "miniredis_command_duration_seconds";
        assertEquals(1, text.value(family + "_bucket", "cmd", "get", "le", "0.000001031"));
        assertEquals(2, text.value(family + "_bucket", "cmd", "get", "le", "0.000002063"));
        assertEquals(3, text.value(family + "_bucket", "cmd", "get", "le", "+Inf"));
        assertEquals(3, text.value(family + "_count", "cmd", "get"));
        assertEquals(2.0000015, text.value(family + "_sum", "cmd", "get"));
    }

    @Test
    void labelsAreEscaped() {
        String text = MetricsText.of(metrics());
        assertTrue(text.contains("redis_errors_total{err=\"a\\\"b\\\\c\\nd\"} 1\n"), text);
        assertEquals(1, Exposition.parse(text).value("redis_errors_total", "err", ODD));
    }

    @Test
    void jsonHasTheSameNumbers() {
        String json = StatsJson.of(metrics());
        assertTrue(json.contains("\"latencies\":[[500,1],[1111,1],[1002438655,1]]"), json);
        assertTrue(json.contains("\"keys\":13"), json);
        assertTrue(json.contains("{\"id\":7,\"seconds\":1700000001,\"micros\":12345,\"name\":\"keys\"}"), json);
        assertTrue(json.contains("{\"name\":\"config|get\",\"calls\":0,\"nanos\":0,\"failed\":0}"), json);
    }

    @Test
    void jsonEscapes() {
        assertEquals("\"a\\\"b\\\\c\\u000ad\\ud800é\"", StatsJson.text(ODD + "\ud800é"));
    }

    /** That the reader is strict. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "a 1\n",
                "# HELP a b\n# TYPE a gauge\na 1",
                "# HELP a b\n# TYPE a gauge\na 1\na 2\n",
                "# HELP a b\n# TYPE a gauge\nb 1\n",
                "# HELP a b\n# TYPE a gauge\na x\n",
                "# HELP a b\n# TYPE a gauge\na{l=\"\"\"} 1\n",
                "# HELP a b\n# TYPE a gauge\na{l=\"x\",l=\"y\"} 1\n",
                "# HELP a b\n# TYPE a gauge\na 1\n# HELP c d\n# TYPE c gauge\nc 1\n# HELP a b\n# TYPE a gauge\n",
                "# HELP a b\n# TYPE a histogram\na_bucket{c=\"\",le=\"1\"} 1\na_sum{c=\"\"} 1\na_count{c=\"\"} 1\n",
                """
                # HELP a b
                # TYPE a histogram
                a_bucket{c="",le="1"} 2
                a_bucket{c="",le="+Inf"} 1
                a_sum{c=""} 1
                a_count{c=""} 1
                """
            })
    void whatIsWrongIsRefused(String text) {
        assertThrows(IllegalArgumentException.class, () -> Exposition.parse(text));
    }
}
