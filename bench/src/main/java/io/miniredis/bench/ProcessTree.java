package io.miniredis.bench;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A process that we started, with its descendants: what Linux's {@code /proc} says of it, and its end. */
final class ProcessTree {
    private static final int STOP_SECONDS = 15;
    private static final long TICK_MICROS = 1_000_000 / ticksPerSecond();

    /** Where the times stand in {@code stat}, counted from the state, the first field after the name. */
    private static final int USER_TICKS = 11;

    private static final int SYSTEM_TICKS = 12;

    private final Process root;

    ProcessTree(Process root) {
        this.root = root;
    }

    private static long ticksPerSecond() {
        try {
            return Long.parseLong(Tools.output(List.of("getconf", "CLK_TCK")).strip());
        } catch (BenchFailure | NumberFormatException e) {
            return 100;
        }
    }

    private Stream<ProcessHandle> processes() {
        return Stream.concat(root.descendants(), Stream.of(root.toHandle()));
    }

    boolean isAlive() {
        return root.isAlive();
    }

    long pid() {
        return root.pid();
    }

    /** The processor time used so far, in microseconds; as fine as the kernel's ticks, a hundredth of a second. */
    double cpuMicros() {
        return micros(USER_TICKS) + kernelMicros();
    }

    /** What of it was spent in the kernel. */
    double kernelMicros() {
        return micros(SYSTEM_TICKS);
    }

    private double micros(int field) {
        return processes().mapToLong(p -> ticks(p.pid(), field)).sum() * (double) TICK_MICROS;
    }

    private static long ticks(long pid, int field) {
        String stat = read(pid, "stat");
        // The name, in parentheses, may contain anything.
        String[] fields = stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ", -1);
        return fields.length <= field ? 0 : Long.parseLong(fields[field]);
    }

    /** The memory in RAM, in bytes. */
    long rssBytes() {
        return processes().mapToLong(p -> rssBytes(p.pid())).sum();
    }

    private static long rssBytes(long pid) {
        return read(pid, "status")
                .lines()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                .sum();
    }

    /** Empty if the process is gone. */
    private static String read(long pid, String file) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(pid), file), ISO_8859_1);
        } catch (IOException e) {
            return "";
        }
    }

    /** Asks it to end, and makes it end if it does not. */
    void stop() {
        List<ProcessHandle> all = processes().toList();
        all.forEach(ProcessHandle::destroy);
        try {
            if (!root.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                all.forEach(ProcessHandle::destroyForcibly);
                root.waitFor();
            }
        } catch (InterruptedException e) {
            all.forEach(ProcessHandle::destroyForcibly);
            Thread.currentThread().interrupt();
        }
    }
}
