package io.miniredis.engine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/** What the operating system says of this process and its machine. On another one than Linux it says less: what is not known is empty. */
final class ProcessFacts {
    private static final Path PROC = Path.of("/proc");

    /** In which Linux counts the processor time that it shows, on every machine. */
    private static final double TICKS_PER_SECOND = 100;

    private ProcessFacts() {}

    /** What the process occupies of the machine's memory, in bytes. */
    static OptionalLong residentBytes() {
        return kilobytes(PROC.resolve("self").resolve("status"), "VmRSS:");
    }

    /** How much memory the machine has, in bytes. */
    static OptionalLong machineBytes() {
        return kilobytes(PROC.resolve("meminfo"), "MemTotal:");
    }

    private static OptionalLong kilobytes(Path file, String label) {
        for (String line : text(file).split("\n", -1)) {
            if (line.startsWith(label)) {
                String digits = line.replaceAll("[^0-9]", "");
                return OptionalLong.of(Long.parseLong(digits) * 1024);
            }
        }
        return OptionalLong.empty();
    }

    /**
     * Processor time, in seconds.
     *
     * @param user spent in the process's own code
     * @param system spent by the operating system for it
     */
    record Cpu(double user, double system) {}

    /** That of the process, and of its children that have ended; null if it is not known. */
    static Cpu[] cpu() {
        String stat = text(PROC.resolve("self").resolve("stat"));
        if (stat.isEmpty()) {
            return null;
        }
        // The second field is a name in parentheses that may hold anything; 11 more come between it and the first that
        // is wanted.
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return new Cpu[] {cpu(fields, 11), cpu(fields, 13)};
    }

    private static Cpu cpu(String[] fields, int first) {
        return new Cpu(
                Long.parseLong(fields[first]) / TICKS_PER_SECOND, Long.parseLong(fields[first + 1]) / TICKS_PER_SECOND);
    }

    private static String text(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return ""; // another system
        }
    }
}
