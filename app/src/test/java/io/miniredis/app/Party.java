package io.miniredis.app;

import io.miniredis.testkit.TestClient;
import io.miniredis.testkit.TestServer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

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
