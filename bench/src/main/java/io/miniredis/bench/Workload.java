package io.miniredis.bench;

import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** What a load generator asks a server to do. All but lists spread over the whole key space. */
enum Workload {
    /** Sets random keys. */
    SET,
    /** Gets random keys, all of which are there. */
    GET,
    /** Counts with random keys. */
    INCR,
    /** Pushes onto one list. */
    LPUSH,
    /** Pops from one list that does not run empty. */
    LPOP,
    /** The first 100 elements of a list. */
    LRANGE_100,
    /** The first 600 elements of a list. */
    LRANGE_600,
    /** Sets ten random keys. */
    MSET;

    /** The list that redis-benchmark works on. */
    static final String LIST = "mylist";

    private static final int ELEMENT_BYTES = 32;
    private static final int RANGED_LENGTH = 1000;

    /** What redis-benchmark is told. Ranges are spelled out, or it would fill the list within the time it measures. */
    List<String> arguments() {
        return switch (this) {
            case LRANGE_100 -> List.of("LRANGE", LIST, "0", "99");
            case LRANGE_600 -> List.of("LRANGE", LIST, "0", "599");
            default -> List.of("-t", toString());
        };
    }

    /** Puts the server into the state that so many requests start from. */
    void prepare(Server server, long requests) {
        server.tell(client -> prepare(client, requests));
    }

    private void prepare(RespClient client, long requests) throws IOException {
        switch (this) {
            case LPUSH -> client.call("DEL", LIST);
            case LPOP -> client.fillList(LIST, requests, ELEMENT_BYTES);
            case LRANGE_100, LRANGE_600 -> client.fillList(LIST, RANGED_LENGTH, ELEMENT_BYTES);
            default -> {
                // the keys are there
            }
        }
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
