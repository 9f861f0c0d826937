package io.miniredis.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

final class MixedKeysTest {
    private final Set<String> keys = new HashSet<>();
    private final Set<String> databases = new TreeSet<>();
    private final Set<Integer> lengths = new TreeSet<>();
    private final MixedKeys mixed = new MixedKeys(10_000);

    private String answer(List<String> request) {
        switch (request.get(0)) {
            case "SELECT" -> databases.add(request.get(1));
            case "RPUSH" -> lengths.add(request.size() - 2);
            default -> assertEquals("SET", request.get(0));
        }
        if (!request.get(0).equals("SELECT")) {
            assertTrue(keys.add(request.get(1)), "a key is put in twice");
        }
        return "+OK\r\n";
    }

    @Test
    void eachKindPutsInAsManyKeysAsItSays() throws IOException {
        try (FakeServer server = new FakeServer(this::answer);
                RespClient client = new RespClient(server.port())) {
            for (int kind = 0; kind < mixed.kinds(); kind++) {
                int before = keys.size();
                mixed.load(client, kind);
                assertEquals(mixed.count(kind), keys.size() - before, mixed.name(kind));
            }
            assertEquals(10_000, keys.size());
            assertEquals(10, databases.size());
            assertEquals(21, lengths.size(), "1 to 20, and 1,000");
        }
    }
}
