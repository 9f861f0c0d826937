package io.miniredis.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * What it costs to carry a message to many: one client publishes, in pipelines, as fast as all subscribers read; that is, the next pipeline
 * is sent when each of them has all of the last. So nothing piles up, and what is counted was delivered.
 */
@Command(
        name = "pubsub",
        description = "Messages delivered per second, and CPU for each, by the number of subscribers.")
final class PubSub implements Callable<Integer> {
    private static final String CHANNEL = "news";

    @Mixin
    private Setup setup = new Setup();

    @Option(names = "--seconds", paramLabel = "SECONDS", description = "Of each measurement. Default: ${DEFAULT-VALUE}")
    private double seconds = 5;

    @Option(names = "--subscribers", split = ",", paramLabel = "COUNT", description = "Default: 1,10,100")
    private List<Integer> counts = List.of(1, 10, 100);

    @Option(names = "--pipelines", split = ",", paramLabel = "COUNT", description = "Messages at once. Default: 1,50")
    private List<Integer> pipelines = List.of(1, 50);

    @Option(names = "--message-bytes", paramLabel = "BYTES", description = "Default: ${DEFAULT-VALUE}")
    private int messageBytes = 64;

    private final Samples samples = new Samples();

    @Override
    public Integer call() {
        setup.pinThisProgram();
        setup.eachRound(server ->
                pipelines.forEach(pipeline -> counts.forEach(subscribers -> measure(server, subscribers, pipeline))));
        publish();
        return 0;
    }

    private void measure(Server server, int subscribers, int pipeline) {
        List<RespClient> listening = new ArrayList<>();
        try (RespClient publisher = server.connect()) {
            for (int i = 0; i < subscribers; i++) {
                RespClient subscriber = server.connect();
                listening.add(subscriber);
                subscriber.send(RespClient.request("SUBSCRIBE", CHANNEL));
                subscriber.skipReplies(1);
            }
            byte[] requests = pipelineOf(RespClient.request("PUBLISH", CHANNEL, "m".repeat(messageBytes)), pipeline);
            deliver(publisher, listening, requests, pipeline); // a rehearsal
            double cpuBefore = server.processes().cpuMicros();
            long begun = System.nanoTime();
            long messages = deliver(publisher, listening, requests, pipeline);
            double elapsed = (System.nanoTime() - begun) / 1e9;
            double cpu = server.processes().cpuMicros() - cpuBefore;
            double delivered = (double) messages * subscribers;
            samples.add(row(subscribers, pipeline), server.name(), delivered / elapsed, cpu / delivered);
        } catch (IOException e) {
            throw new BenchFailure(server.name() + " failed with " + subscribers + " subscribers", e);
        } finally {
            listening.forEach(RespClient::close);
        }
    }

    private static byte[] pipelineOf(byte[] request, int times) {
        byte[] all = new byte[request.length * times];
        for (int i = 0; i < times; i++) {
            System.arraycopy(request, 0, all, i * request.length, request.length);
        }
        return all;
    }

    /** Returns how many messages were published; each subscriber has read all of them. */
    private long deliver(RespClient publisher, List<RespClient> listening, byte[] requests, int pipeline)
            throws IOException {
        long messages = 0;
        long end = System.nanoTime() + (long) (seconds * 1e9);
        while (System.nanoTime() - end < 0) {
            publisher.send(requests);
            publisher.skipReplies(pipeline);
            for (RespClient subscriber : listening) {
                subscriber.skipReplies(pipeline);
            }
            messages += pipeline;
        }
        return messages;
    }

    private static String row(int subscribers, int pipeline) {
        return Table.count(subscribers) + (subscribers == 1 ? " subscriber" : " subscribers") + ", " + pipeline
                + " at once";
    }

    private void publish() {
        String text = "One client publishes messages of " + messageBytes
                + " bytes, some at once, and goes on when each subscriber has read them. Messages delivered per second:\n\n"
                + setup.comparison("delivered/s", samples, 0).markdown()
                + "\nServer CPU time per message delivered, in microseconds:\n\n"
                + setup.comparison("CPU us/message", samples, 1).markdown();
        setup.publish("pubsub", text, Map.of());
    }
}
