package io.miniredis.engine;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.miniredis.api.transport.RequestBatch;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** The commands that took long, newest first, as many as {@code slowlog-max-len} says. Thread-safe; its monitor is held for a moment. */
final class SlowLog {
    /** Of more arguments the last one shown says how many are left. */
    private static final int MAX_ARGUMENTS = 32;

    private static final int MAX_ARGUMENT_BYTES = 128;

    private final LongSupplier thresholdMicros;
    private final LongSupplier maxLength;
    private final Deque<Entry> entries = new ArrayDeque<>();
    private long nextId;

    /**
     * A command that took long.
     *
     * @param seconds since the Unix epoch, when it had run
     * @param command its name, in lower case
     * @param arguments shortened, a char for each byte
     * @param address of the client
     * @param clientName empty if it has none
     */
    record Entry(
            long id,
            long seconds,
            long micros,
            String command,
            List<String> arguments,
            String address,
            String clientName) {}

    SlowLog(Settings settings) {
        thresholdMicros = settings.follow("slowlog-log-slower-than");
        maxLength = settings.follow("slowlog-max-len");
    }

    /** How long a command takes that is logged, in nanoseconds; negative if none is. */
    long thresholdNanos() {
        return TimeUnit.MICROSECONDS.toNanos(thresholdMicros.getAsLong());
    }

    /** Logs a command. */
    void add(Command command, RequestBatch batch, int request, ClientSession client, long nanos, long nowMillis) {
        List<String> arguments = shortened(command, batch, request);
        synchronized (this) {
            entries.addFirst(new Entry(
                    nextId++,
                    TimeUnit.MILLISECONDS.toSeconds(nowMillis),
                    TimeUnit.NANOSECONDS.toMicros(nanos),
                    command.spec.name(),
                    arguments,
                    client.remoteAddress(),
                    client.name()));
            while (entries.size() > maxLength.getAsLong()) {
                entries.removeLast();
            }
        }
    }

    /** No more words, and of each no more bytes, than decide what is shown. */
    private static List<String> wordsOf(RequestBatch batch, int request) {
        List<String> words = new ArrayList<>();
        int first = batch.firstArgument(request);
        int size = batch.argumentCount(request);
        int shown = size > MAX_ARGUMENTS ? MAX_ARGUMENTS - 1 : size;
        for (int i = 0; i < shown; i++) {
            int length = batch.length(first + i);
            int kept = Math.min(length, MAX_ARGUMENT_BYTES);
            String word = new String(batch.buffer(), batch.offset(first + i), kept, ISO_8859_1);
            words.add(length > kept ? word + "... (" + (length - kept) + " more bytes)" : word);
        }
        if (shown < size) {
            words.add("... (" + (size - shown) + " more arguments)");
        }
        return words;
    }

    /** The words of a request as they are shown: not many, not all of long ones, no secrets. */
    static List<String> shortened(Command command, RequestBatch batch, int request) {
        List<String> words = wordsOf(batch, request);
        Redaction.apply(command, words);
        return List.copyOf(words);
    }

    /** The newest entries; all if {@code count} is negative. */
    synchronized List<Entry> newest(long count) {
        return entries.stream().limit(count < 0 ? entries.size() : count).toList();
    }

    synchronized int length() {
        return entries.size();
    }

    synchronized void clear() {
        entries.clear();
    }
}
