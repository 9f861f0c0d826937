package io.miniredis.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A plugin with values that is reloaded, unloaded and loaded again and again while clients work. */
final class ReloadIT {
    private static final long LIMIT_SECONDS = 120;
    private static final int RELOADS = 180;
    private static final int UNLOADS = 20;
    private static final int CLIENTS = 4;

    /** What the heap may hold more than before, for classes that were compiled, buffers that have grown and the like. */
    private static final long HEAP_TOLERANCE_BYTES = 2 << 20;

    @TempDir
    Path temp;

    /** A type that counts. Each version of the plugin writes it in another form, and reads the form of the one before. */
    private Path writePlugin(Path jar, int version) throws Exception {
        return new PluginSources()
                .file("module-info.java", """
                        module demo.counter {
                            requires io.miniredis.api;
                            provides io.miniredis.api.CommandHandler with demo.counter.Up;
                            provides io.miniredis.api.ValueType with demo.counter.CounterType;
                        }
                        """)
                .file("demo/counter/Counter.java", """
                        package demo.counter;
                        final class Counter {
                            long count;
                        }
                        """)
                .file("demo/counter/CounterType.java", """
                        package demo.counter;
                        import io.miniredis.api.ValueType;
                        import java.io.*;
                        public final class CounterType implements ValueType<Counter> {
                            static final CounterType TYPE = new CounterType();
                            private static final int VERSION = %d;
                            @Override public String name() { return "counter"; }
                            @Override public int encodingVersion() { return VERSION; }
                            @Override public Counter create() { return new Counter(); }
                            @Override public Counter copy(Counter value) {
                                Counter copy = new Counter();
                                copy.count = value.count;
                                return copy;
                            }
                            @Override public long memoryBytes(Counter value) { return 24; }
                            @Override public void write(Counter value, DataOutput out) throws IOException {
                                for (int i = 0; i < VERSION; i++) {
                                    out.writeLong(value.count);
                                }
                            }
                            @Override public Counter read(int version, DataInput in) throws IOException {
                                Counter value = new Counter();
                                for (int i = 0; i < version; i++) {
                                    value.count = in.readLong();
                                }
                                return value;
                            }
                        }
                        """.formatted(version))
                .file("demo/counter/Up.java", """
                        package demo.counter;
                        import io.miniredis.api.*;
                        public final class Up implements CommandHandler {
                            private static final CommandSpec SPEC = CommandSpec.named("demo.up").arity(2).write()
                                    .keys(KeySpec.at(1, KeySpec.Access.RW)).build();
                            @Override public CommandSpec spec() { return SPEC; }
                            @Override public void execute(CommandContext context, Args args, Reply reply)
                                    throws CommandException {
                                reply.integer(++context.keyspace().writeOrCreate(args.key(1), CounterType.TYPE).count);
                            }
                        }
                        """)
                .write(jar, temp);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "2"})
    void nobodyNoticesButByWhatIsNew(String ioThreads) throws Exception {
        Path plugins = temp.resolve("plugins");
        java.nio.file.Files.createDirectory(plugins);
        Path jar = writePlugin(plugins.resolve("counter.jar"), 1);
        try (ServerProcess server =
                        ServerProcess.start("--plugins-dir", plugins.toString(), "--io-threads", ioThreads);
                RawClient operator = new RawClient(server.port())) {
            AtomicBoolean reloading = new AtomicBoolean(true);
            List<Callable<Long>> parts = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                String number = "" + i;
                parts.add(() -> useBoth(server, number, reloading));
            }
            ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
            try {
                reload(operator, jar, 1, 20);
                Usage before = Usage.of(server);
                assertEquals(1, before.loaders, "class loaders of plugins");
                assertTrue(before.heapBytes > 0);
                List<Future<Long>> working = new ArrayList<>();
                parts.forEach(part -> working.add(threads.submit(part)));
                reload(operator, jar, 21, RELOADS);
                reloading.set(false);
                for (int i = 0; i < CLIENTS; i++) {
                    long ups = working.get(i).get(LIMIT_SECONDS, TimeUnit.SECONDS);
                    assertTrue(ups > 0);
                    assertEquals(
                            ":" + (ups + 1) + "\r\n",
                            operator.call("DEMO.UP", "counter:" + i).raw());
                }
                assertEquals("", server.errors());
                assertNothingIsLeft(before, server, operator);
            } finally {
                threads.shutdownNow();
            }
        }
    }

    private void reload(RawClient operator, Path jar, int from, int to) throws Exception {
        for (int i = from; i <= to; i++) {
            writePlugin(jar, i % 3 + 1);
            assertEquals(
                    "+OK\r\n", operator.call("MODULE", "RELOAD", "demo.counter").raw());
        }
    }

    /** Commands of the plugin and others. Returns how often the counter went up. */
    private static long useBoth(ServerProcess server, String number, AtomicBoolean reloading) throws Exception {
        long ups = 0;
        try (RawClient client = new RawClient(server.port())) {
            while (reloading.get()) {
                client.send(RawClient.encode(List.of("SET", "string:" + number, "" + ups))
                        + RawClient.encode(List.of("DEMO.UP", "counter:" + number))
                        + RawClient.encode(List.of("MULTI"))
                        + RawClient.encode(List.of("DEMO.UP", "counter:" + number))
                        + RawClient.encode(List.of("GET", "string:" + number))
                        + RawClient.encode(List.of("EXEC")));
                assertEquals("+OK\r\n", client.read().raw());
                assertEquals(":" + (ups + 1) + "\r\n", client.read().raw());
                assertEquals("+OK\r\n", client.read().raw());
                assertEquals("+QUEUED\r\n", client.read().raw());
                assertEquals("+QUEUED\r\n", client.read().raw());
                RawReply both = client.read();
                assertEquals(":" + (ups + 2) + "\r\n", both.elements().get(0).raw());
                assertTrue(both.elements().get(1).raw().endsWith("\r\n" + ups + "\r\n"));
                ups += 2;
            }
        }
        return ups;
    }

    private void assertNothingIsLeft(Usage before, ServerProcess server, RawClient operator) throws Exception {
        for (int i = 0; i < UNLOADS; i++) {
            assertEquals(
                    "+OK\r\n", operator.call("MODULE", "UNLOAD", "demo.counter").raw());
            assertEquals("+counter\r\n", operator.call("TYPE", "counter:0").raw());
            assertEquals(
                    "+OK\r\n", operator.call("MODULE", "LOAD", "counter.jar").raw());
        }
        Usage after = Usage.of(server);
        assertEquals(before.loaders, after.loaders, "class loaders");
        assertTrue(
                after.heapBytes <= before.heapBytes + HEAP_TOLERANCE_BYTES,
                () -> "heap was " + before.heapBytes + " and is " + after.heapBytes);
    }

    /** What a server occupies after its garbage is collected, as the JVM itself says. */
    private record Usage(int loaders, long heapBytes) {
        static Usage of(ServerProcess server) throws Exception {
            server.jcmd("GC.run");
            server.jcmd("GC.run");
            int loaders = (int) server.jcmd("VM.classloader_stats")
                    .lines()
                    .filter(line -> line.contains("jdk.internal.loader.Loader"))
                    .count();
            long kilobytes = java.util.regex.Pattern.compile("used (\\d+)K")
                    .matcher(server.jcmd("GC.heap_info"))
                    .results()
                    .limit(2) // young and old, not the classes' own space
                    .mapToLong(used -> Long.parseLong(used.group(1)))
                    .sum();
            return new Usage(loaders, kilobytes << 10);
        }
    }
}
