package io.miniredis.app;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.miniredis.testkit.MemoryAccount;
import io.miniredis.testkit.TestClient;
import io.miniredis.testkit.TestServer;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Values that are too large to lie in slabs use each other's arrays: whatever becomes of them, each key has its own bytes, and the account
 * stays exact. A client does at random what makes, changes, moves and removes them, alone and in transactions, and every reply is
 * compared with what a map says.
 */
final class LargeValuesIT {
    private static final int KEYS = 12;
    private static final int STEPS = 3000;

    private final Map<String, StringBuilder> model = new HashMap<>();
    private int written;

    @ParameterizedTest
    @CsvSource({"1, 1", "2, 2", "3, 1"})
    void eachKeyKeepsItsOwnBytes(long seed, String threads) {
        Random random = new Random(seed);
        try (TestServer server = TestServer.start("io-threads", threads)) {
            TestClient client = server.connect();
            for (int step = 0; step < STEPS; step++) {
                if (random.nextInt(4) == 0) {
                    assertEquals("+OK", client.send("MULTI"));
                    StringBuilder expected = new StringBuilder();
                    for (int left = random.nextInt(6); left >= 0; left--) {
                        String[] command = command(random);
                        assertEquals("+QUEUED", client.send(command));
                        expected.append(expected.length() == 0 ? "" : ", ").append(apply(command));
                    }
                    assertEquals("[" + expected + "]", client.send("EXEC"));
                } else {
                    String[] command = command(random);
                    assertEquals(apply(command), client.send(command));
                }
                if (step % 500 == 0) {
                    assertAllIsThere(server, client);
                }
            }
            assertAllIsThere(server, client);
        }
    }

    private void assertAllIsThere(TestServer server, TestClient client) {
        assertEquals(String.valueOf(model.size()), client.send("DBSIZE"));
        model.keySet().forEach(key -> assertEquals(shown(key), client.send("GET", key)));
        MemoryAccount memory = server.memory();
        assertEquals(memory.weighedBytes(), memory.accountedBytes());
    }

    private String[] command(Random random) {
        String key = "key:" + random.nextInt(KEYS);
        String other = "key:" + random.nextInt(KEYS);
        return switch (random.nextInt(13)) {
            case 0, 1, 2 -> new String[] {"SET", key, value(random)};
            case 3, 4 -> new String[] {"APPEND", key, value(random)};
            case 5 -> new String[] {"SETRANGE", key, String.valueOf(random.nextInt(8000)), value(random)};
            case 6 -> new String[] {"GETDEL", key};
            case 7 -> new String[] {"GETSET", key, value(random)};
            case 8 -> new String[] {"RENAME", key, other};
            case 9 -> new String[] {"COPY", key, other, "REPLACE"};
            case 10 -> new String[] {"DEL", key, other};
            case 11 -> new String[] {"GET", key};
            default -> random.nextInt(100) == 0 ? new String[] {"FLUSHALL"} : new String[] {"STRLEN", key};
        };
    }

    /** No two of them are alike. */
    private String value(Random random) {
        String part = written++ + ".";
        int length = random.nextInt(20) == 0 ? random.nextInt(300_000) : random.nextInt(12_000);
        return part.repeat(1 + length / part.length());
    }

    /** Does it to the map. Returns the reply. */
    private String apply(String... command) {
        String key = command.length > 1 ? command[1] : "";
        String before = shown(key);
        switch (command[0]) {
            case "SET" -> {
                model.put(key, new StringBuilder(command[2]));
                return "+OK";
            }
            case "APPEND" -> {
                StringBuilder value = model.computeIfAbsent(key, unused -> new StringBuilder());
                return String.valueOf(value.append(command[2]).length());
            }
            case "SETRANGE" -> {
                StringBuilder value = model.computeIfAbsent(key, unused -> new StringBuilder());
                int offset = Integer.parseInt(command[2]);
                int end = offset + command[3].length();
                value.setLength(Math.max(value.length(), end)); // with zeros
                value.replace(offset, end, command[3]);
                return String.valueOf(value.length());
            }
            case "GETDEL" -> {
                model.remove(key);
                return before;
            }
            case "GETSET" -> {
                model.put(key, new StringBuilder(command[2]));
                return before;
            }
            case "RENAME" -> {
                StringBuilder value = model.remove(key);
                if (value == null) {
                    return "-ERR no such key";
                }
                model.put(command[2], value);
                return "+OK";
            }
            case "COPY" -> {
                if (key.equals(command[2])) {
                    return "-ERR source and destination objects are the same";
                }
                StringBuilder value = model.get(key);
                if (value == null) {
                    return "0";
                }
                model.put(command[2], new StringBuilder(value));
                return "1";
            }
            case "DEL" -> {
                int size = model.size();
                model.remove(key);
                model.remove(command[2]);
                return String.valueOf(size - model.size());
            }
            case "GET" -> {
                return before;
            }
            case "STRLEN" -> {
                return String.valueOf(model.containsKey(key) ? model.get(key).length() : 0);
            }
            default -> {
                model.clear();
                return "+OK";
            }
        }
    }

    /** What GET replies, as a test's client shows it. */
    private String shown(String key) {
        StringBuilder value = model.get(key);
        return value == null ? "nil" : "'" + value + "'";
    }
}
