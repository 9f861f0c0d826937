package io.miniredis.bench;

import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Whether a server's {@code used_memory} is what its data takes: keys of many kinds are put in, and its growth is compared with
 * that of the live heap, or of what the allocator of a server in C gave out. Each kind by itself, so that errors cannot cancel.
 */
@Command(name = "accounting", description = "used_memory beside what keys of many kinds take in the heap.")
final class Accounting implements Callable<Integer> {
    private static final String ALL = "all together";

    /** Redis looks at its allocator and its RSS a few times a second. */
    private static final int SETTLE_MILLIS = 1000;

    /** Or the serial collector would leave garbage where it lies, and count it. Read by every JVM besides its own options. */
    private static final Map<String, String> NO_DEAD_WOOD = Map.of("JAVA_TOOL_OPTIONS", "-XX:MarkSweepDeadRatio=0");

    @Mixin
    private Setup setup = new Setup(1);

    @Option(names = "--keys", paramLabel = "COUNT", description = "Of all kinds together. Default: ${DEFAULT-VALUE}")
    private long keys = 5_000_000;

    private final Samples samples = new Samples();
    private final Samples totals = new Samples();

    /** What a server says that its data takes, what it does take, and what the system has given it; in bytes. */
    private record Reading(long used, long allocated, long rss) {
        static Reading of(Server server) {
            Tools.sleep(SETTLE_MILLIS);
            long allocated = Jvm.isJava(server) ? Jvm.liveHeapBytes(server) : allocatorBytes(server);
            return new Reading(
                    server.ask(RespClient::usedMemory),
                    allocated,
                    server.processes().rssBytes());
        }

        private static long allocatorBytes(Server server) {
            return Long.parseLong(server.ask(RespClient::info).getOrDefault("allocator_allocated", "0"));
        }

        Reading minus(Reading before) {
            return new Reading(used - before.used, allocated - before.allocated, rss - before.rss);
        }
    }

    @Override
    public Integer call() {
        setup.pinThisProgram();
        MixedKeys mixed = new MixedKeys(keys);
        setup.eachRound(NO_DEAD_WOOD, server -> measure(server, mixed));
        String text =
                "`used_memory` as a share of what the data takes, in percent: live heap, or what the allocator gave out"
                        + " (Redis):\n\n"
                        + setup.comparison("%", samples, 0).markdown()
                        + "\n`used_memory` per key, in bytes:\n\n"
                        + setup.comparison("bytes", samples, 1).markdown()
                        + "\nWhat all keys take together, in MiB:\n\n"
                        + setup.comparison("MiB", totals, 0).markdown();
        setup.publish("accounting", text, Map.of());
        return 0;
    }

    private void measure(Server server, MixedKeys mixed) {
        Reading empty = Reading.of(server);
        Reading before = empty;
        for (int kind = 0; kind < mixed.kinds(); kind++) {
            int loaded = kind;
            server.tell(client -> mixed.load(client, loaded));
            Reading now = Reading.of(server);
            add(server, mixed.name(kind), now.minus(before), mixed.count(kind));
            before = now;
        }
        Reading all = before.minus(empty);
        add(server, ALL, all, keys);
        totals.add("used_memory", server.name(), Table.mebibytes(all.used));
        totals.add("live heap (Redis: allocator)", server.name(), Table.mebibytes(all.allocated));
        totals.add("RSS", server.name(), Table.mebibytes(all.rss));
    }

    private void add(Server server, String row, Reading grown, long count) {
        double share = 100.0 * grown.used / grown.allocated;
        samples.add(row, server.name(), share, (double) grown.used / count);
        Setup.progress("  " + row + ": " + Table.figure(share) + " %");
    }
}
