package io.miniredis.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.miniredis.engine.Settings;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class IgnoredDirectivesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "requirepass",
                "user",
                "aclfile",
                "rename-command",
                "replicaof",
                "loadmodule",
                "masterauth",
                "unixsocket"
            })
    void whatSomebodyReliesOnIsNotIgnored(String directive) {
        assertFalse(IgnoredDirectives.contains(directive));
    }

    @Test
    void noDirectiveOfTheServerIsIgnored() {
        new Settings()
                .directives()
                .forEach(directive -> assertFalse(
                        !directive.valueLabel().isEmpty() && IgnoredDirectives.contains(directive.name()),
                        directive.name()));
    }

    @Test
    void durabilityIsRefusedUnlessItIsOff() {
        assertTrue(IgnoredDirectives.isRefused("appendonly"));
        assertTrue(IgnoredDirectives.isTrueAnyway("appendonly", List.of("no")));
        assertFalse(IgnoredDirectives.isTrueAnyway("appendonly", List.of("yes")));
        assertFalse(IgnoredDirectives.isRefused("save"));
        assertEquals("nothing is written to disk", IgnoredDirectives.reason("save"));
    }
}
