package io.miniredis.bench;

import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What a server takes that is filled and emptied over and over, as tests do: with strings first, then with lists of a few elements. */
@Command(name = "refill", description = "RSS of a server that is filled and emptied with FLUSHALL several times.")
final class Refill implements Callable<Integer> {
    private static final int STRING_BYTES = 32;
    private static final int ELEMENT_BYTES = 256;
    private static final int ELEMENTS = 3;

    @Mixin
    private Setup setup = new Setup();

    @Option(
            names = "--keys",
            paramLabel = "COUNT",
            description = "Keys of 16 bytes with values of 32. Default: ${DEFAULT-VALUE}")
    private long keys = 5_000_000;

    @Option(
            names = "--lists",
            paramLabel = "COUNT",
            description = "Lists of three elements of 256 bytes. Default: ${DEFAULT-VALUE}")
    private long lists = 200_000;

    @Option(names = "--times", paramLabel = "COUNT", description = "Default: ${DEFAULT-VALUE}")
    private int times = 5;

    private final Samples samples = new Samples();

    @Override
    public Integer call() {
        setup.pinThisProgram();
        setup.eachRound(server -> {
            measure(server, Table.count(keys) + " strings", client -> client.fillKeys(0, keys, STRING_BYTES));
            try (Server another = setup.start(setup.specOf(server))) {
                measure(
                        another,
                        Table.count(lists) + " lists",
                        client -> client.fillLists(lists, ELEMENTS, ELEMENT_BYTES));
            }
        });
        setup.publish(
                "refill", setup.comparison("MiB of RSS, or ms", samples, 0).markdown(), Map.of());
        return 0;
    }

    private void measure(Server server, String what, Server.Task filling) {
        for (int time = 1; time <= times; time++) {
            server.tell(filling);
            add(
                    server,
                    what + ", time " + time,
                    Table.mebibytes(server.processes().rssBytes()));
            long begun = System.nanoTime();
            server.ask(client -> client.call("FLUSHALL"));
            add(server, "FLUSHALL of " + what + ", time " + time + ", ms", (System.nanoTime() - begun) / 1e6);
        }
    }

    private void add(Server server, String row, double figure) {
        samples.add(row, server.name(), figure);
    }
}
