package io.miniredis.app;

import io.miniredis.engine.Settings;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Tells logback.xml, through system properties, where to log and how much. To be done before the first logger is made; the
 * server knows no logging library beyond slf4j.
 */
final class Logging {
    private Logging() {}

    static void configure(Configuration configuration) throws StartFailure {
        Settings settings = configuration.settings();
        System.setProperty("miniredis.log.level", level(settings.get("loglevel")));
        String file = settings.get("logfile");
        if (!file.isEmpty()) {
            tryToWrite(file, configuration);
            System.setProperty("miniredis.log.file", file);
            System.setProperty("miniredis.log.appender", "file");
        }
    }

    private static String level(String directive) {
        return switch (directive) {
            case "debug", "verbose" -> "DEBUG";
            case "warning" -> "WARN";
            default -> "INFO";
        };
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
