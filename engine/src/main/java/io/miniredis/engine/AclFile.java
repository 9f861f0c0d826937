package io.miniredis.engine;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** The file of the users, a line for each, as ACL LIST shows them. The text is bytes, a char for each. */
final class AclFile {
    private final String name;

    /** @param name as the directive {@code aclfile} has it */
    AclFile(String name) {
        this.name = name;
    }

    String name() {
        return name;
    }

    /**
     * The whole text.
     *
     * @throws BadRule if it cannot be read, with the reason
     */
    String read() throws BadRule {
        try {
            return Files.readString(Path.of(name), ISO_8859_1);
        } catch (IOException | InvalidPathException e) {
            String reason = e instanceof NoSuchFileException ? "No such file or directory" : e.getMessage();
            throw new BadRule("Error loading ACLs, opening file '" + name + "': " + reason);
        }
    }

    /**
     * Replaces the file by another text, as a whole: who reads it meanwhile gets the one or the other.
     *
     * @throws IOException if it cannot be written; then it is as before
     */
    void write(List<String> lines) throws IOException {
        Path file = Path.of(name).toAbsolutePath();
        Path draft = file.resolveSibling(
                file.getFileName() + ".tmp-" + ProcessHandle.current().pid());
        try {
            Files.write(draft, lines, ISO_8859_1);
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(draft);
        }
    }
}
