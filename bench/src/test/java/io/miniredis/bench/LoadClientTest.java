package io.miniredis.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The client against a server of a few lines, which answers as the test says. */
final class LoadClientTest {
    private static final int REQUEST_BYTES = RespClient.request("GET", Keys.KEY).length;

    private final AtomicInteger answered = new AtomicInteger();
    private volatile String answer = "$32\r\n" + "v".repeat(32) + "\r\n";
    /** Before which answer to stall, and for how long. */
    private volatile int stallBefore = -1;

    private volatile long stallNanos;
    private ServerSocket listening;

    @BeforeEach
    void listen() throws IOException {
        listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        start(() -> {
            while (true) {
                Socket socket = listening.accept();
                start(() -> serve(socket));
            }
        });
    }

    @AfterEach
    void stopListening() throws IOException {
        listening.close();
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void start(Work work) {
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (IOException e) {
                // the test is over
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    private void serve(Socket socket) throws IOException {
        try (socket) {
            InputStream in = new BufferedInputStream(socket.getInputStream());
            while (in.readNBytes(REQUEST_BYTES).length == REQUEST_BYTES) {
                if (answered.getAndIncrement() == stallBefore) {
                    long end = System.nanoTime() + stallNanos;
                    while (System.nanoTime() - end < 0) {
                        Thread.onSpinWait();
                    }
                }
                socket.getOutputStream().write(answer.getBytes(US_ASCII));
            }
        }
    }

    private LoadClient client(int connections) throws IOException {
        return new LoadClient(listening.getLocalPort(), LoadClient.Question.GET, 1000, connections);
    }

    @Test
    void requestsComeAtTheRateThatWasAskedFor() throws IOException {
        try (LoadClient client = client(3)) {
            LoadClient.Result result = client.run(1000, 0.3);
            assertEquals(answered.get(), result.latencies().total());
            assertEquals(300, answered.get(), 90, "of a Poisson process");
        }
    }

    @Test
    void stallIsFeltByAllRequestsThatWereDueMeanwhile() throws IOException {
        stallBefore = 20;
        stallNanos = TimeUnit.MILLISECONDS.toNanos(200);
        try (LoadClient client = client(1)) {
            Histogram latencies = client.run(1000, 0.3).latencies();
            assertTrue(latencies.max() >= stallNanos, "the stall itself");
            assertTrue(latencies.quantile(0.7) >= stallNanos / 4, "requests that waited for it to be over");
        }
    }

    @Test
    void closedLoopAsksAgainWhenItWasAnswered() throws IOException {
        try (LoadClient client = client(5)) {
            LoadClient.Result result = client.saturate(0.1);
            assertTrue(result.answeredPerSecond() > 0);
            assertEquals(answered.get(), result.latencies().total());
        }
    }

    @Test
    void numbersOfKeysAreThoseThatAreGiven() throws IOException {
        List<String> asked = Collections.synchronizedList(new ArrayList<>());
        AtomicLong next = new AtomicLong(7);
        byte[] set = RespClient.request("SET", Keys.KEY, "v");
        try (FakeServer server = new FakeServer(request -> {
                    asked.add(request.get(1));
                    return "+OK\r\n";
                });
                LoadClient client = new LoadClient(server.port(), set, next::getAndIncrement, 1)) {
            client.saturate(0.05);
        }
        assertEquals(next.get() - 7, asked.size());
        for (int i = 0; i < asked.size(); i++) {
            assertEquals(Keys.name(7 + i), asked.get(i));
        }
    }

    @Test
    void missingKeyIsAWholeReply() throws IOException {
        answer = "$-1\r\n";
        try (LoadClient client = client(1)) {
            client.run(1000, 0.05);
            assertTrue(answered.get() > 1);
        }
    }

    @Test
    void errorIsAFailure() throws IOException {
        answer = "-ERR no\r\n";
        try (LoadClient client = client(1)) {
            assertThrows(BenchFailure.class, () -> client.run(1000, 0.1));
        }
    }
}
