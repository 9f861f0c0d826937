package io.miniredis.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The directives: what they take, what they refuse and how they say so. */
final class SettingsTest {
    private final Settings settings = new Settings();

    @ParameterizedTest
    @CsvSource({
        "bind, 127.0.0.1",
        "port, 6379",
        "maxmemory, 0",
        "maxmemory-policy, noeviction",
        "maxmemory-samples, 5",
        "lfu-log-factor, 10",
        "lfu-decay-time, 1",
        "databases, 16",
        "timeout, 0",
        "tcp-keepalive, 300",
        "maxclients, 10000",
        "proto-max-bulk-len, 536870912",
        "save, ''",
        "appendonly, no"
    })
    void defaultsAreThoseOfRedis(String name, String value) {
        assertEquals(value, settings.get(name));
        assertEquals(value, settings.directive(name).defaultValue());
    }

    @Test
    void directivesAreFoundInAnyCase() {
        assertSame(settings.directive("maxmemory"), settings.directive("MaxMemory"));
        assertNull(settings.directive("max-memory"));
    }

    @Test
    void aNumberCanBeFollowed() {
        LongSupplier samples = settings.follow("maxmemory-samples");
        assertEquals(5, samples.getAsLong());
        settings.set("maxmemory-samples", "7");
        assertEquals(7, samples.getAsLong());
        assertThrows(IllegalArgumentException.class, () -> settings.follow("bind"));
        assertThrows(IllegalArgumentException.class, () -> settings.follow("nosuch"));
        settings.set("maxmemory-samples", "8");
        assertEquals(8, samples.getAsLong());
    }

    @Test
    void everyDirectiveHasAValueHelpAndAVariable() {
        for (Directive directive : settings.directives()) {
            assertEquals(directive.canonical(directive.defaultValue()), settings.get(directive.name()));
            assertTrue(directive.help().endsWith("."), directive.name());
            assertTrue(directive.environmentVariable().matches("MINIREDIS_[A-Z_]+"), directive.environmentVariable());
        }
    }

    @Test
    void anUnknownNameIsRefused() {
        var e = assertThrows(IllegalArgumentException.class, () -> settings.get("colour"));
        assertEquals("there is no directive 'colour'", e.getMessage());
        e = assertThrows(IllegalArgumentException.class, () -> settings.set("colour", "red"));
        assertEquals("there is no directive 'colour'", e.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "1.5", "+5", "05", " 5", "5 ", "0x5", "\u0665", "99999999999999999999"})
    void aNumberIsPlainDecimal(String text) {
        var e = assertThrows(IllegalArgumentException.class, () -> settings.set("maxmemory-samples", text));
        assertEquals("argument couldn't be parsed into an integer", e.getMessage());
        assertEquals("5", settings.get("maxmemory-samples"));
    }

    @ParameterizedTest
    @CsvSource({
        "port, -1, argument must be between 0 and 65535 inclusive",
        "port, 65536, argument must be between 0 and 65535 inclusive",
        "maxmemory-samples, 0, argument must be between 1 and 2147483647 inclusive",
        "databases, 0, argument must be between 1 and 10000 inclusive",
        "io-threads, 129, argument must be between 1 and 128 inclusive"
    })
    void aNumberOutOfItsRangeIsRefused(String name, String value, String message) {
        var e = assertThrows(IllegalArgumentException.class, () -> settings.set(name, value));
        assertEquals(message, e.getMessage());
    }

    @Test
    void memoryIsKeptInBytes() {
        settings.set("maxmemory", "100mb");
        assertEquals("104857600", settings.get("maxmemory"));
        assertEquals(104_857_600, settings.maxMemoryBytes());
        var e = assertThrows(IllegalArgumentException.class, () -> settings.set("maxmemory", "much"));
        assertEquals("argument must be a memory value", e.getMessage());
    }

    @Test
    void aWordIsOneOfItsList() {
        settings.set("loglevel", "DEBUG");
        assertEquals("debug", settings.get("loglevel"));
        var e = assertThrows(IllegalArgumentException.class, () -> settings.set("loglevel", "loud"));
        assertEquals("argument(s) must be one of the following: debug, verbose, notice, warning", e.getMessage());
    }

    @Test
    void thePolicyIsCheckedOnceThePoliciesAreKnown() {
        settings.set("maxmemory-policy", "allkeys-x");
        var e = assertThrows(
                IllegalArgumentException.class, () -> settings.allowPolicies(List.of("allkeys-lru", "noeviction")));
        assertEquals(
                "maxmemory-policy 'allkeys-x': argument(s) must be one of the following: allkeys-lru, noeviction",
                e.getMessage());
        settings.set("maxmemory-policy", "AllKeys-LRU");
        assertEquals("allkeys-lru", settings.get("maxmemory-policy"));
    }

    @Test
    void listenersHearOfChangesMadeTogetherOnce() {
        List<String> heard = new ArrayList<>();
        settings.listen(changed -> heard.add(changed.get("maxmemory") + " " + changed.get("maxmemory-samples")));
        settings.setAll(Map.of("maxmemory", "1024", "maxmemory-samples", "7"));
        assertEquals(List.of("1024 7"), heard);
        assertEquals(7, settings.samples());
    }

    /** Who reads may hold the lock of a shard that a listener waits for. */
    @Test
    void readingDoesNotWaitForAListener() {
        settings.listen(changed -> {
            var reader = CompletableFuture.supplyAsync(() -> settings.get("timeout") + settings.number("maxclients"));
            Assertions.assertTimeoutPreemptively(Duration.ofSeconds(30), () -> assertEquals("710000", reader.get()));
        });
        settings.setAll(Map.of("timeout", "7"));
        assertFalse(settings.directives().isEmpty());
    }
}
