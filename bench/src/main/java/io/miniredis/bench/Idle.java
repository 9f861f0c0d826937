package io.miniredis.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * What a connection takes that was used once and is idle now. Like {@link Memory} it looks at a JVM twice: first as it is, then
 * with a JVM that keeps account of the memory outside of the heap, and after a full collection.
 */
@Command(name = "idle", description = "Memory of each idle connection.")
final class Idle implements Callable<Integer> {
    /** Long enough for Redis to take back the buffers of clients that have become idle, which it does in steps of 5 s. */
    private static final int SETTLE_MILLIS = 12_000;

    private static final String TOTAL = "live heap and direct memory (Redis: used_memory)";

    /** Added to what the launcher chooses, by the variable that every JVM reads. */
    private static final Map<String, String> ACCOUNTING =
            Map.of("JAVA_TOOL_OPTIONS", "-XX:NativeMemoryTracking=summary");

    /** Where HotSpot counts what programs allocate by themselves: the memory of direct buffers. */
    private static final Pattern OTHER = Pattern.compile("Other \\(reserved=\\d+B?, committed=(\\d+)");

    @Mixin
    private Setup setup = new Setup();

    @Option(names = "--connections", paramLabel = "COUNT", description = "Default: ${DEFAULT-VALUE}")
    private int connections = 10_000;

    private final Samples samples = new Samples();

    @Override
    public Integer call() {
        setup.pinThisProgram();
        int count = Limits.possibleConnections(List.of(connections, 1000, 100)).get(0);
        setup.eachRound(server -> {
            measureResident(server, count);
            if (Jvm.isJava(server)) {
                try (Server again = setup.start(setup.specOf(server), ACCOUNTING)) {
                    measureHeap(again, count);
                }
            }
        });
        String text = Table.count(count) + " connections, each of which has set and got one value.\n\n"
                + setup.comparison("bytes per connection", samples, 0).markdown();
        setup.publish("idle", text, Map.of());
        return 0;
    }

    private void measureResident(Server server, int count) {
        long rss = server.processes().rssBytes();
        long used = server.ask(RespClient::usedMemory);
        withConnections(server, count, () -> {
            add(server, "RSS", count, server.processes().rssBytes() - rss);
            if (!Jvm.isJava(server)) {
                add(server, TOTAL, count, server.ask(RespClient::usedMemory) - used);
            }
        });
    }

    private void measureHeap(Server server, int count) {
        long heap = Jvm.liveHeapBytes(server);
        long direct = directBytes(server);
        withConnections(server, count, () -> {
            long moreHeap = Jvm.liveHeapBytes(server) - heap;
            long moreDirect = directBytes(server) - direct;
            add(server, "live heap", count, moreHeap);
            add(server, "direct memory", count, moreDirect);
            add(server, TOTAL, count, moreHeap + moreDirect);
        });
    }

    private static long directBytes(Server server) {
        String text = Jvm.jcmd(server, "VM.native_memory", "summary", "scale=B");
        if (!text.contains("Total:")) {
            throw new BenchFailure("jcmd said: " + text.strip());
        }
        Matcher matcher = OTHER.matcher(text);
        // Kinds of which there is nothing are not listed.
        return matcher.find() ? Long.parseLong(matcher.group(1)) : 0;
    }

    private static void withConnections(Server server, int count, Runnable work) {
        List<RespClient> clients = new ArrayList<>();
        try {
            for (int i = 0; i < count; i++) {
                RespClient client = new RespClient(server.port(), 256);
                clients.add(client);
                client.call("SET", "idle", "v".repeat(32));
                client.call("GET", "idle");
            }
            Tools.sleep(SETTLE_MILLIS);
            work.run();
        } catch (IOException e) {
            throw new BenchFailure(server.name() + " failed", e);
        } finally {
            clients.forEach(RespClient::close);
        }
    }

    private void add(Server server, String row, int count, long bytes) {
        samples.add(row, server.name(), (double) bytes / count);
    }
}
