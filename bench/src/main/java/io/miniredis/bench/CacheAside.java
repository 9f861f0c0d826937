package io.miniredis.bench;

import java.io.IOException;
import java.util.concurrent.locks.LockSupport;

/**
 * A client that uses a server as a cache: it gets each key of a trace, and sets it if it was not there.
 *
 * <p>It asks for some keys at a time, and sets those that were missed together with the next question. A key is never asked for
 * twice at a time, so that the second time it is there: what hits is what would hit if each request waited for the one before.
 */
final class CacheAside {
    /** How many keys are asked for at a time at most. */
    static final int WINDOW = 16;

    static final int VALUE_BYTES = 100;

    /** How often, in questions, the server is asked how many keys it holds, once it is full. */
    private static final int COUNT_EVERY = 100;

    private static final byte[] GET = RespClient.request("GET", Keys.KEY);
    private static final byte[] SET = RespClient.request("SET", Keys.KEY, "v".repeat(VALUE_BYTES));
    private static final int DIGITS_IN_GET = Keys.numberIn(GET);
    private static final int DIGITS_IN_SET = Keys.numberIn(SET);

    private final RespClient client;
    private final byte[] out = new byte[WINDOW * (GET.length + SET.length)];
    private int length;

    private final int[] missed = new int[WINDOW];
    private int misses;
    private long hits;
    private long evictedBefore;
    private long counted;
    private int counts;

    /**
     * What was found.
     *
     * @param hits how many requests found their key
     * @param held how many keys there were, in the mean since the first was evicted; if none was, in the end
     * @param full whether any was evicted
     */
    record Result(long hits, int held, boolean full) {}

    CacheAside(RespClient client) {
        this.client = client;
    }

    /**
     * Replays a trace on a server that has no keys.
     *
     * @param perSecond how many requests a second are sent; 0 for as many as can be
     */
    Result replay(Trace trace, double perSecond) throws IOException {
        evictedBefore = evicted();
        long begin = System.nanoTime();
        int questions = 0;
        for (int from = 0; from < trace.requests(); questions++) {
            int to = windowEnd(trace, from);
            if (perSecond > 0) {
                awaitNanos(begin + (long) (from / perSecond * 1e9));
            }
            ask(trace, from, to);
            if (questions % COUNT_EVERY == 0) {
                count();
            }
            from = to;
        }
        count();
        boolean full = counts > 0;
        double held = full ? (double) counted / counts : size();
        return new Result(hits, (int) Math.round(held), full);
    }

    private void count() throws IOException {
        if (evicted() > evictedBefore) {
            counted += size();
            counts++;
        }
    }

    private long evicted() throws IOException {
        return client.infoNumber("stats", "evicted_keys");
    }

    private long size() throws IOException {
        return Long.parseLong(client.call("DBSIZE"));
    }

    /** Up to the first key that is there already. */
    private static int windowEnd(Trace trace, int from) {
        int most = Math.min(trace.requests(), from + WINDOW);
        for (int to = from + 1; to < most; to++) {
            for (int other = from; other < to; other++) {
                if (trace.key(other) == trace.key(to)) {
                    return to;
                }
            }
        }
        return most;
    }

    private static void awaitNanos(long due) {
        for (long wait = due - System.nanoTime(); wait > 0; wait = due - System.nanoTime()) {
            LockSupport.parkNanos(wait);
        }
    }

    private void ask(Trace trace, int from, int to) throws IOException {
        length = 0;
        int sets = misses;
        for (int i = 0; i < misses; i++) {
            append(SET, DIGITS_IN_SET, missed[i]);
        }
        for (int i = from; i < to; i++) {
            append(GET, DIGITS_IN_GET, trace.key(i));
        }
        client.send(out, 0, length);
        client.skipReplies(sets);
        misses = 0;
        for (int i = from; i < to; i++) {
            if (client.skipValue()) {
                hits++;
            } else {
                missed[misses++] = trace.key(i);
            }
        }
    }

    private void append(byte[] request, int digits, int key) {
        System.arraycopy(request, 0, out, length, request.length);
        Keys.putNumber(out, length + digits, key);
        length += request.length;
    }

    /** Sets so many keys from a number on, as many at a time as are set while a trace is replayed. */
    static void fill(RespClient client, long from, long count) throws IOException {
        client.fill(SET, from, from + count, WINDOW);
    }
}
