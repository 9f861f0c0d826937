package io.miniredis.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.miniredis.api.transport.RequestBatch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Requests that are decoded already and differ in their keys only. There are as many as it takes to name each key once, in random
 * order, and all lie one after the other in one array; a batch is the next few of them, as if they had just been read. After the
 * last comes the first again. {@link #next} allocates nothing.
 */
final class Requests {
    /** In an argument, stands for a number of twelve digits that is each time another. */
    private static final String NUMBER = "000000000000";

    /** A key of 16 bytes. */
    static final String KEY = "key:" + NUMBER;

    /** An element of 16 bytes. */
    static final String ELEMENT = "e".repeat(16);

    /** A value of 32 bytes. */
    static final String VALUE = "v".repeat(32);

    private final RequestBatch batch = new RequestBatch();
    /** The requests, all of the same length. */
    private final byte[] bytes;

    private final int bytesPerRequest;
    /** The ways to read each request, which take turns: first those of the first way, for one request, then of the second. */
    private final Place[][] ways;

    /** Where the next request begins. */
    private int at;
    /** In which way it is read. */
    private int way;

    /** An argument: where it lies, counted from the beginning of its request, and how long it is. */
    private record Place(int offset, int length) {
        Place after(int more) {
            return new Place(offset + more, length);
        }
    }

    private Requests(byte[] bytes, int bytesPerRequest, Place[]... ways) {
        this.bytes = bytes;
        this.bytesPerRequest = bytesPerRequest;
        this.ways = ways;
    }

    /** One request for each of so many keys. */
    static Requests of(int keys, String name, String... arguments) {
        return repeating(1, keys, name, arguments);
    }

    /** Requests that repeat their arguments, each time with another key, until each of so many keys was named once. */
    static Requests repeating(int times, int keys, String name, String... arguments) {
        List<String> all = new ArrayList<>(List.of(name));
        for (int i = 0; i < times; i++) {
            all.addAll(List.of(arguments));
        }
        byte[] request = String.join("", all).getBytes(US_ASCII);
        int count = Math.max(1, keys / times);
        byte[] bytes = new byte[Math.multiplyExact(count, request.length)];
        for (int i = 0; i < count; i++) {
            System.arraycopy(request, 0, bytes, i * request.length, request.length);
        }
        Place[] places = places(all);
        number(bytes, request.length, all, places, shuffled(count * times));
        return new Requests(bytes, request.length, places);
    }

    private static void number(byte[] bytes, int bytesPerRequest, List<String> all, Place[] places, int[] numbers) {
        int next = 0;
        for (int base = 0; base < bytes.length; base += bytesPerRequest) {
            for (int i = 0; i < places.length; i++) {
                int digits = all.get(i).indexOf(NUMBER);
                if (digits >= 0) {
                    putNumber(bytes, base + places[i].offset + digits, numbers[next++]);
                }
            }
        }
    }

    private static Place[] places(List<String> arguments) {
        Place[] places = new Place[arguments.size()];
        int offset = 0;
        for (int i = 0; i < places.length; i++) {
            places[i] = new Place(offset, arguments.get(i).length());
            offset += places[i].length;
        }
        return places;
    }

    private static int[] shuffled(int count) {
        SplittableRandom random = new SplittableRandom(count);
        int[] order = new int[count];
        for (int i = 0; i < count; i++) {
            int other = random.nextInt(i + 1);
            order[i] = order[other];
            order[other] = i;
        }
        return order;
    }

    private static void putNumber(byte[] bytes, int offset, int number) {
        int rest = number;
        for (int digit = offset + NUMBER.length() - 1; digit >= offset; digit--) {
            bytes[digit] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
    }

    /** The same requests, each followed by one of another name with the same first few arguments. */
    Requests alternatingWith(String otherName, int argumentsKept) {
        byte[] name = otherName.getBytes(US_ASCII);
        int longer = name.length + bytesPerRequest;
        byte[] extended = new byte[bytes.length / bytesPerRequest * longer];
        for (int from = 0, to = 0; from < bytes.length; from += bytesPerRequest, to += longer) {
            System.arraycopy(name, 0, extended, to, name.length);
            System.arraycopy(bytes, from, extended, to + name.length, bytesPerRequest);
        }
        Place[] first =
                Arrays.stream(ways[0]).map(place -> place.after(name.length)).toArray(Place[]::new);
        Place[] second = Arrays.copyOf(first, 1 + argumentsKept);
        second[0] = new Place(0, name.length);
        return new Requests(extended, longer, first, second);
    }

    /** How many requests there are until they begin again. */
    int size() {
        return bytes.length / bytesPerRequest * ways.length;
    }

    /** The next requests; the same batch each time. */
    RequestBatch next(int count) {
        batch.clear(bytes);
        for (int i = 0; i < count; i++) {
            for (Place place : ways[way]) {
                batch.addArgument(at + place.offset, place.length);
            }
            batch.endRequest(at + bytesPerRequest);
            if (++way == ways.length) {
                way = 0;
                at = at + bytesPerRequest == bytes.length ? 0 : at + bytesPerRequest;
            }
        }
        return batch;
    }
}
