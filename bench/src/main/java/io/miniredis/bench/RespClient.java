package io.miniredis.bench;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** A blocking client of a server on this machine, speaking RESP2. Text is bytes: each character is one. */
final class RespClient implements AutoCloseable {
    private static final int CONNECT_MILLIS = 1000;
    private static final int READ_MILLIS = 300_000;

    /** How many keys are looked for at a time. */
    private static final int EXISTS_KEYS = 500;

    private final Socket socket = new Socket();
    private final OutputStream out;
    private final InputStream in;
    private final byte[] buffer;
    private int at;
    private int end;

    RespClient(int port) throws IOException {
        this(port, 1 << 16);
    }

    /** @param bufferBytes how much to read at a time */
    RespClient(int port, int bufferBytes) throws IOException {
        buffer = new byte[bufferBytes];
        try {
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(READ_MILLIS);
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_MILLIS);
            out = socket.getOutputStream();
            in = socket.getInputStream();
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /** A request as it is sent. */
    static byte[] request(String... arguments) {
        StringBuilder request = new StringBuilder("*" + arguments.length + "\r\n");
        for (String argument : arguments) {
            request.append('$').append(argument.length()).append("\r\n");
            request.append(argument).append("\r\n");
        }
        return request.toString().getBytes(ISO_8859_1);
    }

    /** Sends a request and returns its reply: text of a simple string, a number or a bulk; null for nil. */
    String call(String... arguments) throws IOException {
        send(request(arguments));
        return readText();
    }

    void send(byte[] bytes) throws IOException {
        out.write(bytes);
    }

    void send(byte[] bytes, int offset, int length) throws IOException {
        out.write(bytes, offset, length);
    }

    private String readText() throws IOException {
        int type = next();
        String line = line();
        return switch (type) {
            case '+', ':' -> line;
            case '$' -> bulk(Integer.parseInt(line));
            case '-' -> throw new BenchFailure("the server answered: " + line);
            default -> throw new BenchFailure("not a text: " + (char) type + line);
        };
    }

    private String bulk(int length) throws IOException {
        if (length < 0) {
            return null;
        }
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) next();
        }
        line();
        return new String(bytes, ISO_8859_1);
    }

    /** Reads so many replies of any kind and forgets them. An error among them is a failure. */
    void skipReplies(long count) throws IOException {
        for (long left = count; left > 0; left--) {
            int type = next();
            switch (type) {
                case '+', ':' -> skipLine();
                case '-' -> throw new BenchFailure("the server answered: " + line());
                case '$' -> {
                    int length = Integer.parseInt(line());
                    skip(length < 0 ? 0 : length + 2L);
                }
                case '*' -> left += Math.max(0, Integer.parseInt(line()));
                default -> throw new BenchFailure("not a reply: " + (char) type);
            }
        }
    }

    /** Reads the reply to a GET and forgets it. Returns whether there was a value. */
    boolean skipValue() throws IOException {
        int type = next();
        String line = line();
        if (type != '$') {
            throw new BenchFailure("not a value: " + (char) type + line);
        }
        int length = Integer.parseInt(line);
        skip(length < 0 ? 0 : length + 2L);
        return length >= 0;
    }

    private void skipLine() throws IOException {
        while (next() != '\n') {
            // on to the next byte
        }
    }

    private void skip(long bytes) throws IOException {
        long left = bytes;
        while (left > 0) {
            if (at == end) {
                fill();
            }
            int part = (int) Math.min(left, end - at);
            at += part;
            left -= part;
        }
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        int b = next();
        while (b != '\n') {
            if (b != '\r') {
                line.append((char) b);
            }
            b = next();
        }
        return line.toString();
    }

    private int next() throws IOException {
        if (at == end) {
            fill();
        }
        return buffer[at++] & 0xff;
    }

    private void fill() throws IOException {
        end = in.read(buffer);
        at = 0;
        if (end <= 0) {
            end = 0;
            throw new EOFException("the server closed the connection");
        }
    }

    /** The fields of INFO. */
    Map<String, String> info() throws IOException {
        return info("default");
    }

    private Map<String, String> info(String section) throws IOException {
        Map<String, String> fields = new TreeMap<>();
        for (String line : call("INFO", section).split("\r?\n", -1)) {
            int colon = line.indexOf(':');
            if (colon > 0) {
                fields.put(line.substring(0, colon), line.substring(colon + 1));
            }
        }
        return fields;
    }

    /** A number among the fields of a section of INFO; 0 if it is not there. */
    long infoNumber(String section, String field) throws IOException {
        return Long.parseLong(info(section).getOrDefault(field, "0"));
    }

    /** What the server says its data takes, in bytes. */
    long usedMemory() throws IOException {
        return infoNumber("memory", "used_memory");
    }

    /** Sends the same request many times, with a number of twelve digits in it that counts up, {@code batch} at a time. */
    void fill(byte[] request, long from, long to, int batch) throws IOException {
        int digits = Keys.numberIn(request);
        byte[] many = new byte[request.length * batch];
        long unanswered = 0;
        for (long next = from; next < to; next += batch) {
            int count = (int) Math.min(batch, to - next);
            for (int i = 0; i < count; i++) {
                System.arraycopy(request, 0, many, i * request.length, request.length);
                Keys.putNumber(many, i * request.length + digits, next + i);
            }
            send(many, 0, count * request.length);
            // One batch is always under way while the next is made.
            skipReplies(unanswered);
            unanswered = count;
        }
        skipReplies(unanswered);
    }

    /** Sets the keys from one number to another, each to a value of so many bytes. */
    void fillKeys(long from, long to, int valueBytes) throws IOException {
        fill(request("SET", Keys.KEY, "v".repeat(valueBytes)), from, to, 500);
    }

    /** Pushes so many elements onto each of so many lists, which have the names of keys: one onto each, then another one. */
    void fillLists(long lists, int elements, int elementBytes) throws IOException {
        for (int i = 0; i < elements; i++) {
            fill(request("RPUSH", Keys.KEY, "e".repeat(elementBytes)), 0, lists, 500);
        }
    }

    /** How many of the keys from one number to another are there. */
    long countKeys(long from, long to) throws IOException {
        long found = 0;
        for (long next = from; next < to; next += EXISTS_KEYS) {
            Stream<String> keys =
                    LongStream.range(next, Math.min(to, next + EXISTS_KEYS)).mapToObj(Keys::name);
            found +=
                    Long.parseLong(call(Stream.concat(Stream.of("EXISTS"), keys).toArray(String[]::new)));
        }
        return found;
    }

    /** Makes a list anew. */
    void fillList(String key, long length, int elementBytes) throws IOException {
        call("DEL", key);
        int each = 100;
        String[] push = new String[2 + each];
        Arrays.fill(push, "e".repeat(elementBytes));
        push[0] = "RPUSH";
        push[1] = key;
        byte[] request = request(push);
        long requests = length / each;
        for (long i = 0; i < requests; i++) {
            send(request);
            if (i > 0) {
                skipReplies(1);
            }
        }
        skipReplies(Math.min(1, requests));
        for (long i = requests * each; i < length; i++) {
            call("RPUSH", key, push[2]);
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new BenchFailure("cannot close a socket", e);
        }
    }
}
