package io.miniredis.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/**
 * Does what {@code docs/writing-a-plugin.md} says: writes its files, runs its lines of shell, loads the jar into the image and compares
 * what redis-cli answers. A chapter is a plugin; the first says how to compile, and the others are compiled in the same way.
 */
final class WritingAPluginIT {
    private static final Path PAGE = Path.of("..", "docs", "writing-a-plugin.md");
    private static final Pattern BLOCK = Pattern.compile("```(java|shell|console)\n(.*?)```\n", Pattern.DOTALL);
    private static final Pattern FILE = Pattern.compile("// (src/\\S+)\n(.*)", Pattern.DOTALL);
    /** What redis-cli adds when an answer took more than half a second. */
    private static final Pattern TOOK_LONG = Pattern.compile("(?m)^\\(\\d+\\.\\d+s\\)\n");

    private static final Pattern MODULE = Pattern.compile("module demo\\.(\\w+) ");
    private static final String PROMPT = "127.0.0.1:6379> ";

    @TempDir
    Path temp;

    /** A plugin, from the section that its descriptor stands in to the one before the next descriptor. */
    private record Chapter(String title, List<String[]> files, String shell, List<String> transcripts) {}

    private static List<Chapter> chapters() throws IOException {
        List<Chapter> chapters = new ArrayList<>();
        Chapter current = null;
        for (String section : Files.readString(PAGE, UTF_8).split("\n## ", -1)) {
            String title = section.lines().findFirst().orElseThrow();
            Matcher block = BLOCK.matcher(section);
            while (block.find()) {
                String text = block.group(2);
                Matcher file = FILE.matcher(text);
                if (block.group(1).equals("java") && file.matches()) {
                    boolean begins = file.group(1).equals("src/module-info.java");
                    if (begins) {
                        current = new Chapter(title, new ArrayList<>(), shellOf(section), new ArrayList<>());
                        chapters.add(current);
                    }
                    current.files.add(new String[] {file.group(1), file.group(2)});
                } else if (block.group(1).equals("console")) {
                    current.transcripts.add(text);
                }
            }
        }
        return chapters;
    }

    private static String shellOf(String section) {
        Matcher block = BLOCK.matcher(section);
        StringBuilder shell = new StringBuilder();
        while (block.find()) {
            shell.append(block.group(1).equals("shell") ? block.group(2) : "");
        }
        return shell.toString();
    }

    @TestFactory
    Stream<DynamicTest> everyChapter() throws Exception {
        RedisTools.require("redis-cli");
        List<Chapter> chapters = chapters();
        assertFalse(chapters.isEmpty());
        String shell = chapters.get(0).shell;
        assertFalse(shell.isEmpty());
        return chapters.stream().map(chapter -> DynamicTest.dynamicTest(chapter.title, () -> follow(chapter, shell)));
    }

    private void follow(Chapter chapter, String firstShell) throws Exception {
        Path folder = Files.createTempDirectory(temp, "chapter");
        Path image = ImageCopy.in(Files.createDirectory(folder.resolve("image")));
        for (String[] file : chapter.files) {
            Path path = folder.resolve(file[0]);
            Files.createDirectories(path.getParent());
            Files.writeString(path, file[1], UTF_8);
        }
        String transcript = String.join("", chapter.transcripts);
        Matcher module = MODULE.matcher(chapter.files.get(0)[1]);
        assertTrue(module.find(), chapter.title);
        String jar = module.group(1) + ".jar";
        try (ServerProcess server =
                ServerProcess.launchFrom(image, Map.of(), "--port", "0").awaitReady()) {
            runShell(folder, image, firstShell.replace("hello.jar", jar));
            if (!transcript.startsWith(PROMPT + "MODULE LOAD")) {
                assertEquals("OK\n", askWith(server, "MODULE LOAD " + jar));
            }
            List<Executable> comparisons = new ArrayList<>();
            for (String exchange : transcript.substring(PROMPT.length()).split(Pattern.quote(PROMPT), -1)) {
                int end = exchange.indexOf('\n');
                String command = exchange.substring(0, end);
                String answer = askWith(server, command);
                comparisons.add(() ->
                        assertEquals(exchange.substring(end + 1).stripTrailing(), answer.stripTrailing(), command));
            }
            assertAll(chapter.title, comparisons);
        }
    }

    private static void runShell(Path folder, Path image, String script) throws Exception {
        ProcessBuilder shell = new ProcessBuilder("sh", "-e", "-c", script);
        shell.directory(folder.toFile()).redirectErrorStream(true);
        shell.environment().put("MINIREDIS", image.toAbsolutePath().toString());
        String tools = Path.of(System.getProperty("java.home"), "bin").toString();
        shell.environment().merge("PATH", tools, (old, jdk) -> jdk + ":" + old);
        Process process = shell.start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertEquals(0, process.waitFor(), output);
    }

    /** As somebody types it at redis-cli's prompt. */
    private static String askWith(ServerProcess server, String command) throws Exception {
        Process process = new ProcessBuilder("redis-cli", "--no-raw", "-p", "" + server.port())
                .redirectErrorStream(true)
                .start();
        try (var input = process.outputWriter(UTF_8)) {
            input.write(command + "\n");
        }
        String answer = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertEquals(0, process.waitFor(), answer);
        return TOOK_LONG.matcher(answer).replaceAll("");
    }
}
