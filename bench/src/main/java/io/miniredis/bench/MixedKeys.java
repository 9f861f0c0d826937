package io.miniredis.bench;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Keys of many kinds: what a server that is used for several things may hold. */
final class MixedKeys {
    /** So far away that nothing expires meanwhile. */
    private static final String EXPIRES_SECONDS = "1000000";

    private static final int BATCH_BYTES = 30_000;
    private static final String ELEMENT = "e".repeat(16);

    /** A kind of keys, and how many of a thousand are of it. */
    private record Kind(String name, int perMille, List<byte[]> requests, int databases) {}

    private static final List<Kind> KINDS = List.of(
            kind("integers of 1 to 18 digits", 200, IntStream.rangeClosed(1, 18).mapToObj(n -> set("7".repeat(n)))),
            kind("empty strings", 50, IntStream.of(0).mapToObj(n -> set(""))),
            kind("strings of 1 to 64 bytes", 250, IntStream.rangeClosed(1, 64).mapToObj(n -> set("v".repeat(n)))),
            kind("strings of 100 to 1,000", 98, IntStream.rangeClosed(1, 10).mapToObj(n -> set("v".repeat(n * 100)))),
            kind("strings of 10,000", 1, IntStream.of(10_000).mapToObj(n -> set("v".repeat(n)))),
            kind("lists of 1 element", 100, IntStream.of(1).mapToObj(MixedKeys::push)),
            kind("lists of 2 to 20", 50, IntStream.rangeClosed(2, 20).mapToObj(MixedKeys::push)),
            kind("lists of 1,000", 1, IntStream.of(1000).mapToObj(MixedKeys::push)),
            kind("strings of 32 that expire", 200, IntStream.of(32).mapToObj(n -> setExpiring("v".repeat(n)))),
            new Kind("strings of 32 in 10 databases", 50, List.of(set("v".repeat(32))), 10));

    private final long keys;

    /** @param keys of all kinds together */
    MixedKeys(long keys) {
        this.keys = keys;
    }

    private static Kind kind(String name, int perMille, Stream<byte[]> requests) {
        return new Kind(name, perMille, requests.toList(), 1);
    }

    private static byte[] set(String value) {
        return RespClient.request("SET", Keys.KEY, value);
    }

    private static byte[] setExpiring(String value) {
        return RespClient.request("SET", Keys.KEY, value, "EX", EXPIRES_SECONDS);
    }

    private static byte[] push(int elements) {
        String[] arguments = new String[2 + elements];
        Arrays.fill(arguments, ELEMENT);
        arguments[0] = "RPUSH";
        arguments[1] = Keys.KEY;
        return RespClient.request(arguments);
    }

    int kinds() {
        return KINDS.size();
    }

    String name(int kind) {
        return KINDS.get(kind).name;
    }

    long count(int kind) {
        return keys * KINDS.get(kind).perMille / 1000;
    }

    /** Puts the keys of one kind into a server, each with a name of its own. */
    void load(RespClient client, int kind) throws IOException {
        List<byte[]> requests = KINDS.get(kind).requests;
        int databases = KINDS.get(kind).databases;
        int parts = requests.size() * databases;
        long from = IntStream.range(0, kind).mapToLong(this::count).sum();
        for (int part = 0; part < parts; part++) {
            client.call("SELECT", Integer.toString(part / requests.size()));
            byte[] request = requests.get(part % requests.size());
            long begin = from + count(kind) * part / parts;
            long end = from + count(kind) * (part + 1) / parts;
            client.fill(request, begin, end, Math.max(1, BATCH_BYTES / request.length));
        }
        client.call("SELECT", "0");
    }
}
