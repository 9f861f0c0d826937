package io.miniredis.engine;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.miniredis.api.transport.Connection;
import io.miniredis.api.transport.ReplyStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A connection to nowhere. */
final class FakeConnection implements Connection {
    private final int port;
    private final Semaphore wakes = new Semaphore(0);
    String address = "127.0.0.1";
    volatile long outputBytes = 5;
    boolean closedAfterReply;
    boolean closed;

    FakeConnection(int port) {
        this.port = port;
    }

    @Override
    public String remoteAddress() {
        return address + ":" + port;
    }

    @Override
    public String localAddress() {
        return "127.0.0.1:7777";
    }

    @Override
    public int inputBytes() {
        return 26;
    }

    @Override
    public int inputFreeBytes() {
        return 1000;
    }

    @Override
    public long outputBytes() {
        return outputBytes;
    }

    /** What is heard, as {@link RecordedReply} shows it. */
    @Override
    public byte[] encode(int version, Consumer<? super ReplyStream> message) {
        RecordedReply encoded = new RecordedReply();
        encoded.protocol(version);
        encoded.begin();
        message.accept(encoded);
        return String.join("", encoded.take()).getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void wake() {
        wakes.release();
    }

    /** How often {@link #wake} was called since this was asked last. */
    int wakes() {
        return wakes.drainPermits();
    }

    /** Waits until another thread has called {@link #wake}. */
    void awaitWake() throws InterruptedException {
        assertTrue(wakes.tryAcquire(30, TimeUnit.SECONDS), "nobody woke the connection");
    }

    @Override
    public void closeAfterReply() {
        closedAfterReply = true;
    }

    @Override
    public void close() {
        closed = true;
    }
}
