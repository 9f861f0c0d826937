package io.miniredis.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.miniredis.api.Args;
import io.miniredis.api.CommandContext;
import io.miniredis.api.CommandException;
import io.miniredis.api.CommandSpec;
import io.miniredis.api.Key;
import io.miniredis.api.KeySpec;
import io.miniredis.api.KeySpec.Access;
import io.miniredis.api.Keyspace;
import io.miniredis.api.Reply;
import io.miniredis.api.Slice;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a handler can do with its keys, what it cannot, and what the engine settles after it. */
final class KeyspaceTest {
    private final TestEngine engine = TestEngine.create();
    private TestClient client;

    @AfterEach
    void close() {
        engine.close();
    }

    /** What a test does with the keys of a command. */
    private interface Use {
        void with(Keyspace keyspace, Args args) throws CommandException;
    }

    /** Starts an engine whose command {@code test} has its first argument as its key, {@code both} its first two. */
    private void start(Use use) {
        TestCommand.Body body = (CommandContext context, Args args, Reply reply) -> {
            use.with(context.keyspace(), args);
            reply.ok();
        };
        engine.add(
                TestCommand.of(CommandSpec.named("test").write().keys(KeySpec.at(1, Access.RW)), body),
                TestCommand.of(CommandSpec.named("look").readOnly().keys(KeySpec.at(1, Access.RO)), body),
                TestCommand.of(CommandSpec.named("both").write().keys(KeySpec.range(1, 2, 1, Access.RW)), body));
        client = engine.start().connect();
    }

    private long changes() {
        return engine.engine().counters().changes;
    }

    private void assertAccountIsRight() {
        assertEquals(engine.measuredBytes(), engine.memoryBytes());
    }

    @Test
    void anUndeclaredKeyCannotBeHad() {
        start((keyspace, args) -> {
            var e = assertThrows(IllegalArgumentException.class, () -> args.key(2));
            assertEquals("the command's spec declares no key at argument 2", e.getMessage());
            assertThrows(IllegalArgumentException.class, () -> args.key(0));
            assertThrows(IllegalArgumentException.class, () -> args.key(-1));
            assertEquals("a", args.key(1).name().utf8());
        });
        assertEquals("+OK", client.run("TEST a b"));
    }

    @Test
    void aCommandWithoutKeysHasNone() {
        start((keyspace, args) -> {});
        assertEquals("+OK", client.run("TEST"));
        engine.engine();
    }

    @Test
    void aReadOnlyKeyCannotBeChanged() {
        start((keyspace, args) -> {
            Key key = args.key(1);
            var e = assertThrows(IllegalStateException.class, () -> keyspace.delete(key));
            assertEquals("the key at argument 1 is declared as read-only", e.getMessage());
            assertThrows(IllegalStateException.class, () -> keyspace.write(key, TestString.TYPE));
            assertThrows(IllegalStateException.class, () -> keyspace.writeOrCreate(key, Bag.TYPE));
            assertThrows(IllegalStateException.class, () -> keyspace.put(key, TestString.TYPE, new Slice(), -1));
            assertThrows(IllegalStateException.class, () -> keyspace.expireAt(key, 1));
            assertEquals("v", keyspace.read(key, TestString.TYPE).utf8());
        });
        client.run("SET k v");
        long before = changes();
        assertEquals("+OK", client.run("LOOK k"));
        assertEquals("'v'", client.run("GET k"));
        assertEquals(before, changes());
    }

