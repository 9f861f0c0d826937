package io.miniredis.app;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Tests of the image with a small heap, in which any OutOfMemoryError is its end. */
abstract class SmallHeapTestCase {
    static final String OOM = "-OOM command not allowed when used memory > 'maxmemory'.\r\n";
    static final int MEGABYTE = 1 << 20;
    private static final String OPTIONS = "-XX:+UseSerialGC -Xmx64m -Xmn8m -XX:MaxTenuringThreshold=0"
            + " -XX:PretenureSizeThreshold=60000 -XX:TLABSize=32k -XX:-ResizeTLAB"
            + " -XX:InitialRAMPercentage=25 -XX:+ExitOnOutOfMemoryError";

    ServerProcess server;
    RawClient client;

    @BeforeEach
    void start() throws Exception {
        server = ServerProcess.launch(Map.of("MINIREDIS_JAVA_OPTS", OPTIONS), "--port", "0")
                .awaitReady();
        client = new RawClient(server.port());
    }

    @AfterEach
    void stop() throws IOException {
        client.close();
        server.close();
        String said = server.output() + server.errors();
        assertFalse(said.contains("OutOfMemoryError"), said);
    }

    String call(String... words) {
        return client.call(words).raw();
    }

    /** A number that INFO shows. */
    long info(String field) {
        String text = call("INFO");
        int at = text.indexOf("\r\n" + field + ":");
        assertTrue(at >= 0, text);
        int from = at + field.length() + 3;
        return Long.parseLong(text.substring(from, text.indexOf('\r', from)));
    }

    /** Sends requests, some at a time, until one is refused for want of memory; returns how many were sent. */
    int fill(IntFunction<List<String>> requests, int atATime) {
        for (int sent = 0; sent < 10_000_000; sent += atATime) {
            StringBuilder pipeline = new StringBuilder();
            for (int i = 0; i < atATime; i++) {
                pipeline.append(RawClient.encode(requests.apply(sent + i)));
            }
            client.send(pipeline.toString());
            boolean refused = false;
            for (int i = 0; i < atATime; i++) {
                String reply = client.read().raw();
                refused |= reply.equals(OOM);
                assertTrue(refused || reply.equals("+OK\r\n") || reply.startsWith(":"), reply);
            }
            if (refused) {
                return sent + atATime;
            }
        }
        throw new AssertionError("nothing was refused");
    }
}
