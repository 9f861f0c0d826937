package io.miniredis.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** A server at work with an eviction policy, as a cache of so many keys. */
final class Contender implements AutoCloseable {
    /** Limits are tried out at most so often. */
    private static final int TRIALS = 8;

    /** How far a server may be from the number of keys wanted, as a part of it. */
    private static final double TOLERANCE = 0.005;

    /** Filling ends when it adds less than this part. */
    private static final double GROWTH = 0.001;

    private static final int MOST_FILLINGS = 8;

    /** A trace is replayed again with another limit if more or fewer keys were held than this part allows. */
    private static final double REPLAY_TOLERANCE = 0.02;

    private static final int REPLAYS = 3;

    private final String name;
    private final Server server;
    /** By the number of keys that there is room for. */
    private final Map<Integer, Room> rooms = new HashMap<>();

    /** What {@code maxmemory} is, and what a key takes of it. */
    private record Room(long limit, double bytesPerKey) {
        Room with(long moreKeys) {
            return new Room(limit + Math.round(moreKeys * bytesPerKey), bytesPerKey);
        }
    }

    private Contender(String name, Server server) {
        this.name = name;
        this.server = server;
    }

    /**
     * Starts a server with a policy. Returns null if it does not have the policy.
     *
     * @param plugins a folder of plugins for miniRedis
     */
    static Contender start(Setup setup, ServerSpec spec, String policy, Path plugins) {
        Server server = setup.start(spec, Map.of("MINIREDIS_PLUGINS_DIR", plugins.toString()));
        if (!server.ask(client -> accepts(client, policy))) {
            server.close();
            return null;
        }
        return new Contender(spec.name() + " " + policy.replaceFirst("^allkeys-", ""), server);
    }

    private static boolean accepts(RespClient client, String policy) throws IOException {
        try {
            client.call("CONFIG", "SET", "maxmemory-policy", policy);
            return true;
        } catch (BenchFailure refused) {
            return false;
        }
    }

    String name() {
        return name;
    }

    /**
     * Replays a trace with room for so many keys, see {@link CacheAside#replay}; again with a little more or less room if that was
     * off, as other memory of the server, such as its clients' buffers, comes and goes.
     */
    CacheAside.Result replay(Trace trace, int keys, double perSecond) {
        if (!rooms.containsKey(keys)) {
            rooms.put(keys, server.ask(client -> roomFor(client, keys)));
        }
        CacheAside.Result result = replay(trace, rooms.get(keys), perSecond);
        for (int again = 1; again < REPLAYS && isOff(result, keys); again++) {
            rooms.put(keys, rooms.get(keys).with(keys - result.held()));
            result = replay(trace, rooms.get(keys), perSecond);
        }
        return result;
    }

    private CacheAside.Result replay(Trace trace, Room room, double perSecond) {
        return server.ask(client -> {
            limit(client, room.limit);
            return new CacheAside(client).replay(trace, perSecond);
        });
    }

    /** A server that was never full has not shown how much it can hold, unless that is too much. */
    private static boolean isOff(CacheAside.Result result, int keys) {
        boolean known = result.full() || result.held() > keys;
        return known && isOff(keys - result.held(), keys, REPLAY_TOLERANCE);
    }

    private static boolean isOff(long missing, int keys, double tolerance) {
        return Math.abs(missing) > tolerance * keys;
    }

    /** What so many keys take, corrected by how many are there after an overflow. */
    private static Room roomFor(RespClient client, int keys) throws IOException {
        limit(client, 0);
        long empty = client.usedMemory();
        CacheAside.fill(client, 0, keys);
        long full = client.usedMemory();
        Room room = new Room(full, (double) (full - empty) / keys);
        for (int trial = 0; trial < TRIALS; trial++) {
            limit(client, room.limit);
            long missing = keys - heldWhenFull(client, keys);
            if (!isOff(missing, keys, TOLERANCE)) {
                break;
            }
            room = room.with(missing);
        }
        return room;
    }

    /** Sets the limit for a server without keys. */
    private static void limit(RespClient client, long bytes) throws IOException {
        client.call("FLUSHALL");
        client.call("CONFIG", "SET", "maxmemory", Long.toString(bytes));
    }

    /** Puts in keys until there are no more of them than before. */
    private static long heldWhenFull(RespClient client, int keys) throws IOException {
        long held = 0;
        for (int filling = 0; filling < MOST_FILLINGS; filling++) {
            long before = held;
            CacheAside.fill(client, (long) filling * keys, keys);
            held = Long.parseLong(client.call("DBSIZE"));
            if (held <= before * (1 + GROWTH)) {
                break;
            }
        }
        return held;
    }

    @Override
    public void close() {
        server.close();
    }
}
