package io.miniredis.bench;

import io.miniredis.api.transport.Connection;
import io.miniredis.api.transport.ReplyStream;
import java.util.function.Consumer;

/** A client without a socket. */
final class NoConnection implements Connection {

    @Override
    public String remoteAddress() {
        return "127.0.0.1:1";
    }

    @Override
    public String localAddress() {
        return "127.0.0.1:2";
    }

    @Override
    public int inputBytes() {
        return 0;
    }

    @Override
    public int inputFreeBytes() {
        return 0;
    }

    @Override
    public long outputBytes() {
        return 0;
    }

    @Override
    public byte[] encode(int version, Consumer<? super ReplyStream> message) {
        throw new UnsupportedOperationException("nobody is told anything here");
    }

    @Override
    public void wake() {}

    @Override
    public void closeAfterReply() {}

    @Override
    public void close() {}
}
