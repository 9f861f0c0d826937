package io.miniredis.app;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.FileAppender;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import io.miniredis.engine.Settings;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.slf4j.LoggerFactory;

/**
 * Sets up the log: where to, how much, and its format. By calls, since to look for a configuration and to read it took a third of
 * the time to start. One that is named with {@code -Dlogback.configurationFile} takes the place of all this, and so does another
 * provider that is named with {@code -Dslf4j.provider}.
 */
final class Logging {
    private static final String PROVIDER = "slf4j.provider";

    private Logging() {}

    /** To be done before any class is touched that may have a logger. */
    static void prepare() {
        if (System.getProperty("logback.configurationFile") == null && System.getProperty(PROVIDER) == null) {
            System.setProperty(PROVIDER, LogProvider.class.getName());
            // Otherwise slf4j says on standard error that it was told so.
            System.setProperty("slf4j.internal.verbosity", "WARN");
        }
    }

    /** To be done before anything is logged. */
    static void configure(Configuration configuration) throws StartFailure {
        Settings settings = configuration.settings();
        String file = settings.get("logfile");
        if (!file.isEmpty()) {
            tryToWrite(file, configuration);
        }
        if (LogProvider.class.getName().equals(System.getProperty(PROVIDER))) {
            configure((LoggerContext) LoggerFactory.getILoggerFactory(), file, level(settings.get("loglevel")));
        }
    }

    private static Level level(String directive) {
        return switch (directive) {
            case "debug", "verbose" -> Level.DEBUG;
            case "warning" -> Level.WARN;
            default -> Level.INFO;
        };
    }

    private static void configure(LoggerContext context, String file, Level level) {
        LogLayout layout = new LogLayout();
        layout.setContext(context);
        layout.start();

        LayoutWrappingEncoder<ILoggingEvent> encoder = new LayoutWrappingEncoder<>();
        encoder.setContext(context);
        encoder.setLayout(layout);
        encoder.start();

        OutputStreamAppender<ILoggingEvent> appender = file.isEmpty() ? new ConsoleAppender<>() : toFile(file);
        appender.setContext(context);
        appender.setEncoder(encoder);
        appender.start();

        ch.qos.logback.classic.Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.setLevel(level);
        root.addAppender(appender);
    }

    private static FileAppender<ILoggingEvent> toFile(String file) {
        FileAppender<ILoggingEvent> appender = new FileAppender<>();
        appender.setFile(file);
        return appender;
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
