package io.miniredis.commands.lists;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.miniredis.api.Args;
import io.miniredis.api.CommandContext;
import io.miniredis.api.CommandException;
import io.miniredis.api.CommandHandler;
import io.miniredis.api.CommandSpec;
import io.miniredis.api.Key;
import io.miniredis.api.KeySpec;
import io.miniredis.api.KeySpec.Access;
import io.miniredis.api.Keyspace;
import io.miniredis.api.Reply;
import io.miniredis.testkit.MemoryAccount;
import io.miniredis.testkit.TestClient;
import io.miniredis.testkit.TestServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Small lists that are kept as bytes behave as others do. */
final class CompactListTest {
    private final TestServer server = TestServer.setup()
            .add(new Script())
            .set("io-threads", "1")
            .set("compact-values-from", "0")
            .start();
    private final TestServer plain = TestServer.setup()
            .add(new Script())
            .set("compact-values-from", "1000000")
            .start();
    private final TestClient client = server.connect();
    private final TestClient plainClient = plain.connect();

    @AfterEach
    void close() {
        server.close();
        plain.close();
    }

    /** Sends a command to both servers. Returns what both reply. */
    private String both(String... command) {
        String reply = client.send(command);
        assertEquals(plainClient.send(command), reply, String.join(" ", command));
        return reply;
    }

    private void assertWeighedRight() {
        MemoryAccount account = server.memory();
        assertEquals(account.weighedBytes(), account.accountedBytes());
    }

    private long weight(String key) {
        return Long.parseLong(client.send("MEMORY", "USAGE", key));
    }

    @Test
    void takesHalfAsMuch() {
        both("RPUSH", "key:000000000001", "one", "two", "three");
        long plainWeight = Long.parseLong(plainClient.send("MEMORY", "USAGE", "key:000000000001"));
        assertTrue(weight("key:000000000001") < plainWeight / 2, plainWeight + " bytes otherwise");
        assertEquals("['one', 'two', 'three']", both("LRANGE", "key:000000000001", "0", "-1"));
        assertWeighedRight();
    }

    @Test
    void isAnObjectWhileItIsLarge() {
        both("RPUSH", "l", "x".repeat(500), "y".repeat(500));
        long small = weight("l");
        assertTrue(small < 1200, small + " bytes");
        both("RPUSH", "l", "z".repeat(500));
        assertEquals("3", both("LLEN", "l"));
        both("LPOP", "l", "2");
        assertEquals("['" + "z".repeat(500) + "']", both("LRANGE", "l", "0", "-1"));
        assertTrue(weight("l") < small, weight("l") + " bytes");
        assertWeighedRight();
    }

    @Test
    void goesToOtherKeys() {
        both("RPUSH", "l", "a", "b");
        both("RENAME", "l", "m");
        both("COPY", "m", "n");
        both("COPY", "m", "k".repeat(3_900)); // with which it cannot be packed any more
        both("RENAME", "n", "o".repeat(4_080));
        both("RPUSH", "m", "c");
        assertEquals("['a', 'b', 'c']", both("LRANGE", "m", "0", "-1"));
        assertEquals("['a', 'b']", both("LRANGE", "k".repeat(3_900), "0", "-1"));
        assertEquals("['a', 'b']", both("LRANGE", "o".repeat(4_080), "0", "-1"));
        assertEquals("'quicklist'", both("OBJECT", "ENCODING", "m"));
        both("DUMP", "m");
        assertWeighedRight();
    }

    @Test
    void comesFromOtherCommandsToo() {
        both("RPUSH", "l", "3", "1", "2");
        long packed = weight("l");
        both("SORT", "l", "STORE", "m");
        assertEquals("['1', '2', '3']", both("LRANGE", "m", "0", "-1"));
        assertEquals(packed, weight("m"));
        both("RPUSH", "m", "4");
        assertEquals("4", both("LLEN", "m"));
        both("SORT", "m", "DESC", "STORE", "m");
        assertEquals("['4', '3', '2', '1']", both("LRANGE", "m", "0", "-1"));
        assertWeighedRight();
    }

    @Test
    void keepsItsExpiryAndGoesWhenItIsEmpty() {
        both("RPUSH", "l", "a");
        both("PEXPIRE", "l", "100000");
        both("RPUSH", "l", "b");
        assertEquals("100000", client.send("PTTL", "l"));
        both("LPOP", "l", "2");
        assertEquals("0", both("EXISTS", "l"));
        assertWeighedRight();
    }

