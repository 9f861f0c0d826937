package io.miniredis.app;

import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;

/** Where plugins lie. */
final class PluginFolder {
    private PluginFolder() {}

    /**
     * The folder that was configured; if none was, {@code plugins} in the image, or in the working directory when there is no
     * image.
     *
     * @throws StartFailure if somebody named a folder that is none
     */
    static Path of(Configuration configuration) throws StartFailure {
        String configured = configuration.settings().get("plugins-dir");
        if (configured.isEmpty()) {
            return isLinked() ? Path.of(System.getProperty("java.home"), "plugins") : Path.of("plugins");
        }
        try {
            Path folder = Path.of(configured);
            if (Files.isDirectory(folder) && Files.isReadable(folder)) {
                return folder;
            }
        } catch (IllegalArgumentException e) {
            throw StartFailure.failure(configuration.origin("plugins-dir") + ": " + e.getMessage());
        }
        throw StartFailure.failure(
                configuration.origin("plugins-dir") + ": there is no such folder, or it may not be read");
    }

    /** Whether this class is part of a Java image, rather than of a jar beside one. */
    private static boolean isLinked() {
        CodeSource source = PluginFolder.class.getProtectionDomain().getCodeSource();
        URL location = source == null ? null : source.getLocation();
        return location != null && location.getProtocol().equals("jrt");
    }
}
