package io.miniredis.bench;

import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * What keys and list elements take. Each server is filled twice: once left alone, to see how much memory it has the system give
 * it; and if it is a JVM a second time, to count the live objects after a full collection, which would have changed the first.
 */
@Command(name = "memory", description = "RSS, used_memory and live heap per key and per list element.")
final class Memory implements Callable<Integer> {
    private static final int SETTLE_MILLIS = 1000;

    @Mixin
    private Setup setup = new Setup();

    @Option(
            names = "--keys",
            paramLabel = "COUNT",
            description = "Keys of 16 bytes with values of 32. Default: ${DEFAULT-VALUE}")
    private long keys = 5_000_000;

    @Option(
            names = "--elements",
            paramLabel = "COUNT",
            description = "Elements of 16 bytes in one list. Default: ${DEFAULT-VALUE}")
    private long elements = 1_000_000;

    private final Samples samples = new Samples();

    @Override
    public Integer call() {
        setup.pinThisProgram();
        setup.eachRound(server -> {
            measureResident(server);
            if (!Jvm.isJava(server)) {
                return;
            }
            try (Server again = setup.start(setup.specOf(server))) {
                measureHeap(again);
            }
        });
        setup.publish(
                "memory",
                setup.comparison("bytes, unless it says MiB", samples, 0).markdown(),
                Map.of());
        return 0;
    }

    private void measureResident(Server server) {
        Tools.sleep(SETTLE_MILLIS);
        long emptyRss = server.processes().rssBytes();
        long emptyUsed = server.ask(RespClient::usedMemory);
        long begun = System.nanoTime();
        fillKeys(server);
        double seconds = (System.nanoTime() - begun) / 1e9;
        Tools.sleep(SETTLE_MILLIS);
        long keysRss = server.processes().rssBytes();
        long keysUsed = server.ask(RespClient::usedMemory);
        fillList(server);
        Tools.sleep(SETTLE_MILLIS);
        long listRss = server.processes().rssBytes();
        long listUsed = server.ask(RespClient::usedMemory);
        add(server, "RSS, empty, MiB", Table.mebibytes(emptyRss));
        add(server, "RSS with " + Table.count(keys) + " keys, MiB", Table.mebibytes(keysRss));
        add(server, "RSS per key", perKey(keysRss - emptyRss));
        add(server, "used_memory per key", perKey(keysUsed - emptyUsed));
        add(server, "RSS per list element", perElement(listRss - keysRss));
        add(server, "used_memory per list element", perElement(listUsed - keysUsed));
        add(server, "filled, keys/s", keys / seconds);
        if (!Jvm.isJava(server)) {
            addHeap(server, keysUsed - emptyUsed, listUsed - keysUsed);
        }
    }

    private void measureHeap(Server server) {
        long empty = Jvm.heapBytes(server);
        fillKeys(server);
        long withKeys = Jvm.heapBytes(server);
        fillList(server);
        long withList = Jvm.heapBytes(server);
        addHeap(server, withKeys - empty, withList - withKeys);
    }

    private void addHeap(Server server, long ofKeys, long ofList) {
        add(server, "live heap (Redis: used_memory) per key", perKey(ofKeys));
        add(server, "live heap (Redis: used_memory) per list element", perElement(ofList));
    }

    private void fillKeys(Server server) {
        server.tell(client -> client.fillKeys(0, keys, 32));
    }

    private void fillList(Server server) {
        server.tell(client -> client.fillList(Workload.LIST, elements, 16));
    }

    private double perKey(long bytes) {
        return (double) bytes / keys;
    }

    private double perElement(long bytes) {
        return (double) bytes / elements;
    }

    private void add(Server server, String row, double figure) {
        samples.add(row, server.name(), figure);
    }
}
