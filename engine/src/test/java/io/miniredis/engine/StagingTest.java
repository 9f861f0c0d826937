package io.miniredis.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where copies of jars lie, and that none remain. */
final class StagingTest {
    @TempDir
    Path temp;

    @TempDir
    Path source;

    private Path jar;

    @BeforeEach
    void writeJar() throws IOException {
        jar = Files.writeString(source.resolve("one.jar"), "one");
        Files.writeString(source.resolve("two.jar"), "two");
        Files.writeString(source.resolve("readme.txt"), "no jar");
    }

    private List<Path> left() throws IOException {
        try (Stream<Path> entries = Files.list(temp)) {
            return entries.toList();
        }
    }

    @Test
    void aJarIsCopiedAlone() throws IOException {
        Staging staging = new Staging(temp);
        Path copy = staging.copy(jar);
        assertEquals(List.of(copy.resolve("one.jar")), Staging.jars(copy));
        assertEquals("one", Files.readString(copy.resolve("one.jar")));
        staging.close();
        assertEquals(List.of(), left());
    }

    @Test
    void ofAFolderTheJars() throws IOException {
        Staging staging = new Staging(temp);
        Path copy = staging.copy(source);
        assertEquals(List.of(copy.resolve("one.jar"), copy.resolve("two.jar")), Staging.jars(copy));
        assertFalse(Files.exists(copy.resolve("readme.txt")));
        Path other = staging.copy(jar);
        staging.remove(copy);
        assertFalse(Files.exists(copy));
        assertTrue(Files.exists(other));
        staging.close();
        assertEquals(List.of(), left());
    }

    @Test
    void nothingIsMadeForNothing() throws IOException {
        new Staging(temp).close();
        assertEquals(List.of(), left());
    }

    @Test
    void whatAKilledServerLeftIsRemoved() throws IOException {
        Path left = Files.createDirectories(temp.resolve("miniredis-plugins123"));
        Files.writeString(left.resolve("lock"), "");
        Files.writeString(Files.createDirectory(left.resolve("plugin1")).resolve("old.jar"), "old");
        Path young = Files.createDirectories(temp.resolve("miniredis-plugins124"));
        Path others = Files.createDirectories(temp.resolve("others"));
        Staging staging = new Staging(temp);
        staging.copy(jar);
        assertFalse(Files.exists(left));
        assertTrue(Files.exists(young));
        assertTrue(Files.exists(others));
        staging.close();
    }

    @Test
    void whatALivingServerHasStays() throws IOException {
        Staging living = new Staging(temp);
        Path copy = living.copy(jar);
        Staging staging = new Staging(temp);
        staging.copy(jar);
        assertTrue(Files.exists(copy.resolve("one.jar")));
        staging.close();
        assertTrue(Files.exists(copy.resolve("one.jar")));
        living.close();
        assertEquals(List.of(), left());
    }
}
