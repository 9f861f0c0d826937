package io.miniredis.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.miniredis.engine.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
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

    @Test
    void theDocumentationListsThemAllWithTheReason() throws Exception {
        Set<String> documented = new TreeSet<>();
        for (String row : Files.readAllLines(Path.of("..", "docs", "configuration.md"))) {
            String[] cells = row.split("\\|", -1);
            if (!row.startsWith("| ") || cells[1].strip().equals("because")) {
                continue;
            }
            for (String name : cells[2].replaceAll("[` ]", "").split(",", -1)) {
                documented.add(name);
                assertEquals(IgnoredDirectives.reason(name), cells[1].strip(), name);
            }
        }
        assertEquals(IgnoredDirectives.names(), documented);
    }
}
