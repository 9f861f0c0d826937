package io.miniredis.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

final class ReportTest {
    private static final String PAGE = """
            before
            <!-- begin one -->

            old

            <!-- end one -->
            between
            <!-- begin two -->
            <!-- end two -->
            after
            """;

    @TempDir
    Path folder;

    @Test
    void sectionIsReplacedAndNothingElse() {
        assertEquals(PAGE.replace("old", "new"), Report.replaced(PAGE, "one", "new\n"));
    }

    @Test
    void sectionCanBeReplacedAgain() {
        String once = Report.replaced(PAGE, "two", "text\n");
        assertEquals(once, Report.replaced(once, "two", "text\n"));
    }

    @Test
    void unknownSectionIsRefused() {
        assertThrows(BenchFailure.class, () -> Report.replaced(PAGE, "three", "text"));
    }

    @Test
    void plotsLieBesideThePage() throws IOException {
        Path page = folder.resolve("benchmarks.md");
        Files.writeString(page, PAGE);
        new Report(page).write("one", "table\n", Map.of("A title", "<svg/>"));
        assertTrue(Files.readString(page).contains("table\n\n![A title](benchmarks-one.svg)\n"));
        assertEquals("<svg/>", Files.readString(folder.resolve("benchmarks-one.svg")));
    }

    /** Each comparison writes into the section of its own name. */
    @Test
    void pageHasAPlaceForEachComparison() throws IOException {
        String page = Files.readString(Path.of("..", "docs", "benchmarks.md"));
        List<String> names = Compare.commandLine().getSubcommands().keySet().stream()
                .filter(name -> !name.equals("help"))
                .toList();
        assertEquals(19, names.size());
        names.forEach(name -> Report.replaced(page, name, ""));
    }

    @Test
    void everyOptionHasHelp() {
        for (CommandLine command : Compare.commandLine().getSubcommands().values()) {
            command.getCommandSpec()
                    .options()
                    .forEach(option -> assertTrue(option.description().length > 0, option.longestName()));
        }
    }
}
