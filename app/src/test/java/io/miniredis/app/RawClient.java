package io.miniredis.app;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.List;

/** A client that shows every byte. */
final class RawClient implements AutoCloseable {
    private static final int LIMIT_MILLIS = 10_000;

    private final Socket socket;
    private final InputStream in;

    RawClient(int port) throws IOException {
        this(port, 0);
    }

    /** A client whose system takes only so many bytes ahead of what it reads; 0 for as many as it likes. */
    RawClient(int port, int receiveBufferBytes) throws IOException {
        socket = new Socket();
        if (receiveBufferBytes > 0) {
            socket.setReceiveBufferSize(receiveBufferBytes);
        }
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        socket.setSoTimeout(LIMIT_MILLIS);
        socket.setTcpNoDelay(true);
        in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
    }

    /** A command as clients send it; words and request are bytes, one char each. */
    static String encode(List<String> words) {
        StringBuilder request = new StringBuilder("*" + words.size() + "\r\n");
        words.forEach(word -> request.append('$')
                .append(word.length())
                .append("\r\n")
                .append(word)
                .append("\r\n"));
        return request.toString();
    }

    /** Sends bytes, one char each, as they are. That the server has closed the connection shows when the reply is read. */
    void send(String bytes) {
        try {
            socket.getOutputStream().write(bytes.getBytes(ISO_8859_1));
        } catch (IOException closed) {
            assert socket.isConnected();
        }
    }

    /** Says that nothing more will be sent. */
    void endOutput() {
        try {
            socket.shutdownOutput();
        } catch (IOException closed) {
            assert socket.isConnected();
        }
    }

    /** Sends a command and reads its reply. */
    RawReply call(String... words) {
        send(encode(List.of(words)));
        return read();
    }

    /** Whether something has come that was not read. */
    boolean hasMore() throws IOException {
        return in.available() > 0;
    }

    /** Reads one reply. */
    RawReply read() {
        try {
            return RawReply.read(in);
        } catch (SocketTimeoutException e) {
            return RawReply.MISSING;
        } catch (IOException e) {
            return RawReply.CLOSED;
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
