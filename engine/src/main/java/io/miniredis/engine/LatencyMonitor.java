package io.miniredis.engine;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Events that took at least {@code latency-monitor-threshold} milliseconds, by their kind: for each kind the worst of each second, and
 * of these the last 160. Thread-safe; its monitor is held for a moment.
 */
final class LatencyMonitor {
    /** A command that its spec does not call fast. */
    static final String COMMAND = "command";

    /** A command that its spec calls fast. */
    static final String FAST_COMMAND = "fast-command";

    /** A round of removing keys that have expired. */
    static final String EXPIRE_CYCLE = "expire-cycle";

    private static final int MAX_SAMPLES = 160;

    private final LongSupplier thresholdMillis;
    private final Ticker ticker;
    private final Map<String, Series> series = new TreeMap<>();

    /**
     * The worst of a second.
     *
     * @param seconds since the Unix epoch
     */
    record Sample(long seconds, long millis) {}

    /** The samples of one kind. */
    private static final class Series {
        private final Deque<Sample> samples = new ArrayDeque<>();
        private long maxMillis;

        void add(Sample sample) {
            maxMillis = Math.max(maxMillis, sample.millis);
            Sample last = samples.peekLast();
            if (last != null && last.seconds == sample.seconds) {
                samples.removeLast();
                samples.addLast(new Sample(last.seconds, Math.max(last.millis, sample.millis)));
                return;
            }
            samples.addLast(sample);
            if (samples.size() > MAX_SAMPLES) {
                samples.removeFirst();
            }
        }
    }

    /**
     * What is known of a kind of event.
     *
     * @param samples oldest first, at least one
     * @param maxMillis the worst since the last reset, perhaps older than the samples
     */
    record Event(String name, List<Sample> samples, long maxMillis) {
        Sample latest() {
            return samples.get(samples.size() - 1);
        }
    }

    LatencyMonitor(Settings settings, Ticker ticker) {
        thresholdMillis = settings.follow("latency-monitor-threshold");
        this.ticker = ticker;
    }

    /** How long an event takes that is noted, in nanoseconds; {@link Long#MAX_VALUE} if none is. */
    long thresholdNanos() {
        long millis = thresholdMillis.getAsLong();
        return millis == 0 ? Long.MAX_VALUE : TimeUnit.MILLISECONDS.toNanos(millis);
    }

    /** Notes an event, if it took long enough. */
    void took(String event, long nanos) {
        if (nanos < thresholdNanos()) {
            return;
        }
        Sample sample =
                new Sample(TimeUnit.MILLISECONDS.toSeconds(ticker.millis()), TimeUnit.NANOSECONDS.toMillis(nanos));
        synchronized (this) {
            series.computeIfAbsent(event, name -> new Series()).add(sample);
        }
    }

    /** All kinds that have samples. */
    synchronized List<Event> events() {
        List<Event> events = new ArrayList<>();
        series.forEach((name, each) -> events.add(new Event(name, List.copyOf(each.samples), each.maxMillis)));
        return events;
    }

    /** One kind; null if it has no samples. */
    synchronized Event event(String name) {
        Series found = series.get(name);
        return found == null ? null : new Event(name, List.copyOf(found.samples), found.maxMillis);
    }

    /** Forgets one kind. Returns whether there was anything. */
    synchronized boolean reset(String name) {
        return series.remove(name) != null;
    }

    /** Forgets all kinds. Returns how many there were. */
    synchronized int resetAll() {
        int count = series.size();
        series.clear();
        return count;
    }
}
