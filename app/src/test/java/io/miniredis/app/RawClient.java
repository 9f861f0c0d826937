package io.miniredis.app;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
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
    private final ByteArrayOutputStream seen = new ByteArrayOutputStream();

    RawClient(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(LIMIT_MILLIS);
        socket.setTcpNoDelay(true);
        in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
    }

    /** A command as clients send it. */
    static byte[] encode(List<byte[]> words) {
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        request.writeBytes(("*" + words.size() + "\r\n").getBytes(US_ASCII));
        for (byte[] word : words) {
            request.writeBytes(("$" + word.length + "\r\n").getBytes(US_ASCII));
            request.writeBytes(word);
            request.writeBytes("\r\n".getBytes(US_ASCII));
        }
        return request.toByteArray();
    }

    /** The same, of words in Latin-1. */
    static byte[] encode(String... words) {
        List<byte[]> bytes = new ArrayList<>();
        for (String word : words) {
            bytes.add(word.getBytes(ISO_8859_1));
        }
        return encode(bytes);
    }

    /** Sends bytes as they are. That the server has closed the connection shows when the reply is read. */
    void send(byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
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
        send(encode(words));
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
        seen.reset();
        String line = readLine();
        List<RawReply> elements = new ArrayList<>();
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(seen.toByteArray());
        switch (line.charAt(0)) {
            case '$', '=', '!' -> {
                int length = Integer.parseInt(line.substring(1));
                if (length >= 0) {
                    all.writeBytes(readExactly(length + 2));
                }
            }
            case '*', '~', '>', '%', '|' -> {
                int count = Integer.parseInt(line.substring(1)) * (line.charAt(0) == '%' ? 2 : 1);
                for (int i = 0; i < count; i++) {
                    RawReply element = readOne();
                    elements.add(element);
                    all.writeBytes(element.bytes());
                }
            }
            default -> {
                // The line is all there is.
            }
        }
        return new RawReply(all.toByteArray(), elements);
    }

    private String readLine() throws IOException {
        int previous = -1;
        for (int next = in.read(); next >= 0; next = in.read()) {
            seen.write(next);
            if (previous == '\r' && next == '\n') {
                return seen.toString(ISO_8859_1).substring(0, seen.size() - 2);
            }
            previous = next;
        }
        throw new EOFException();
    }

    private byte[] readExactly(int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException();
        }
        return bytes;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
