package io.miniredis.engine;

import io.miniredis.api.transport.Connection;

/** A connection to nowhere. */
final class FakeConnection implements Connection {
    private final int port;
    boolean closedAfterReply;
    boolean closed;

    FakeConnection(int port) {
        this.port = port;
    }

    @Override
    public String remoteAddress() {
        return "127.0.0.1:" + port;
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
        return 5;
    }

    @Override
    public void wake() {}

    @Override
    public void closeAfterReply() {
        closedAfterReply = true;
    }

    @Override
    public void close() {
        closed = true;
    }
}
