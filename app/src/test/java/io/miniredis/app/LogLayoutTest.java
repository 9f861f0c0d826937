package io.miniredis.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.time.LocalDateTime;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

final class LogLayoutTest {
    private static String line(Level level, String logger, Throwable thrown) {
        LoggingEvent event = new LoggingEvent(
                "", new LoggerContext().getLogger(logger), level, "{} of {}", thrown, new Object[] {1, "two"});
        LocalDateTime time = LocalDateTime.of(2026, 1, 2, 3, 4, 5, 6_000_000);
        event.setInstant(time.atZone(ZoneId.systemDefault()).toInstant());
        return new LogLayout().doLayout(event);
    }

    @Test
    void isTimeLevelClassAndMessage() {
        String end = System.lineSeparator();
        assertEquals(
                "2026-01-02 03:04:05.006 INFO  Server: 1 of two" + end, line(Level.INFO, "io.miniredis.Server", null));
        assertEquals("2026-01-02 03:04:05.006 ERROR Server: 1 of two" + end, line(Level.ERROR, "Server", null));
    }

    @Test
    void whatWasThrownStandsBelow() {
        Exception thrown = new IllegalStateException("outer", new IllegalArgumentException("inner"));
        String text = line(Level.WARN, "a.B", thrown);
        assertTrue(
                text.startsWith(
                        "2026-01-02 03:04:05.006 WARN  B: 1 of two\njava.lang.IllegalStateException: outer\n\tat "),
                text);
        assertTrue(text.contains("\nCaused by: java.lang.IllegalArgumentException: inner\n\t"), text);
    }
}
