package io.miniredis.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.miniredis.engine.Directive;
import io.miniredis.engine.Settings;
import org.junit.jupiter.api.Test;

final class OptionsTest {
    private final Settings settings = new Settings();

    @Test
    void helpNamesEveryDirectiveThatCanBeSet() throws Exception {
        Options options = Options.parse(settings, "--help");
        assertTrue(options.helpAsked());
        for (Directive directive : settings.directives()) {
            assertEquals(
                    !directive.valueLabel().isEmpty(),
                    options.help().contains("--" + directive.name()),
                    directive.name());
        }
        assertTrue(options.help().contains("--version"));
        assertTrue(options.help().lines().allMatch(line -> line.length() <= 100));
    }

    @Test
    void helpAndVersionHaveShortNames() throws Exception {
        assertTrue(Options.parse(settings, "-h").helpAsked());
        assertTrue(Options.parse(settings, "-v").versionAsked());
        assertFalse(Options.parse(settings).helpAsked());
    }

    @Test
    void theFileComesFirst() throws Exception {
        assertEquals(
                "my.conf", Options.parse(settings, "my.conf", "--port", "1").file());
        assertEquals("", Options.parse(settings, "--port", "1").file());
    }
}
