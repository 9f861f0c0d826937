package io.miniredis.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** MEMORY STATS, DOCTOR, MALLOC-STATS and PURGE, and what INFO says of memory. */
final class MemoryCommandsTest extends CommandTestCase {
    private static final Pattern FIELD = Pattern.compile("'([^']+)': ([^,}]+)");

    private Map<String, String> stats() {
        Map<String, String> stats = new LinkedHashMap<>();
        Matcher field = FIELD.matcher(run("MEMORY STATS"));
        while (field.find()) {
            stats.put(field.group(1), field.group(2));
        }
        return stats;
    }

    private long stat(String name) {
        return Long.parseLong(stats().get(name));
    }

    private void fill(int keys, String value) {
        for (int i = 0; i < keys; i++) {
            run("SET key:" + i + " " + value);
        }
    }

    @Test
    void anEmptyServerHasNoData() {
        assertEquals(0, stat("keys.count"));
        assertEquals(0, stat("keys.bytes-per-key"));
        assertEquals(0, stat("dataset.bytes"));
        assertEquals(stat("startup.allocated"), stat("total.allocated"));
        assertEquals(stat("startup.allocated"), stat("overhead.total"));
        assertEquals("0.0", stats().get("dataset.percentage"));
    }

    @Test
    void dataAndOverheadAreTheWhole() {
        fill(1000, "x".repeat(100));
        assertEquals(1000, stat("keys.count"));
        assertEquals(engine.memoryBytes(), stat("total.allocated"));
        assertEquals(stat("total.allocated"), stat("dataset.bytes") + stat("overhead.total"));
        assertTrue(stat("dataset.bytes") >= 1000 * 107, stats().toString());
        assertTrue(stat("overhead.total") > stat("startup.allocated"), stats().toString());
        assertEquals((stat("total.allocated") - stat("startup.allocated")) / 1000, stat("keys.bytes-per-key"));
    }

    @Test
    void whatIsRemovedIsNoDataAnyMore() {
        fill(100, "x");
        run("PUSH list a");
        run("FLUSHALL");
        assertEquals(0, stat("dataset.bytes"));
        fill(1, "x");
        run("DEL key:0");
        assertEquals(0, stat("dataset.bytes"));
    }

    @Test
    void thePeakStays() {
        fill(1000, "x".repeat(100));
        engine.engine().sample();
        long peak = engine.memoryBytes();
        run("FLUSHALL");
        assertEquals(peak, stat("peak.allocated"));
        assertTrue(run("INFO memory").contains("\r\nused_memory_peak:" + peak + "\r\n"), run("INFO memory"));
    }

    @Test
    void theDoctorFindsNothingInASmallServer() {
        assertEquals("txt:There is nothing wrong with the memory.\n", run("MEMORY DOCTOR"));
    }

    @Test
    void theDoctorWarnsOfALimitThatTheHeapCannotTake() {
        run("CONFIG SET maxmemory " + Long.MAX_VALUE);
        assertTrue(run("MEMORY DOCTOR").contains("maxmemory is more than the heap has"), run("MEMORY DOCTOR"));
    }

    @Test
    void theDoctorSeesThatThereWasMore() {
        fill(100, "x".repeat(100_000));
        engine.engine().sample();
        fill(40, "x");
        assertTrue(run("MEMORY DOCTOR").contains("much more than now"), run("MEMORY DOCTOR"));
        fill(100, "x");
        assertEquals("txt:There is nothing wrong with the memory.\n", run("MEMORY DOCTOR"));
    }

    @Test
    void poolsAreNamed() {
        assertTrue(run("MEMORY MALLOC-STATS").contains(": used="), run("MEMORY MALLOC-STATS"));
    }

    @Test
    void purgeAnswersWhenItIsDone() {
        assertEquals("+OK", run("MEMORY PURGE"));
        assertEquals("-ERR wrong number of arguments for 'memory|purge' command", run("MEMORY PURGE x"));
    }
}
