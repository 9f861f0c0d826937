package io.miniredis.engine;

import java.text.MessageFormat;
import java.util.ResourceBundle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A plugin's logger, which plugins see as Java's own interface, lest they depend on a library of the server's. */
final class PluginLogger implements System.Logger {
    private final Logger log;

    PluginLogger(String name) {
        log = LoggerFactory.getLogger(name);
    }

    @Override
    public String getName() {
        return log.getName();
    }

    @Override
    public boolean isLoggable(Level level) {
        return level != Level.OFF && log.isEnabledForLevel(levelOf(level));
    }

    private static org.slf4j.event.Level levelOf(Level level) {
        return switch (level) {
            case ERROR -> org.slf4j.event.Level.ERROR;
            case WARNING -> org.slf4j.event.Level.WARN;
            case INFO -> org.slf4j.event.Level.INFO;
            case DEBUG -> org.slf4j.event.Level.DEBUG;
            default -> org.slf4j.event.Level.TRACE;
        };
    }

    @Override
    public void log(Level level, ResourceBundle bundle, String message, Throwable thrown) {
        if (isLoggable(level)) {
            log.atLevel(levelOf(level)).setCause(thrown).log(localized(bundle, message));
        }
    }

    @Override
    public void log(Level level, ResourceBundle bundle, String format, Object... parameters) {
        if (isLoggable(level)) {
            String pattern = localized(bundle, format);
            boolean plain = parameters == null || parameters.length == 0;
            log.atLevel(levelOf(level)).log(plain ? pattern : MessageFormat.format(pattern, parameters));
        }
    }

    private static String localized(ResourceBundle bundle, String message) {
        return bundle != null && message != null && bundle.containsKey(message) ? bundle.getString(message) : message;
    }
}
