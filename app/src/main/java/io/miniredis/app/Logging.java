package io.miniredis.app;

import io.miniredis.engine.Settings;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.slf4j.ILoggerFactory;
import org.slf4j.LoggerFactory;

/**
 * Sets up the log: where to, how much, and its format, one line per event:
 *
 * <pre>2026-01-31 12:00:00.123 INFO  Server: Ready to accept connections on 127.0.0.1:6379</pre>
 *
 * <p>Logback is called by the names of its classes, because the server's modules know slf4j alone: whoever puts another
 * implementation on the module path configures it in its own way. A logback.xml would read better, but reading it took a third of
 * the time to start. One that is named with {@code -Dlogback.configurationFile} still takes the place of all this.
 */
final class Logging {
    private static final String LOGBACK = "ch.qos.logback.";
    private static final String PATTERN = "%d{yyyy-MM-dd HH:mm:ss.SSS} %-5level %logger{0}: %msg%n";

    private Logging() {}

    /** To be done before anything is logged. */
    static void configure(Configuration configuration) throws StartFailure {
        Settings settings = configuration.settings();
        String file = settings.get("logfile");
        if (!file.isEmpty()) {
            tryToWrite(file, configuration);
        }
        ILoggerFactory factory = LoggerFactory.getILoggerFactory();
        if (factory.getClass().getName().startsWith(LOGBACK)
                && System.getProperty("logback.configurationFile") == null) {
            try {
                configure(factory, file, level(settings.get("loglevel")));
            } catch (ReflectiveOperationException e) {
                throw StartFailure.failure("logging cannot be set up: " + e);
            }
        }
    }

    private static String level(String directive) {
        return switch (directive) {
            case "debug", "verbose" -> "DEBUG";
            case "warning" -> "WARN";
            default -> "INFO";
        };
    }

    private static void configure(Object context, String file, String level) throws ReflectiveOperationException {
        call(context, "reset");

        Object encoder = create(context, "classic.encoder.PatternLayoutEncoder");
        call(encoder, "setPattern", PATTERN);
        call(encoder, "start");

        Object appender = create(context, file.isEmpty() ? "core.ConsoleAppender" : "core.FileAppender");
        if (!file.isEmpty()) {
            call(appender, "setFile", file);
        }
        call(appender, "setEncoder", encoder);
        call(appender, "start");

        Object root = call(context, "getLogger", org.slf4j.Logger.ROOT_LOGGER_NAME);
        Class<?> levels = classOf(context, "classic.Level");
        call(root, "setLevel", levels.getMethod("toLevel", String.class).invoke(null, level));
        call(root, "addAppender", appender);
    }

    private static Object create(Object context, String name) throws ReflectiveOperationException {
        Object part = classOf(context, name).getConstructor().newInstance();
        call(part, "setContext", context);
        return part;
    }

    private static Class<?> classOf(Object context, String name) throws ClassNotFoundException {
        return Class.forName(LOGBACK + name, true, context.getClass().getClassLoader());
    }

    /** Calls the public method of that name which takes the argument. */
    private static Object call(Object target, String name, Object... arguments) throws ReflectiveOperationException {
        for (Method method : target.getClass().getMethods()) {
            if (method.getName().equals(name)
                    && method.getParameterCount() == arguments.length
                    && (arguments.length == 0 || method.getParameterTypes()[0].isInstance(arguments[0]))) {
                return method.invoke(target, arguments);
            }
        }
        throw new NoSuchMethodException(target.getClass().getName() + "." + name);
    }

    /** A log that cannot be written would otherwise be missed only when it is needed. */
    private static void tryToWrite(String file, Configuration configuration) throws StartFailure {
        try {
            Files.newOutputStream(Path.of(file), StandardOpenOption.CREATE, StandardOpenOption.APPEND)
                    .close();
        } catch (NoSuchFileException e) {
            throw cannotWrite(configuration, "there is no such folder");
        } catch (AccessDeniedException e) {
            throw cannotWrite(configuration, "permission denied");
        } catch (IOException | IllegalArgumentException e) {
            throw cannotWrite(configuration, e.getMessage());
        }
    }

    private static StartFailure cannotWrite(Configuration configuration, String reason) {
        return StartFailure.failure(configuration.origin("logfile") + ": the file cannot be written (" + reason + ")");
    }
}
