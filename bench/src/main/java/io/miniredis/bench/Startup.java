package io.miniredis.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How long a start takes, to the first PONG; for a server on a JVM also as a multiple of what its Java needs to say its version. */
@Command(
        name = "startup",
        description = "Start to first PONG, beside java -version of the same image; the image's size.")
final class Startup implements Callable<Integer> {
    private static final double NANOS_PER_MILLI = 1e6;

    @Mixin
    private Setup setup = new Setup();

    @Option(names = "--starts", paramLabel = "COUNT", description = "Starts in each round. Default: ${DEFAULT-VALUE}")
    private int starts = 5;

    private final Samples samples = new Samples();

    @Override
    public Integer call() throws IOException {
        setup.pinThisProgram();
        setup.eachRound(this::measure);
        setup.publish("startup", setup.comparison("", samples, 0).markdown(), Map.of());
        return 0;
    }

    /** The start that brought the given server up only brings its files into memory. */
    private void measure(Server first) {
        double[] pongMillis = new double[starts];
        double[] javaMillis = new double[starts];
        Path java = Jvm.isJava(first) ? Jvm.program(first) : null;
        for (int i = 0; i < starts; i++) {
            try (Server server = setup.start(setup.specOf(first))) {
                pongMillis[i] = server.startNanos() / NANOS_PER_MILLI;
            }
            if (java != null) {
                long begun = System.nanoTime();
                Tools.output(setup.onServerCores(List.of(java.toString(), "-version")));
                javaMillis[i] = (System.nanoTime() - begun) / NANOS_PER_MILLI;
            }
        }
        double pong = Samples.median(pongMillis);
        samples.add("start to first PONG, ms", first.name(), pong);
        if (java != null) {
            double version = Samples.median(javaMillis);
            samples.add("java -version of the same image, ms", first.name(), version);
            samples.add("start as a multiple of it", first.name(), pong / version);
            Path image = java.getParent().getParent();
            samples.add("image, MB", first.name(), sizeOf(image) / 1e6);
        }
    }

    private static double sizeOf(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        } catch (IOException e) {
            throw new BenchFailure("cannot read " + folder, e);
        }
    }
}
