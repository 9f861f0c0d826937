package io.miniredis.app;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;

/** A client that shows every byte. */
final class RawClient implements AutoCloseable {
    private static final int LIMIT_MILLIS = 10_000;

    private final Socket socket;
    private final InputStream in;

    RawClient(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
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

    /** Reads one reply. */
    RawReply read() {
        try {
            return readOne();
        } catch (SocketTimeoutException e) {
            return RawReply.MISSING;
        } catch (IOException e) {
            return RawReply.CLOSED;
        }
    }

    private RawReply readOne() throws IOException {
        String line = readLine();
        List<RawReply> elements = new ArrayList<>();
        StringBuilder all = new StringBuilder(line).append("\r\n");
        switch (line.charAt(0)) {
            case '$', '=', '!' -> {
                int length = Integer.parseInt(line.substring(1));
                if (length >= 0) {
                    all.append(readExactly(length + 2));
                }
            }
            case '*', '~', '>', '%', '|' -> {
                int count = Integer.parseInt(line.substring(1)) * (line.charAt(0) == '%' ? 2 : 1);
                for (int i = 0; i < count; i++) {
                    RawReply element = readOne();
                    elements.add(element);
                    all.append(element.raw());
                }
            }
            default -> {
                // The line is all there is.
            }
        }
        return new RawReply(all.toString(), elements);
    }

    /** A line without its end. */
    private String readLine() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next >= 0; next = in.read()) {
            line.append((char) next);
            int length = line.length() - 2;
            if (next == '\n' && length >= 0 && line.charAt(length) == '\r') {
                return line.substring(0, length);
            }
        }
        throw new EOFException();
    }

    private String readExactly(int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException();
        }
        return new String(bytes, ISO_8859_1);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
