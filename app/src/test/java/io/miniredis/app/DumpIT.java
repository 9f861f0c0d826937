package io.miniredis.app;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Keys that move between a real Redis and the image, in both directions. */
final class DumpIT {
    @AutoClose
    private static ServerProcess redis;

    @AutoClose
    private static ServerProcess image;

    @BeforeAll
    static void startServers() throws Exception {
        RedisTools.require("redis-server");
        redis = ServerProcess.startRedis();
        image = ServerProcess.start();
    }

    static List<List<String>> values() {
        List<String> numbers = new ArrayList<>(List.of("RPUSH", "k"));
        for (long number = 1; number > 0; number <<= 3) {
            numbers.addAll(List.of("" + number, "" + -number, "" + (number - 1)));
        }
        numbers.addAll(List.of("" + Long.MIN_VALUE, "" + Long.MAX_VALUE, "007", "-0", "+1", "1.0"));
        List<String> many = new ArrayList<>(List.of("RPUSH", "k"));
        for (int i = 0; i < 10_000; i++) {
            many.add("element:" + i % 77 + "x".repeat(i % 50));
        }
        String binary = binary(100_000);
        List<String> large = List.of("RPUSH", "k", "before", binary, "x".repeat(100_000), "", "after");
        List<String> lengths = new ArrayList<>(List.of("RPUSH", "k"));
        for (int length :
                new int[] {0, 1, 62, 63, 64, 65, 125, 126, 127, 128, 4094, 4095, 4096, 4097, 8191, 8192, 8193, 16_400
                }) {
            lengths.add("y".repeat(length));
        }
        return List.of(
                List.of("RPUSH", "k", "a", "b", "c"),
                List.of("RPUSH", "k", ""),
                numbers,
                many,
                large,
                lengths,
                List.of("SET", "k", ""),
                List.of("SET", "k", "127"),
                List.of("SET", "k", "-32769"),
                List.of("SET", "k", "" + Long.MAX_VALUE),
                List.of("SET", "k", "hello"),
                List.of("SET", "k", "compressible ".repeat(20_000)),
                List.of("SET", "k", binary));
    }

    private static String binary(int length) {
        byte[] bytes = new byte[length];
        new Random(5).nextBytes(bytes);
        return new String(bytes, ISO_8859_1);
    }

    @ParameterizedTest
    @MethodSource("values")
    void movesFromRedisToTheImageAndBack(List<String> making) throws Exception {
        try (RawClient there = new RawClient(redis.port());
                RawClient here = new RawClient(image.port())) {
            move(making, there, here);
            move(making, here, there);
        }
    }

    private static void move(List<String> making, RawClient from, RawClient to) {
        from.call("FLUSHALL");
        to.call("FLUSHALL");
        from.call(making.toArray(new String[0]));
        String dumped = from.call("DUMP", "k").raw();
        String payload = dumped.substring(dumped.indexOf('\n') + 1, dumped.length() - 2);
        assertEquals("+OK\r\n", to.call("RESTORE", "k", "0", payload).raw());
        for (List<String> question : List.of(
                making.get(0).equals("SET") ? List.of("GET", "k") : List.of("LRANGE", "k", "0", "-1"),
                List.of("OBJECT", "ENCODING", "k"),
                List.of("PTTL", "k"))) {
            String[] words = question.toArray(new String[0]);
            assertEquals(from.call(words).raw(), to.call(words).raw());
        }
        String again = to.call("DUMP", "k").raw();
        String payloadAgain = again.substring(again.indexOf('\n') + 1, again.length() - 2);
        assertEquals(
                "+OK\r\n",
                from.call("RESTORE", "k", "0", payloadAgain, "REPLACE").raw());
    }

    /** Whatever is wrong with a payload whose checksum is right, the image answers, and goes on. */
    @Test
    void damagedPayloadsAreRefusedOrReadAsSomething() throws Exception {
        Random random = new Random(11);
        try (RawClient there = new RawClient(redis.port());
                RawClient here = new RawClient(image.port())) {
            there.call("FLUSHALL");
            there.call(
                    "RPUSH", "k", "a", "-5", "70000", "x".repeat(200), "" + Long.MAX_VALUE, "compressible ".repeat(9));
            String dumped = there.call("DUMP", "k").raw();
            byte[] payload = dumped.substring(dumped.indexOf('\n') + 1, dumped.length() - 2)
                    .getBytes(ISO_8859_1);
            for (int i = 0; i < 3000; i++) {
                byte[] damaged = payload.clone();
                for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
                    damaged[random.nextInt(damaged.length - 10)] = (byte) random.nextInt(256);
                }
                sign(damaged);
                String reply = here.call("RESTORE", "k", "0", new String(damaged, ISO_8859_1), "REPLACE")
                        .raw();
                assertTrue(reply.equals("+OK\r\n") || reply.equals("-ERR Bad data format\r\n"), reply);
            }
            assertEquals("+PONG\r\n", here.call("PING").raw());
        }
    }

    private static void sign(byte[] payload) {
        long crc = 0;
        for (int i = 0; i < payload.length - 8; i++) {
            crc ^= payload[i] & 0xff;
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc & 1) == 0 ? crc >>> 1 : (crc >>> 1) ^ 0x95ac9329ac4bc9b5L;
            }
        }
        for (int i = 0; i < 8; i++) {
            payload[payload.length - 8 + i] = (byte) (crc >>> (8 * i));
        }
    }
}