    /** What was there stays readable as long as the command runs, though its memory is going to be used again. */
    @Test
    void whatWasReadCanBeStoredElsewhereAfterItsKeyIsGone() {
        start((keyspace, args) -> {
            Slice value = keyspace.read(args.key(1), TestString.TYPE);
            Slice own = new Slice().wrap(value.array(), value.offset(), value.length());
            keyspace.delete(args.key(1));
            keyspace.put(args.key(2), TestString.TYPE, own, Keyspace.NO_EXPIRY);
        });
        for (int i = 0; i < 100; i++) {
            String value = "value " + i + " " + "v".repeat(i % 40);
            assertEquals("+OK", client.send("SET", "from" + i, value));
        }
        List<String> moves = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            moves.add("BOTH from" + i + " unto" + i);
        }
        client.pipeline(moves.toArray(String[]::new)); // under one lock
        for (int i = 0; i < 100; i++) {
            assertEquals("nil", client.run("GET from" + i));
            assertEquals("'value " + i + " " + "v".repeat(i % 40) + "'", client.run("GET unto" + i));
        }
        assertAccountIsRight();
    }

    @Test
    void aKeyIsOfNoUseAfterItsCommand() {
        List<Key> kept = new ArrayList<>();
        start((keyspace, args) -> {
            if (kept.isEmpty()) {
                kept.add(args.key(1));
            } else {
                var e = assertThrows(IllegalStateException.class, () -> keyspace.exists(kept.get(0)));
                assertEquals("the key belongs to a command that has ended", e.getMessage());
                assertThrows(IllegalStateException.class, () -> keyspace.delete(kept.get(0)));
                assertThrows(IllegalStateException.class, () -> keyspace.unchanged(kept.get(0)));
            }
        });
        assertEquals(List.of("+OK", "+OK"), client.pipeline("BOTH a b", "TEST"));
        assertEquals("+OK", client.run("TEST"));
    }

    /** The other thread's worker has run as many commands. */
    @Test
    void aKeyIsOfNoUseOnAnotherThread() throws Exception {
        List<Key> kept = new ArrayList<>();
        start((keyspace, args) -> {
            if (kept.isEmpty()) {
                kept.add(args.key(1));
            } else {
                assertThrows(IllegalStateException.class, () -> keyspace.exists(kept.get(0)));
            }
        });
        assertEquals("+OK", client.run("TEST a"));
        TestClient other = engine.connect();
        assertEquals(
                "+OK",
                java.util.concurrent.CompletableFuture.supplyAsync(() -> other.run("TEST b"))
                        .get());
    }

    @Test
    void aValueIsReadAsItsTypeOnly() {
        start((keyspace, args) -> {
            Key key = args.key(1);
            for (Use use : List.<Use>of(
                    (k, a) -> k.read(key, Bag.TYPE),
                    (k, a) -> k.write(key, Bag.TYPE),
                    (k, a) -> k.writeOrCreate(key, Bag.TYPE))) {
                var e = assertThrows(CommandException.class, () -> use.with(keyspace, args));
                assertEquals("WRONGTYPE Operation against a key holding the wrong kind of value", e.getMessage());
            }
            assertSame(TestString.TYPE, keyspace.typeOf(key));
        });
        client.run("SET k v");
        assertEquals("+OK", client.run("TEST k"));
        assertEquals("'v'", client.run("GET k"));

        client.run("PUSH bag a");
        assertEquals("-WRONGTYPE Operation against a key holding the wrong kind of value", client.run("GET bag"));
    }

    @Test
    void largeBytesAreReadAsTheirTypeToo() {
        start((keyspace, args) -> {
            assertThrows(CommandException.class, () -> keyspace.read(args.key(1), Bag.TYPE));
            assertEquals(100_000, keyspace.read(args.key(1), TestString.TYPE).length());
        });
        client.send("SET", "k", "x".repeat(100_000));
        assertEquals("+OK", client.run("LOOK k"));
    }

    @Test
    void aTypeMayBeAnotherObjectOfItsClass() {
        start((keyspace, args) -> {
            assertEquals("v", keyspace.read(args.key(1), new TestString()).utf8());
            assertEquals(1, keyspace.read(args.key(2), new Bag.BagType()).size());
        });
        client.run("SET k v");
        client.run("PUSH bag a");
        assertEquals("+OK", client.run("BOTH k bag"));
    }

    @Test
    void aTypeThatIsNoServiceIsRefused() {
        start((keyspace, args) -> {
            DemoType unknown = new DemoType("unknown");
            assertThrows(IllegalArgumentException.class, () -> keyspace.put(args.key(1), unknown, new Slice(), -1));
            assertThrows(IllegalArgumentException.class, () -> keyspace.read(args.key(2), unknown));
        });
        client.run("SET k v");
        assertEquals("+OK", client.run("BOTH a k"));
        assertEquals("0", client.run("EXISTS a"));
    }

    @Test
    void absentKeysAreNull() {
        start((keyspace, args) -> {
            Key key = args.key(1);
            assertNull(keyspace.read(key, TestString.TYPE));
            assertNull(keyspace.write(key, Bag.TYPE));
            assertNull(keyspace.typeOf(key));
            assertEquals(false, keyspace.exists(key));
            assertEquals(false, keyspace.delete(key));
            assertEquals(false, keyspace.expireAt(key, Long.MAX_VALUE));
            assertEquals(Keyspace.NO_EXPIRY, keyspace.expiresAtMillis(key));
        });
        assertEquals("+OK", client.run("TEST k"));
        assertEquals(0, changes());
    }

    @Test
    void aChangeIsCounted() {
        start((keyspace, args) -> keyspace.write(args.key(1), Bag.TYPE));
        client.run("PUSH bag a");
        long before = changes();
        client.run("TEST bag");
        assertEquals(before + 1, changes());
    }

    @Test
    void unchangedTakesTheChangeBack() {
        start((keyspace, args) -> {
            keyspace.write(args.key(1), Bag.TYPE);
            keyspace.unchanged(args.key(1));
        });
        client.run("PUSH bag a");
        long before = changes();
        assertEquals("+OK", client.run("TEST bag"));
        assertEquals(before, changes());
        assertEquals("1", client.run("SIZE bag"));
    }

    @Test
    void anEmptiedValueGoesWithItsKey() {
        start((keyspace, args) -> keyspace.write(args.key(1), Bag.TYPE).pop());
        client.run("PUSH bag a");
        client.run("DEL bag"); // the table is as large as it stays
        long empty = engine.memoryBytes();
        client.run("PUSH bag a");
        assertEquals("+OK", client.run("TEST bag"));
        assertEquals("0", client.run("EXISTS bag"));
        assertEquals("0", client.run("DBSIZE"));
        assertEquals(empty, engine.memoryBytes());
    }

    @Test
    void aCreatedValueThatStaysEmptyGoesAgain() {
        start((keyspace, args) -> keyspace.writeOrCreate(args.key(1), Bag.TYPE));
        client.run("PUSH bag a");
        client.run("DEL bag"); // the table is as large as it stays
        long empty = engine.memoryBytes();
        assertEquals("+OK", client.run("TEST bag"));
        assertEquals("0", client.run("EXISTS bag"));
        assertEquals(empty, engine.memoryBytes());
    }

    @Test
    void aCreatedValueGoesAgainWhenTheHandlerFails() {
        start((keyspace, args) -> {
            keyspace.writeOrCreate(args.key(1), Bag.TYPE);
            throw new CommandException("ERR changed my mind");
        });
        assertEquals("-ERR changed my mind", client.run("TEST bag"));
        assertEquals("0", client.run("EXISTS bag"));
        assertAccountIsRight();
    }

    @Test
    void whatAFailedHandlerChangedIsWeighed() {
        start((keyspace, args) -> {
            keyspace.writeOrCreate(args.key(1), Bag.TYPE).push(new byte[1000]);
            throw new IllegalStateException("too late");
        });
        try (LogCapture log = new LogCapture()) {
            client.run("TEST bag");
            assertEquals(1, log.errors().size());
        }
        assertEquals("1", client.run("SIZE bag"));
        assertAccountIsRight();
    }

    @Test
    void aCreatedStringMayStayEmpty() {
        start((keyspace, args) -> keyspace.writeOrCreate(args.key(1), TestString.TYPE));
        assertEquals("+OK", client.run("TEST k"));
        assertEquals("''", client.run("GET k"));
    }

    @Test
    void bytesAreChangedInPlace() {
        start((keyspace, args) -> {
            Slice value = keyspace.write(args.key(1), TestString.TYPE);
            value.array()[value.offset() + value.length() - 1] = 'X';
        });
        client.run("SET k abc");
        client.run("TEST k");
        assertEquals("'abX'", client.run("GET k"));
        String large = "y".repeat(10_000);
        client.send("SET", "k", large);
        client.run("TEST k");
        assertEquals("'" + large.substring(1) + "X'", client.run("GET k"));
    }

    @Test
    void putCopiesBytes() {
        start((keyspace, args) -> {
            byte[] bytes = "value".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
            keyspace.put(args.key(1), TestString.TYPE, new Slice(bytes), Keyspace.NO_EXPIRY);
            bytes[0] = 'X';
            byte[] large = new byte[5000];
            keyspace.put(args.key(2), TestString.TYPE, new Slice(large), Keyspace.NO_EXPIRY);
            large[0] = 'X';
        });
        client.run("BOTH a b");
        assertEquals("'value'", client.run("GET a"));
        assertTrue(client.run("GET b").startsWith("'\\x00\\x00"));
    }

    /** As RENAME or COPY of a short string would: the source lies in the array that is overwritten or freed. */
    @Test
    void putTakesASliceOfAnotherKeyOrOfItself() {
        start((keyspace, args) -> {
            Slice value = keyspace.read(args.key(1), TestString.TYPE);
            keyspace.put(args.key(2), TestString.TYPE, value, Keyspace.KEEP_EXPIRY);
            Slice own = keyspace.read(args.key(2), TestString.TYPE);
            Slice tail = new Slice().wrap(own.array(), own.offset() + 1, own.length() - 1);
            keyspace.put(args.key(2), TestString.TYPE, tail, Keyspace.KEEP_EXPIRY);
            keyspace.delete(args.key(1));
        });
        client.run("SET from abcdef");
        assertEquals("+OK", client.run("BOTH from to"));
        assertEquals("'bcdef'", client.run("GET to"));
        assertEquals("nil", client.run("GET from"));
        assertAccountIsRight();
    }

    @Test
    void putReplacesAnyTypeAndItsExpiry() {
        start((keyspace, args) -> {});
        client.run("PUSH k a b c");
        client.run("PEXPIRE k 1000");
        assertEquals("+OK", client.run("SET k v"));
        assertEquals("-1", client.run("PTTL k"));
        assertEquals("+string", client.run("TYPE k"));
        client.run("PEXPIRE k 1000");
        assertEquals("+OK", client.run("SET k w KEEPTTL"));
        assertEquals("1000", client.run("PTTL k"));
        assertEquals("+OK", client.run("SET new w KEEPTTL"));
        assertEquals("-1", client.run("PTTL new"));
        assertAccountIsRight();
    }

    @Test
    void putWithATimeInThePastRemoves() {
        start((keyspace, args) ->
                keyspace.put(args.key(1), TestString.TYPE, new Slice(new byte[1]), ManualTicker.START_MILLIS - 1));
        client.run("SET k v");
        assertEquals("+OK", client.run("TEST k"));
        assertEquals("0", client.run("EXISTS k"));
        assertEquals("+OK", client.run("TEST absent"));
        assertEquals("0", client.run("DBSIZE"));
        assertAccountIsRight();
    }

    /** Unlike with {@code expireAt}, as in Redis. */
    @Test
    void whatIsPutUntilNowIsThereInThisMillisecond() {
        start((keyspace, args) ->
                keyspace.put(args.key(1), TestString.TYPE, new Slice(new byte[1]), ManualTicker.START_MILLIS));
        assertEquals("+OK", client.run("TEST k"));
        assertEquals("1", client.run("EXISTS k"));
        assertEquals("0", client.run("PTTL k"));
        assertAccountIsRight();
    }

    @Test
    void expireAtATimeInThePastRemoves() {
        List<Boolean> existed = new ArrayList<>();
        start((keyspace, args) -> existed.add(keyspace.expireAt(args.key(1), Long.parseLong(args.utf8(2)))));
        for (long past : new long[] {ManualTicker.START_MILLIS, 0, -3, Long.MIN_VALUE}) {
            client.run("SET k v");
            assertEquals("+OK", client.run("TEST k " + past));
            assertEquals("0", client.run("EXISTS k"), "after " + past);
        }
        assertEquals(List.of(true, true, true, true), existed);
        client.run("SET k v");
        client.run("TEST k -1");
        assertEquals("-1", client.run("PTTL k"));
        client.run("TEST k " + (ManualTicker.START_MILLIS + 1));
        assertEquals("1", client.run("PTTL k"));
    }

    @Test
    void deleteThenCreateInOneCommand() {
        start((keyspace, args) -> {
            Key key = args.key(1);
            assertTrue(keyspace.delete(key));
            assertNull(keyspace.read(key, Bag.TYPE));
            keyspace.writeOrCreate(key, Bag.TYPE).push(new byte[3]);
            assertEquals(1, keyspace.read(key, Bag.TYPE).size());
        });
        client.run("PUSH k a b");
        client.run("PEXPIRE k 1000");
        assertEquals("+OK", client.run("TEST k"));
        assertEquals("1", client.run("SIZE k"));
        assertEquals("-1", client.run("PTTL k"));
        assertAccountIsRight();
    }

    @Test
    void oneKeyTwice() {
        start((keyspace, args) -> {
            keyspace.put(args.key(1), TestString.TYPE, new Slice(new byte[] {'a'}), Keyspace.NO_EXPIRY);
            assertEquals("a", keyspace.read(args.key(2), TestString.TYPE).utf8());
            keyspace.delete(args.key(2));
            assertEquals(false, keyspace.exists(args.key(1)));
        });
        assertEquals("+OK", client.run("BOTH k k"));
        client.run("PUSH bag a b");
        assertEquals("'b'", client.run("POPMOVE bag bag"));
        assertEquals("2", client.run("SIZE bag"));
        assertAccountIsRight();
    }

    /** A value that was changed, and then replaced under the key's other name, counts no longer. */
    @Test
    void aChangedValueThatIsReplacedIsNotWeighed() {
        start((keyspace, args) -> {
            keyspace.writeOrCreate(args.key(1), Bag.TYPE).push(new byte[1000]);
            keyspace.put(args.key(2), TestString.TYPE, new Slice(new byte[] {'v'}), Keyspace.NO_EXPIRY);
        });
        client.run("PUSH k a");
        assertEquals("+OK", client.run("BOTH k k"));
        assertAccountIsRight();
        assertEquals("'v'", client.run("GET k"));
    }

    /** As above, but gone. */
    @Test
    void aChangedValueThatIsDeletedIsNotWeighed() {
        start((keyspace, args) -> {
            Bag bag = keyspace.write(args.key(1), Bag.TYPE);
            bag.push(new byte[1000]);
            keyspace.delete(args.key(2));
        });
        client.run("PUSH k a");
        assertEquals("+OK", client.run("BOTH k k"));
        assertAccountIsRight();
        assertEquals("0", client.run("EXISTS k"));
    }

    /** A value that was emptied after another took its place must not take that with it. */
    @Test
    void anEmptiedValueThatWasReplacedLeavesItsSuccessor() {
        start((keyspace, args) -> {
            Bag bag = keyspace.write(args.key(1), Bag.TYPE);
            keyspace.put(args.key(2), TestString.TYPE, new Slice(new byte[] {'v'}), Keyspace.NO_EXPIRY);
            bag.pop();
        });
        client.run("PUSH k a");
        assertEquals("+OK", client.run("BOTH k k"));
        assertEquals("'v'", client.run("GET k"));
        assertAccountIsRight();
    }

    /** A type whose weighing fails, on demand. */
    private static final class FailingType extends DemoObjectType {
        boolean failing;

        @Override
        public long memoryBytes(StringBuilder value) {
            if (failing) {
                throw new IllegalStateException("cannot weigh " + value);
            }
            return 64L + value.length();
        }
    }

    @Test
    void aValueThatCannotBeWeighedIsTheCommandsFailure() {
        FailingType type = new FailingType();
        engine.types.add(type);
        start((keyspace, args) -> {
            keyspace.writeOrCreate(args.key(1), type).append('x');
            keyspace.writeOrCreate(args.key(2), Bag.TYPE).push(new byte[100]);
        });
        assertEquals("+OK", client.run("BOTH text bag"));
        type.failing = true;
        try (LogCapture log = new LogCapture()) {
            assertEquals(
                    List.of("+PONG", "-ERR internal error in 'both' of test: java.lang.IllegalStateException", "+PONG"),
                    client.pipeline("PING", "BOTH text bag", "PING"));
            assertEquals(List.of("both of test failed"), log.errors());
        }
        type.failing = false;
        assertEquals("+OK", client.run("BOTH text bag"));
        assertEquals("3", client.run("SIZE bag"));
        client.pipeline("DEL text", "GET x");
        assertAccountIsRight();
    }

    @Test
    void anExpiredKeyIsNotThere() {
        start((keyspace, args) -> {
            assertEquals(false, keyspace.exists(args.key(1)));
            assertEquals(true, keyspace.exists(args.key(2)));
        });
        client.run("SET a v PX 100");
        client.run("SET b v PX 101");
        engine.ticker.advanceMillis(101);
        assertEquals("+OK", client.run("BOTH a b"));
        assertEquals(1, engine.engine().counters().expired);
        assertEquals(1, engine.keys(0));
    }

    @Test
    void lookingUpToReadCountsHitsAndMisses() {
        start((keyspace, args) -> {
            keyspace.exists(args.key(1));
            keyspace.exists(args.key(1));
        });
        client.run("SET k v");
        client.run("LOOK k");
        client.run("LOOK absent");
        client.run("TEST k");
        client.run("TEST absent");
        assertEquals(1, engine.engine().counters().hits);
        assertEquals(1, engine.engine().counters().misses);
    }
}
