package io.miniredis.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The image with a small heap: neither replies that are not read nor requests that do not end fill it. */
@Timeout(180)
final class HeapBuffersIT extends SmallHeapTestCase {
    /** Small enough for the reply to be copied, not lent. */
    private static final int VALUE_BYTES = 3000;

    private static final String VALUE = "v".repeat(VALUE_BYTES);

    private static List<String> words(String word, int count) {
        return new ArrayList<>(Collections.nCopies(count, word));
    }

    private void assertClosed(RawClient cutOff) {
        assertEquals(RawReply.CLOSED.raw(), cutOff.read().raw());
        assertTrue(info("client_output_buffer_limit_disconnections") > 0);
    }

    /** Nothing is held any more, so that a reply that takes more than half of what there may be is answered again and again. */
    private void assertMemoryCameBack(int replyBytes) throws IOException {
        int values = replyBytes / VALUE_BYTES;
        List<String> request = words("value", values + 1);
        request.set(0, "MGET");
        for (int i = 0; i < 20; i++) {
            client.send(RawClient.encode(request));
            String reply = client.read().raw();
            assertTrue(reply.length() > values * VALUE_BYTES, reply);
        }
        long buffers = info("mem_clients_normal");
        assertTrue(buffers < MEGABYTE, buffers + " bytes");
    }

    @Test
    void keysWhoseNamesDoNotFitAreThereAfterwards() throws IOException {
        call("SET", "value", VALUE);
        fill(i -> List.of("SET", "a-key-with-a-name-that-is-rather-long:" + i, "v"), 100);
        String keys = call("DBSIZE");
        for (int i = 0; i < 10; i++) {
            try (RawClient greedy = new RawClient(server.port())) {
                greedy.send(RawClient.encode(List.of("KEYS", "*")) + RawClient.encode(List.of("FLUSHALL")));
                assertClosed(greedy);
            }
        }
        assertEquals(keys, call("DBSIZE"));
        assertEquals(10, info("client_output_buffer_limit_disconnections"));
        assertMemoryCameBack(MEGABYTE);
    }

    @Test
    void hundredsOfClientsThatDoNotReadDoNotFillIt() throws IOException {
        call("SET", "value", VALUE);
        fill(i -> List.of("SET", "key:" + i, "x".repeat(100)), 100);
        String keys = call("DBSIZE");
        List<String> many = words("value", 301);
        many.set(0, "MGET");
        String requests = RawClient.encode(List.of("GET", "value")).repeat(1500)
                + RawClient.encode(many).repeat(3);
        List<RawClient> slow = new ArrayList<>();
        try {
            for (int i = 0; i < 200; i++) {
                slow.add(new RawClient(server.port(), 4096));
                slow.get(i).send(requests);
                if (i % 10 == 0) {
                    assertEquals("$" + VALUE_BYTES + "\r\n" + VALUE + "\r\n", call("GET", "value"));
                }
            }
            // Each holds what the system does not take of its replies: together more than the heap has in all.
            while (info("client_output_buffer_limit_disconnections") < 50) {
                Thread.onSpinWait();
            }
            assertTrue(info("connected_clients") > 2, "they are not all cut off");
            assertEquals(keys, call("DBSIZE"));
        } finally {
            for (RawClient each : slow) {
                each.close();
            }
        }
        assertMemoryCameBack(MEGABYTE);
    }

    @Test
    void aTransactionWhoseRepliesDoNotFitIsRunWhole() throws IOException {
        call("SET", "value", VALUE);
        try (RawClient greedy = new RawClient(server.port())) {
            StringBuilder transaction = new StringBuilder(RawClient.encode(List.of("MULTI")));
            transaction.append(RawClient.encode(List.of("SET", "first", "1")));
            transaction.append(RawClient.encode(List.of("GET", "value")).repeat(25_000));
            transaction.append(RawClient.encode(List.of("SET", "last", "1")));
            transaction.append(RawClient.encode(List.of("EXEC")));
            transaction.append(RawClient.encode(List.of("SET", "after", "1")));
            greedy.send(transaction.toString());
            String reply = greedy.read().raw();
            while (reply.equals("+OK\r\n") || reply.equals("+QUEUED\r\n")) {
                reply = greedy.read().raw();
            }
            assertEquals(RawReply.CLOSED.raw(), reply);
            assertEquals(1, info("client_output_buffer_limit_disconnections"));
            assertClosed(greedy);
        }
        assertEquals(":2\r\n", call("EXISTS", "first", "last"));
        assertEquals(":0\r\n", call("EXISTS", "after"));
        assertMemoryCameBack(5 * MEGABYTE);
    }

    @Test
    void elementsWhoseReplyDoesNotFitAreTakenAllOrNot() throws IOException {
        call("SET", "value", VALUE);
        int elements = 200_000;
        List<String> push = words("x".repeat(60), 1002);
        push.set(0, "RPUSH");
        push.set(1, "list");
        for (int i = 1; i <= elements / 1000; i++) {
            assertEquals(":" + i * 1000 + "\r\n", call(push.toArray(String[]::new)));
        }
        try (RawClient greedy = new RawClient(server.port())) {
            greedy.send(RawClient.encode(List.of("LPOP", "list", "" + (elements - 1))));
            assertClosed(greedy);
        }
        assertEquals(":1\r\n", call("LLEN", "list"));
        assertMemoryCameBack(5 * MEGABYTE);
    }

    @Test
    void longMessagesThatAreBeingSentDoNotFillIt() throws IOException {
        call("SET", "value", VALUE);
        String message = "m".repeat(7 * MEGABYTE / 2);
        List<RawClient> subscribers = new ArrayList<>();
        try {
            for (int i = 0; i < 40; i++) {
                subscribers.add(new RawClient(server.port(), 4096));
                subscribers.get(i).call("SUBSCRIBE", "channel:" + i);
                assertEquals(":1\r\n", call("PUBLISH", "channel:" + i, message));
            }
            long cutOff = info("client_output_buffer_limit_disconnections");
            assertTrue(cutOff > 30 && cutOff < 40, cutOff + " cut off");
        } finally {
            for (RawClient each : subscribers) {
                each.close();
            }
        }
        assertMemoryCameBack(5 * MEGABYTE);
    }

    @Test
    void aThousandHalfRequestsDoNotFillIt() throws IOException {
        call("SET", "value", VALUE);
        fill(i -> List.of("SET", "key:" + i, "x".repeat(100)), 100);
        String keys = call("DBSIZE");
        byte[] half = ("*3\r\n$3\r\nSET\r\n$5\r\nvalue\r\n$65000\r\n" + "x".repeat(60_000))
                .getBytes(StandardCharsets.ISO_8859_1);
        List<Socket> clients = new ArrayList<>();
        try {
            for (int i = 0; i < 1000; i++) {
                clients.add(new Socket(InetAddress.getLoopbackAddress(), server.port()));
                try {
                    clients.get(i).getOutputStream().write(half);
                } catch (IOException refused) {
                    assertTrue(clients.get(i).isConnected());
                }
                if (i % 100 == 0) {
                    String text = "y".repeat(10_000);
                    assertEquals("$10000\r\n" + text + "\r\n", call("PING", text));
                }
            }
            assertTrue(info("mem_clients_normal") > MEGABYTE);
            assertEquals(keys, call("DBSIZE"));
        } finally {
            for (Socket each : clients) {
                each.close();
            }
        }
        assertEquals("$" + VALUE_BYTES + "\r\n" + VALUE + "\r\n", call("GET", "value"));
        assertMemoryCameBack(MEGABYTE);
    }
}
