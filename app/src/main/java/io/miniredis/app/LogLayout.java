package io.miniredis.app;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.LayoutBase;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.TimeZone;

/**
 * One line per event, and what was thrown below it:
 *
 * <pre>2026-01-31 12:00:00.123 INFO  Server: Ready to accept connections on 127.0.0.1:6379</pre>
 *
 * <p>Written by hand, since Logback's patterns and Java's formats of dates take as long to set up as the sockets do.
 */
final class LogLayout extends LayoutBase<ILoggingEvent> {
    private static final int MILLIS = 1000;
    private static final int NANOS_PER_MILLI = 1_000_000;
    private static final int LEVEL_LETTERS = 5;

    /** Not a ZoneId, for which Java reads the rules of all zones a second time. */
    private final TimeZone zone = TimeZone.getDefault();

    @Override
    public String doLayout(ILoggingEvent event) {
        StringBuilder line = new StringBuilder(128);
        appendTime(line, local(event.getTimeStamp()));
        String level = event.getLevel().toString();
        line.append(' ').append(level).append(" ".repeat(Math.max(0, LEVEL_LETTERS - level.length())));
        String logger = event.getLoggerName();
        line.append(' ').append(logger, logger.lastIndexOf('.') + 1, logger.length());
        line.append(": ").append(event.getFormattedMessage()).append(System.lineSeparator());
        if (event.getThrowableProxy() != null) {
            line.append(ThrowableProxyUtil.asString(event.getThrowableProxy()));
        }
        return line.toString();
    }

    private LocalDateTime local(long millis) {
        long shifted = millis + zone.getOffset(millis);
        int nanos = (int) Math.floorMod(shifted, (long) MILLIS) * NANOS_PER_MILLI;
        return LocalDateTime.ofEpochSecond(Math.floorDiv(shifted, (long) MILLIS), nanos, ZoneOffset.UTC);
    }

    private static void appendTime(StringBuilder line, LocalDateTime time) {
        append(line, time.getYear(), 4);
        append(line.append('-'), time.getMonthValue(), 2);
        append(line.append('-'), time.getDayOfMonth(), 2);
        append(line.append(' '), time.getHour(), 2);
        append(line.append(':'), time.getMinute(), 2);
        append(line.append(':'), time.getSecond(), 2);
        append(line.append('.'), time.getNano() / NANOS_PER_MILLI, 3);
    }

    private static void append(StringBuilder line, int number, int digits) {
        String text = Integer.toString(number);
        line.append("0".repeat(digits - text.length())).append(text);
    }
}
