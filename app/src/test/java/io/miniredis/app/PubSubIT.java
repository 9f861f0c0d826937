package io.miniredis.app;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.miniredis.app.Party.Said;
import io.miniredis.testkit.TestServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Has several clients subscribe, unsubscribe and publish at random, in transactions and outside, at a real Redis and at our server, and
 * compares what each of them hears after each step, byte for byte.
 *
 * <p>{@code -Dpubsub.sequences=20000 -Dpubsub.seed=1} says how many sequences, and the seed of the first.
 */
final class PubSubIT {
    private static final int SEQUENCES = Integer.getInteger("pubsub.sequences", 300);
    private static final long SEED = Long.getLong("pubsub.seed", 1);
    private static final int CLIENTS = 3;
    private static final int STEPS = 40;

    /** No channel matches two of the patterns, since Redis tries them in an order of its own. */
    private static final List<String> CHANNELS = List.of("a", "aa", "b", "c", "d\0\r\n", "");

    private static final List<String> PATTERNS = List.of("a*", "[bc]", "d?*", "nothing");

    @AutoClose
    private static ServerProcess redis;

    @AutoClose
    private static TestServer ours;

    private static long heard;

    @BeforeAll
    static void startServers() throws Exception {
        RedisTools.require("redis-server");
        redis = ServerProcess.startRedis();
        ours = TestServer.start();
    }

    /** Redis ends all subscriptions in an order of its own. */
    private static boolean isUnordered(Said said) {
        return said.words().size() == 1 && said.words().get(0).endsWith("UNSUBSCRIBE");
    }

    @Test
    void allHearTheSame() throws IOException {
        Party.compare(redis, ours, CLIENTS, SEED, SEQUENCES, PubSubIT::script, PubSubIT::play);
        System.out.println(SEQUENCES + " sequences from seed " + SEED + ", " + heard + " messages and replies");
        assertTrue(heard > (long) SEQUENCES * STEPS);
    }

    /** Who hears what. */
    private static List<String> play(Party party, Said said) throws IOException {
        String[] all = new String[CLIENTS];
        String first = party.say(said);
        for (int i = 0; i < CLIENTS; i++) {
            all[i] = (i == said.client() ? first : "") + party.hear(i);
        }
        List<String> shown = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            List<RawReply> replies = replies(all[i]);
            heard += replies.size();
            shown.add(
                    i == said.client() && isUnordered(said)
                            ? unordered(replies)
                            : new RawReply(all[i], List.of()).toString());
        }
        return shown;
    }

    private static List<RawReply> replies(String wire) throws IOException {
        ByteArrayInputStream in = new ByteArrayInputStream(wire.getBytes(ISO_8859_1));
        List<RawReply> replies = new ArrayList<>();
        while (in.available() > 0) {
            replies.add(RawReply.read(in));
        }
        return replies;
    }

    /** The names in alphabetical order; how many are left, in theirs. */
    private static String unordered(List<RawReply> replies) {
        return replies.stream()
                        .map(reply -> reply.elements().isEmpty()
                                ? reply.raw()
                                : reply.elements().get(1).raw())
                        .sorted()
                        .collect(Collectors.joining())
                + replies.stream()
                        .map(reply -> reply.elements().isEmpty()
                                ? ""
                                : reply.elements().get(2).raw())
                        .collect(Collectors.joining());
    }

    private static List<Said> script(Random random) {
        List<Said> script = new ArrayList<>();
        boolean[] queues = new boolean[CLIENTS];
        while (script.size() < STEPS) {
            int client = random.nextInt(CLIENTS);
            List<String> words = words(random, queues[client]);
            queues[client] = Party.queues(queues[client], words.get(0));
            script.add(new Said(client, words));
        }
        return script;
    }

    private static List<String> words(Random random, boolean queues) {
        int chosen = random.nextInt(queues ? 16 : 22);
        return switch (chosen) {
            case 0, 1 -> named(random, "SUBSCRIBE", CHANNELS);
            case 2 -> named(random, "PSUBSCRIBE", PATTERNS);
            case 3 -> named(random, "SSUBSCRIBE", CHANNELS);
            case 4 -> named(random, "UNSUBSCRIBE", CHANNELS);
            case 5 -> named(random, "PUNSUBSCRIBE", PATTERNS);
            case 6 -> named(random, "SUNSUBSCRIBE", CHANNELS);
            case 7, 8, 9 -> List.of("PUBLISH", any(random, CHANNELS), "m" + random.nextInt(1000));
            case 10 -> List.of("SPUBLISH", any(random, CHANNELS), "x".repeat(random.nextInt(200)));
            case 11 -> random.nextBoolean() ? List.of("PING") : List.of("PING", "p");
            case 12 -> List.of("PUBSUB", "NUMSUB", any(random, CHANNELS), any(random, CHANNELS));
            case 13 -> random.nextBoolean() ? List.of("PUBSUB", "NUMPAT") : List.of("GET", "k");
            case 14, 15 -> queues ? List.of("EXEC") : List.of("MULTI");
            case 16 -> List.of("UNSUBSCRIBE");
            case 17 -> List.of("PUNSUBSCRIBE");
            case 18 -> List.of("SUNSUBSCRIBE");
            case 19 -> random.nextBoolean() ? List.of("RESET") : List.of("DISCARD");
            case 20 -> List.of("PUBSUB", "SHARDNUMSUB", any(random, CHANNELS));
            default -> List.of("PUBLISH", any(random, CHANNELS), "\r\n\0\u00ff".repeat(random.nextInt(30)));
        };
    }

    private static String any(Random random, List<String> of) {
        return of.get(random.nextInt(of.size()));
    }

    private static List<String> named(Random random, String command, List<String> names) {
        List<String> words = new ArrayList<>();
        words.add(command);
        for (int i = random.nextInt(3); i >= 0; i--) {
            words.add(any(random, names));
        }
        return words;
    }
}
