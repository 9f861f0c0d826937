package io.miniredis.protocol.resp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A client that speaks literal bytes; text stands for them in Latin-1. Gives up after half a minute. */
final class TestClient implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 30_000;
    private static final byte[] LOOPBACK = {127, 0, 0, 1};

    private final Socket socket = new Socket();

    TestClient(int port) throws IOException {
        this(port, 0);
    }

    /** A client whose system takes only so many bytes ahead of what it reads. */
    TestClient(int port, int receiveBufferBytes) throws IOException {
        if (receiveBufferBytes > 0) {
            socket.setReceiveBufferSize(receiveBufferBytes);
        }
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.connect(new InetSocketAddress(InetAddress.getByAddress(LOOPBACK), port), PATIENCE_MILLIS);
    }

    TestClient send(String bytes) throws IOException {
        socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
        return this;
    }

    /** Sends no more, but goes on reading. */
    TestClient endSending() throws IOException {
        socket.shutdownOutput();
        return this;
    }

    /** Reads exactly as many bytes as expected. */
    TestClient expect(String bytes) throws IOException {
        assertEquals(bytes, read(bytes.length()));
        return this;
    }

    /** Reads what is expected, and before it a message as often as it comes. */
    TestClient expectAfter(String message, String bytes) throws IOException {
        String first = read(1);
        while (first.equals(message.substring(0, 1))) {
            expect(message.substring(1));
            first = read(1);
        }
        assertEquals(bytes.substring(0, 1), first);
        return expect(bytes.substring(1));
    }

    String read(int count) throws IOException {
        return new String(socket.getInputStream().readNBytes(count), StandardCharsets.ISO_8859_1);
    }

    /** Reads a line, without its end. */
    String readLine() throws IOException {
        var line = new StringBuilder();
        while (line.length() < 2 || line.charAt(line.length() - 2) != '\r') {
            line.append(read(1));
        }
        return line.substring(0, line.length() - 2);
    }

    /** Reads until the server closes. */
    String readAll() throws IOException {
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }

    /** Reads that the server has closed. */
    void expectEnd() throws IOException {
        assertEquals("", read(1));
    }

    /** Goes away without a goodbye. */
    void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