    @Test
    void aFewStayObjects() {
        client.send("CONFIG", "SET", "compact-values-from", "2");
        client.send("RPUSH", "a", "1");
        long object = weight("a");
        client.send("RPUSH", "b", "1");
        assertTrue(weight("b") < object / 2, weight("b") + " and " + object + " bytes");
        client.send("DEL", "a");
        client.send("RPUSH", "b", "2");
        assertTrue(weight("b") > object / 2, weight("b") + " bytes");
        assertEquals("['1', '2']", client.send("LRANGE", "b", "0", "-1"));
        assertWeighedRight();
    }

    @Test
    void asFewStayObjectsWithSeveralThreads() {
        try (TestServer several = TestServer.setup().start();
                TestClient there = several.connect()) {
            long largest = 0;
            long total = 0;
            for (int i = 0; i < 5_000; i++) {
                there.send("RPUSH", "l" + i, "1");
                long weight = Long.parseLong(there.send("MEMORY", "USAGE", "l" + i));
                largest = Math.max(largest, weight);
                total += weight;
            }
            long objects = 512;
            assertTrue(
                    total < objects * largest + (5_000 - objects) * largest / 2, total + " and " + largest + " bytes");
        }
    }

    /** What a command was given to change, commands that it calls may change, too. */
    @Test
    void scriptsDoTheSame() {
        Random random = new Random(11);
        String[] steps = {
            "write 1",
            "write 2",
            "create 1",
            "create 2",
            "push 1 a",
            "push 2 b",
            "push 1 " + "c".repeat(400),
            "push 2 " + "d".repeat(700),
            "pop 1",
            "pop 2",
            "call RPUSH 1 e",
            "call LPUSH 2 f",
            "call LPOP 1",
            "call LPOP 2",
            "call DEL 1",
            "call LMOVE 1 2 LEFT RIGHT",
            "call LMOVE 1 1 LEFT RIGHT",
            "call RPUSH 1 " + "g".repeat(600),
            "call LREM 2 0 b",
            "call LLEN 1",
            "call LINDEX 2 0",
            "call LTRIM 1 0 1"
        };
        for (int i = 0; i < 3_000; i++) {
            List<String> script = new ArrayList<>(List.of("SCRIPT", "one", random.nextInt(4) == 0 ? "one" : "two"));
            for (int step = random.nextInt(8); step >= 0; step--) {
                script.add(steps[random.nextInt(steps.length)]);
            }
            both(script.toArray(new String[0]));
            both("LRANGE", "one", "0", "-1");
            both("LRANGE", "two", "0", "-1");
            assertWeighedRight();
        }
    }

    /** {@code SCRIPT key key step...}: changes lists that it holds, and calls commands meanwhile. */
    private static final class Script implements CommandHandler {
        @Override
        public CommandSpec spec() {
            return CommandSpec.named("script")
                    .arity(-4)
                    .write()
                    .keys(KeySpec.at(1, Access.RW, Access.UPDATE), KeySpec.at(2, Access.RW, Access.UPDATE))
                    .build();
        }

        @Override
        public void execute(CommandContext context, Args args, Reply reply) throws CommandException {
            Key[] keys = {null, args.key(1), args.key(2)};
            PackedList[] lists = new PackedList[3];
            Keyspace keyspace = context.keyspace();
            StringBuilder said = new StringBuilder();
            for (int i = 3; i < args.size(); i++) {
                String[] words = args.utf8(i).split(" ");
                int number = words[0].equals("call") ? 0 : Integer.parseInt(words[1]);
                switch (words[0]) {
                    case "write" -> lists[number] = ListType.write(keyspace, keys[number]);
                    case "create" -> lists[number] = ListType.writeOrCreate(keyspace, keys[number]);
                    case "push" -> push(lists[number], words[2].getBytes(UTF_8));
                    case "pop" -> pop(lists[number]);
                    default -> said.append(call(context, words, keys)).append(' ');
                }
            }
            reply.bulk(said.toString());
        }

        private static void push(PackedList list, byte[] element) {
            if (list != null) {
                list.push(ListEnd.TAIL, element, 0, element.length);
            }
        }

        private static void pop(PackedList list) {
            if (list != null && list.size() > 0) {
                list.remove(ListEnd.HEAD, 1);
            }
        }

        private static Object call(CommandContext context, String[] words, Key[] keys) throws CommandException {
            Object[] arguments = new Object[words.length - 2];
            int count = words[1].equals("LMOVE") ? 2 : 1;
            for (int i = 0; i < arguments.length; i++) {
                arguments[i] = i < count ? keys[Integer.parseInt(words[i + 2])] : words[i + 2];
            }
            Object reply = context.call(words[1], arguments);
            return reply instanceof byte[] bytes ? new String(bytes, UTF_8) : reply;
        }
    }
}
