package io.miniredis.app;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.miniredis.testkit.TestClient;
import io.miniredis.testkit.TestServer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;

/** A server and its clients, each of which may hear what it has not asked for. */
interface Party extends AutoCloseable {
    /**
     * What a client says.
     *
     * @param client its number
     */
    record Said(int client, List<String> words) {}

    /** What a client receives at once for what it says. */
    String say(Said said) throws IOException;

    /** What a client has received since. */
    String hear(int client) throws IOException;

    @Override
    void close() throws IOException;

    /** What comes of what one client says, for all to compare. */
    interface Playing {
        List<String> play(Party party, Said said) throws IOException;
    }

    /**
     * Has the clients of a real Redis and those of our server say the same, each in RESP2 or RESP3, and compares what comes of it after each
     * step.
     *
     * @param seed of the first sequence
     * @param script what is said in a sequence, drawn at random
     */
    static void compare(
            ServerProcess redis,
            TestServer ours,
            int clients,
            long seed,
            int sequences,
            Function<Random, List<Said>> script,
            Playing playing)
            throws IOException {
        for (long sequence = seed; sequence < seed + sequences; sequence++) {
            Random random = new Random(sequence * 0x9E3779B97F4A7C15L);
            int[] protocols = random.ints(clients, 2, 4).toArray();
            List<Said> all = script.apply(random);
            try (Party real = new Real(redis.port(), protocols);
                    Party our = new Ours(ours, protocols)) {
                StringBuilder before = new StringBuilder("seed " + sequence + "\n");
                for (Said said : all) {
                    before.append(said).append('\n');
                    assertEquals(playing.play(real, said), playing.play(our, said), before::toString);
                }
            }
        }
    }

    /** Whether a client queues commands after it has sent one. */
    static boolean queues(boolean before, String command) {
        return switch (command) {
            case "MULTI" -> true;
            case "EXEC", "DISCARD", "RESET" -> false;
            default -> before;
        };
    }

    /** A real Redis. */
    final class Real implements Party {
        private final RawClient control;
        private final List<RawClient> clients = new ArrayList<>();

        Real(int port, int[] protocols) throws IOException {
            control = new RawClient(port);
            for (int protocol : protocols) {
                RawClient client = new RawClient(port);
                client.call("HELLO", "" + protocol);
                clients.add(client);
            }
        }

        @Override
        public String say(Said said) throws IOException {
            RawClient client = clients.get(said.client());
            client.send(RawClient.encode(said.words()));
            String first = client.read().raw();
            control.call("PING"); // when this is answered, all has been sent to everybody
            return first;
        }

        @Override
        public String hear(int client) throws IOException {
            StringBuilder all = new StringBuilder();
            while (clients.get(client).hasMore()) {
                all.append(clients.get(client).read().raw());
            }
            return all.toString();
        }

        @Override
        public void close() throws IOException {
            for (RawClient client : clients) {
                client.call("RESET"); // so that it is gone when the next sequence begins
                client.close();
            }
            control.close();
        }
    }

    /** A server within this process. */
    final class Ours implements Party {
        private final List<TestClient> clients = new ArrayList<>();

        Ours(TestServer server, int[] protocols) {
            for (int protocol : protocols) {
                TestClient client = server.connect();
                client.send("HELLO", "" + protocol);
                clients.add(client);
            }
        }

        @Override
        public String say(Said said) {
            return clients.get(said.client()).wire(said.words().toArray(String[]::new));
        }

        @Override
        public String hear(int client) {
            return clients.get(client).receiveWire();
        }

        @Override
        public void close() {
            clients.forEach(TestClient::close);
        }
    }
}
