package io.miniredis.bench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntUnaryOperator;
import org.tukaani.xz.XZInputStream;

/** Keys in the order in which a cache is asked for them. Generated ones are the same in each run. */
final class Trace {
    /** How many keys a cache of generated traces holds. */
    private static final int CACHED = 5000;

    /** Of how many keys the skewed traces draw. */
    private static final int KEYS = 100_000;

    private static final int KEYS_AT_A_TIME = 20_000;
    private static final int STAYS = 50_000;
    private static final int BETWEEN_SCANS = 20_000;
    private static final int SCANNED = 5000;

    /** The part of a recorded trace's different keys that its cache holds, in percent. */
    private static final int RECORDED_PERCENT = 10;

    private final String name;
    private final int[] keys;
    private final int distinct;
    private final int cached;

    private Trace(String name, int[] keys, int cached) {
        this.name = name;
        this.keys = keys;
        distinct = number(keys);
        this.cached = cached > 0 ? cached : distinct * RECORDED_PERCENT / 100;
    }

    /** Ten different ones of so many requests each, or of fewer if no more were recorded. */
    static List<Trace> all(int requests) {
        return List.of(
                zipf(0.7, requests),
                zipf(0.9, requests),
                zipf(1.0, requests),
                zipf(1.2, requests),
                loop(requests),
                scans(requests),
                shifting(requests),
                recorded("orm-busy", requests),
                recorded("orm-night", requests),
                recorded("web12", requests));
    }

    /** Some keys are much more wanted than others. */
    static Trace zipf(double skew, int requests) {
        Zipf zipf = new Zipf(skew, KEYS, 42);
        return generated("Zipf " + skew, requests, i -> zipf.next());
    }

    /** The same keys over and over in the same order, a tenth more of them than the cache holds. */
    static Trace loop(int requests) {
        int length = CACHED + CACHED / 10;
        return generated("loop of " + Table.count(length), requests, i -> i % length);
    }

    /** Zipf, and now and then many keys that nobody wants again. */
    static Trace scans(int requests) {
        Zipf zipf = new Zipf(0.9, KEYS, 43);
        int period = BETWEEN_SCANS + SCANNED;
        return generated("Zipf 0.9 with scans", requests, i -> i % period < BETWEEN_SCANS ? zipf.next() : KEYS + i);
    }

    /** Zipf, and after a while all of it with other keys. */
    static Trace shifting(int requests) {
        Zipf zipf = new Zipf(0.9, KEYS_AT_A_TIME, 44);
        return generated("shifting Zipf 0.9", requests, i -> i / STAYS * KEYS_AT_A_TIME + zipf.next());
    }

    private static Trace generated(String name, int requests, IntUnaryOperator key) {
        int[] keys = new int[requests];
        Arrays.setAll(keys, key);
        return new Trace(name, keys, CACHED);
    }

    /** The first requests of a trace that lies among the resources. */
    static Trace recorded(String name, int most) {
        String file = "/traces/" + name + ".trace.xz";
        try (InputStream packed = Trace.class.getResourceAsStream(file)) {
            if (packed == null) {
                throw new BenchFailure("there is no " + file);
            }
            byte[] bytes = new XZInputStream(packed).readNBytes(Math.multiplyExact(most, Integer.BYTES));
            int[] keys = new int[bytes.length / Integer.BYTES];
            ByteBuffer.wrap(bytes).asIntBuffer().get(keys);
            return new Trace(name, keys, 0);
        } catch (IOException e) {
            throw new BenchFailure("cannot read " + file, e);
        }
    }

    static Trace of(String name, int... keys) {
        return new Trace(name, keys, 0);
    }

    /** Numbers the keys in the order in which they appear. Returns how many there are. */
    private static int number(int[] keys) {
        Map<Integer, Integer> numbers = new HashMap<>();
        for (int i = 0; i < keys.length; i++) {
            keys[i] = numbers.computeIfAbsent(keys[i], key -> numbers.size());
        }
        return numbers.size();
    }

    String name() {
        return name;
    }

    int requests() {
        return keys.length;
    }

    /** What is asked for; numbered from 0 in the order in which they appear first. */
    int key(int request) {
        return keys[request];
    }

    /** How many different keys there are. */
    int distinct() {
        return distinct;
    }

    /** How many of them a cache shall hold. */
    int cached() {
        return cached;
    }
}
