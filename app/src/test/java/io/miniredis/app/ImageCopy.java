package io.miniredis.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.stream.Stream;

/** The image in another place, for tests that change it. */
final class ImageCopy {
    private ImageCopy() {}

    /** Copies the image into a folder of its own, whose name has a space. */
    static Path in(Path folder) throws IOException {
        Path copy = folder.resolve("a moved image");
        try (Stream<Path> files = Files.walk(ServerProcess.IMAGE)) {
            files.forEach(file ->
                    copy(file, copy.resolve(ServerProcess.IMAGE.relativize(file).toString())));
        }
        return copy;
    }

    private static void copy(Path from, Path to) {
        try {
            Files.copy(from, to, StandardCopyOption.COPY_ATTRIBUTES);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
