package io.miniredis.engine;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.miniredis.api.transport.RequestBatch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** The clients that are shown every command that has run, as MONITOR has it. Thread-safe. */
final class Monitors {
    /** What is shown of a request of so many bytes depends on what the heap can take. */
    private static final int LARGE_BYTES = 1 << 20;

    /** Of a request of so many bytes never all is shown. */
    private static final int LARGEST_BYTES = 1 << 26;

    /** What a byte may take while it is shown: up to four bytes, several times. */
    private static final long BYTES_FOR_ONE = 16;

    private final Engine engine;

    /** Replaced, never changed; null while there is none. */
    private volatile ClientSession[] all;

    Monitors(Engine engine) {
        this.engine = engine;
    }

    /** Who is shown commands, not to be changed; null if nobody. */
    ClientSession[] all() {
        return all;
    }

    synchronized void add(ClientSession client) {
        ClientSession[] more = all == null ? new ClientSession[1] : Arrays.copyOf(all, all.length + 1);
        more[more.length - 1] = client;
        all = more;
    }

    synchronized void remove(ClientSession client) {
        if (all != null) {
            ClientSession[] left =
                    Arrays.stream(all).filter(other -> other != client).toArray(ClientSession[]::new);
            all = left.length == 0 ? null : left;
        }
    }

    /**
     * Shows a command that has run.
     *
     * @param monitors to whom
     * @param caller who sent it
     */
    void show(
            ClientSession[] monitors,
            ClientSession caller,
            Command command,
            RequestBatch batch,
            int request,
            Messages messages) {
        String line = line(caller, command, batch, request);
        engine.outboxes().makeRoom(line.length());
        Message shown = new Message(reply -> reply.simple(line));
        for (ClientSession monitor : monitors) {
            if (monitor.isClosing() || monitor.wantedReplies() == ClientSession.Replies.OFF) {
                continue;
            }
            if (messages.serve(monitor)) {
                messages.tellAfterReply(shown.encodedFor(monitor, monitor.protocol()));
            } else {
                messages.tell(monitor, monitor.protocol(), shown);
            }
        }
    }

    private String line(ClientSession caller, Command command, RequestBatch batch, int request) {
        long micros = engine.ticker().micros();
        long second = TimeUnit.SECONDS.toMicros(1);
        StringBuilder line = new StringBuilder(128);
        line.append(String.format(Locale.ROOT, "%d.%06d", micros / second, micros % second));
        line.append(" [")
                .append(caller.database())
                .append(' ')
                .append(caller.remoteAddress())
                .append(']');
        for (String word : wordsOf(command, batch, request)) {
            line.append(" \"");
            quote(word, line);
            line.append('"');
        }
        return line.toString();
    }

    private List<String> wordsOf(Command command, RequestBatch batch, int request) {
        int first = batch.firstArgument(request);
        int size = batch.argumentCount(request);
        long bytes = 0;
        for (int i = 0; i < size; i++) {
            bytes += batch.length(first + i) + 3;
        }
        boolean isTooLarge = bytes > LARGEST_BYTES
                || (bytes > LARGE_BYTES && !engine.evictions().fitsHeap(bytes * BYTES_FOR_ONE));
        if (isTooLarge) {
            return SlowLog.shortened(command, batch, request);
        }
        List<String> words = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            words.add(new String(batch.buffer(), batch.offset(first + i), batch.length(first + i), ISO_8859_1));
        }
        Redaction.apply(command, words);
        return words;
    }

    /** As redis-cli shows bytes. */
    private static void quote(String word, StringBuilder to) {
        for (int i = 0; i < word.length(); i++) {
            char c = word.charAt(i);
            switch (c) {
                case '\\', '"' -> to.append('\\').append(c);
                case '\n' -> to.append("\\n");
                case '\r' -> to.append("\\r");
                case '\t' -> to.append("\\t");
                case '\b' -> to.append("\\b");
                case 7 -> to.append("\\a");
                default -> {
                    if (c >= ' ' && c <= '~') {
                        to.append(c);
                    } else {
                        to.append("\\x").append(Character.forDigit(c >> 4, 16)).append(Character.forDigit(c & 15, 16));
                    }
                }
            }
        }
    }
}
