package io.miniredis.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.miniredis.api.CommandException;
import io.miniredis.api.CommandHandler;
import io.miniredis.api.CommandSpec;
import io.miniredis.api.Key;
import io.miniredis.api.KeySpec;
import io.miniredis.api.KeySpec.Access;
import io.miniredis.api.Keyspace;
import io.miniredis.api.Plugin;
import io.miniredis.api.PluginContext;
import io.miniredis.api.Registration;
import io.miniredis.api.ValueType;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What INFO says of plugins: what they cost, and what they add. */
final class PluginInfoTest {
    private final TestEngine engine = TestEngine.create().set("io-threads", "2");
    private final Shop shop = new Shop();
    private TestClient client;

    /** Its values are bags and bytes. */
    private static final class Shop implements Plugin {
        private static final TestBytes BYTES = new TestBytes();
        private static final ValueType<Bag> BAGS = new Basket();
        private PluginContext context;

        @Override
        public void start(PluginContext given) {
            context = given;
        }

        @Override
        public Collection<ValueType<?>> types() {
            return List.of(BYTES, BAGS);
        }

        @Override
        public Collection<CommandHandler> commands() {
            return List.of(
                    TestCommand.of(writing("shop.bytes"), (context, args, reply) -> {
                        context.keyspace().put(args.key(1), BYTES, args.slice(2), Keyspace.NO_EXPIRY);
                        reply.ok();
                    }),
                    TestCommand.of(writing("shop.add"), (context, args, reply) -> {
                        Bag bag = context.keyspace().writeOrCreate(args.key(1), BAGS);
                        bag.push(args.copy(2));
                        reply.integer(bag.size());
                    }),
                    TestCommand.of(writing("shop.take"), (context, args, reply) -> {
                        Bag bag = context.keyspace().write(args.key(1), BAGS);
                        if (bag != null) {
                            bag.pop();
                        }
                        reply.ok();
                    }),
                    TestCommand.of(writing("shop.grow"), (context, args, reply) -> {
                        Key key = args.key(1);
                        reply.integer(context.keyspace()
                                .grow(key, BYTES, (int) args.integer(2))
                                .length());
                    }),
                    TestCommand.of(CommandSpec.named("shop.fail"), (context, args, reply) -> {
                        throw new CommandException("ERR closed");
                    }),
                    TestCommand.named("shop").with(TestCommand.named("shop|open"), TestCommand.named("shop|close")));
        }

        private static CommandSpec.Builder writing(String name) {
            return CommandSpec.named(name).arity(-2).write().keys(KeySpec.at(1, Access.RW, Access.UPDATE));
        }
    }

    private static final class TestBytes extends io.miniredis.api.BytesType {
        @Override
        public String name() {
            return "shop-bytes";
        }
    }

    /** As {@link Bag#TYPE}, under another name. */
    private static final class Basket implements ValueType<Bag> {
        @Override
        public String name() {
            return "shop-basket";
        }

        @Override
        public int encodingVersion() {
            return Bag.TYPE.encodingVersion();
        }

        @Override
        public Bag create() {
            return Bag.TYPE.create();
        }

        @Override
        public Bag copy(Bag value) {
            return Bag.TYPE.copy(value);
        }

        @Override
        public long memoryBytes(Bag value) {
            return Bag.TYPE.memoryBytes(value);
        }

        @Override
        public boolean isEmpty(Bag value) {
            return Bag.TYPE.isEmpty(value);
        }

        @Override
        public void write(Bag value, java.io.DataOutput out) throws java.io.IOException {
            Bag.TYPE.write(value, out);
        }

        @Override
        public Bag read(int version, java.io.DataInput in) throws java.io.IOException {
            Deque<byte[]> elements = new ArrayDeque<>();
            for (int left = in.readInt(); left > 0; left--) {
                byte[] element = new byte[in.readInt()];
                in.readFully(element);
                elements.push(element); // the last one pushed comes first
            }
            Bag bag = create();
            elements.forEach(bag::push);
            return bag;
        }
    }

    @BeforeEach
    void start() throws Exception {
        engine.start().engine().install("shop", shop);
        client = engine.connect();
    }

    @AfterEach
    void close() {
        engine.close();
    }

    private String info(String sections) {
        return client.run(("INFO " + sections).strip()).replaceFirst("^txt:", "");
    }

    private long field(String name) {
        Matcher found = Pattern.compile("plugin_shop:.*\\b" + name + "=(\\d+)").matcher(info("modules"));
        assertTrue(found.find(), name);
        return Long.parseLong(found.group(1));
    }

    /** What the values of the plugin's types weigh, added up from the tables. */
    private long measured() {
        long[] bytes = {0};
        for (int shard = 0; shard < engine.engine().databases().shards(); shard++) {
            for (int database = 0; database < 16; database++) {
                engine.table(shard, database).forEach((segment, slot) -> {
                    Object occupant = segment.occupant(slot, new Packed());
                    if (engine.engine().types().of(occupant).name().startsWith("shop-")) {
                        bytes[0] += Segment.memoryBytes(occupant);
                    }
                });
            }
        }
        return bytes[0];
    }

    @Test
    void callsErrorsAndRejectionsAreCounted() {
        client.run("SHOP.BYTES k v");
        client.run("SHOP.FAIL");
        client.run("SHOP OPEN");
        client.run("SHOP.BYTES");
        assertEquals(3, field("calls"));
        assertEquals(1, field("errors"));
        assertEquals(1, field("rejected"));
        client.run("CONFIG RESETSTAT");
        assertEquals(0, field("calls"));
    }

    @Test
    void timeIsCountedCallByCall() {
        engine.ticker.slowDown(5000); // each reading of the clock takes 5 microseconds
        client.pipeline("SHOP OPEN", "PING", "SHOP OPEN", "SHOP OPEN", "PING");
        assertEquals(15, field("usec"));
        assertEquals(5, field("longest_usec"));
        client.run("CONFIG RESETSTAT");
        assertEquals(0, field("longest_usec"));
    }

    @Test
    void bytesAreThoseOfThePluginsValues() {
        assertEquals(0, field("bytes"));
        client.run("SET k v");
        assertEquals(0, field("bytes"));
        client.run("SHOP.BYTES a xyz");
        client.run("SHOP.ADD b " + "x".repeat(100));
        assertTrue(field("bytes") > 100);
        assertEquals(measured(), field("bytes"));
    }

    @Test
    void aValueOfAnotherTypeInItsPlaceIsAnothers() {
        client.run("SHOP.BYTES k abc");
        client.run("SET k abd");
        assertEquals(0, field("bytes"));
        client.run("SHOP.BYTES k abe");
        assertEquals(measured(), field("bytes"));
        assertTrue(field("bytes") > 0);
    }

    @Test
    void bytesAreExactWhateverHappens() throws Exception {
        SplittableRandom random = new SplittableRandom(1);
        String[] commands = {
            "SHOP.BYTES K V",
            "SHOP.BYTES K V",
            "SHOP.ADD K V",
            "SHOP.ADD K V",
            "SHOP.TAKE K",
            "SHOP.GROW K 5000",
            "DEL K",
            "RENAME K K",
            "COPY K K REPLACE",
            "MOVE K 1",
            "SWAPDB 0 1",
            "PEXPIRE K 5",
            "SET K V",
            "SELECT 0",
            "SELECT 1",
            "FLUSHDB",
            "SHOP.GROW K 9"
        };
        for (int i = 0; i < 5000; i++) {
            String command = commands[random.nextInt(commands.length)];
            if (command.equals("FLUSHDB") && random.nextInt(20) > 0) {
                continue;
            }
            while (command.contains("K ") || command.endsWith("K") || command.contains(" V")) {
                String replaced = command.replaceFirst(" K\\b", " k" + random.nextInt(20))
                        .replaceFirst(" V\\b", " " + "x".repeat(1 << random.nextInt(12)));
                if (replaced.equals(command)) {
                    break;
                }
                command = replaced;
            }
            client.run(command);
            if (i % 50 == 0) {
                engine.ticker.advanceMillis(3);
                engine.engine().expireCycle();
                assertEquals(measured(), field("bytes"), command);
            }
        }
        assertTrue(measured() > 0);
        client.run("FLUSHALL");
        assertEquals(0, field("bytes"));
    }

    @Test
    void evictedBytesAreNoLongerCounted() throws Exception {
        for (int i = 0; i < 50; i++) {
            client.run("SHOP.ADD k" + i + " " + "x".repeat(200));
        }
        long before = field("bytes");
        engine.engine().install("policy", new Plugin() {
            @Override
            public Collection<io.miniredis.api.eviction.EvictionPolicy> evictionPolicies() {
                return List.of(new RankedPolicy("demo", new RankedPolicy.Ranks()));
            }
        });
        client.run("CONFIG SET maxmemory-policy allkeys-demo");
        client.run("CONFIG SET maxmemory " + (engine.memoryBytes() - 5000));
        client.run("SET x y");
        assertTrue(field("bytes") < before - 4000);
        assertEquals(measured(), field("bytes"));
    }

    @Test
    void parkedValuesAreCountedAgainWhenThePluginIsBack() throws Exception {
        for (int i = 0; i < 100; i++) {
            client.run("SHOP.ADD k" + i + " " + "x".repeat(i));
            client.run("SHOP.BYTES b" + i + " " + "x".repeat(i * 100));
        }
        long before = field("bytes");
        engine.engine().plugins().unload("shop");
        assertFalse(info("modules").contains("plugin_shop:"));
        client.run("DEL k7");
        engine.engine().install("shop", new Shop());
        client.pipeline("SHOP.ADD k7 " + "x".repeat(7), "SHOP.ADD k7 last", "SHOP.TAKE k7");
        assertEquals(before, field("bytes"));
        assertEquals(measured(), field("bytes"));
        client.run("FLUSHALL");
        assertEquals(0, field("bytes"));
    }

    @Test
    void valuesThatCameBeforeTheirPluginAreCountedWhenItComes() throws Exception {
        client.run("SHOP.ADD k " + "x".repeat(100));
        String dump = TestClient.unescaped(client.run("DUMP k"));
        try (TestEngine other = TestEngine.started()) {
            TestClient stranger = other.connect();
            assertEquals("+OK", stranger.send("RESTORE", "k", "0", dump));
            assertEquals("+OK", stranger.send("RESTORE", "gone", "0", dump));
            stranger.run("DEL gone");
            other.engine().install("shop", new Shop());
            String info = stranger.run("INFO modules");
            assertTrue(info.contains(",bytes=" + field("bytes") + ","), info);
            stranger.run("SHOP.TAKE k");
            assertTrue(stranger.run("INFO modules")
                    .contains("plugin_shop:calls=1,errors=0,rejected=0,usec=0,longest_usec=0,bytes=0,"));
        }
    }

    @Test
    void failuresOfTasksAndListenersAreShown() {
        shop.context.listen(event -> {
            throw new IllegalStateException("listener");
        });
        shop.context.every(Duration.ofMillis(10), () -> {
            throw new IllegalStateException("task");
        });
        try (LogCapture log = new LogCapture()) {
            client.run("SET k v");
            engine.ticker.advanceMillis(10);
            engine.engine().runDueTasks();
            assertEquals(2, log.errors().size());
        }
        assertEquals(1, field("failed_listeners"));
        assertEquals(1, field("failed_tasks"));
    }

    @Test
    void aPluginThatIsGoneButHeldIsNamedWithTheThreadsThatHoldIt() throws Exception {
        ClassLoader loader = new ClassLoader() {};
        PluginLoader.Found found = new PluginLoader.Found(
                "ghost",
                "1.2",
                java.nio.file.Path.of("ghost.jar"),
                null,
                loader,
                List.of(),
                List.of(),
                List.of(),
                List.of(new Plugin() {}));
        engine.engine().install(found);
        engine.engine().plugins().unload("ghost");
        Thread current = Thread.currentThread();
        ClassLoader before = current.getContextClassLoader();
        current.setContextClassLoader(loader);
        try {
            String info = info("modules");
            assertTrue(info.contains("plugin_unloaded:name=ghost,ver=1.2,held_by=" + current.getName()), info);
        } finally {
            current.setContextClassLoader(before);
        }
    }

    @Test
    void aPluginAddsSections() {
        shop.context.info("", () -> Map.of("open", true));
        Map<String, Object> till = new LinkedHashMap<>();
        till.put("coins", 7);
        till.put("notes", "none");
        shop.context.info("till", () -> till);
        String both = "# shop\r\nshop_open:true\r\n\r\n# shop_till\r\nshop_coins:7\r\nshop_notes:none\r\n";
        assertEquals(both, info("shop"));
        assertEquals(both, info("SHOP"));
        assertEquals("# shop_till\r\nshop_coins:7\r\nshop_notes:none\r\n", info("shop_till"));
        assertTrue(info("everything").endsWith("\r\n\r\n" + both));
        assertTrue(info("modules").startsWith("# Modules\r\n"));
        assertTrue(info("modules").endsWith("\r\n\r\n" + both));
        for (String without : List.of("", "all", "default", "server")) {
            assertFalse(info(without).contains("shop_open"), without);
        }
        assertTrue(info("server shop_till").endsWith("\r\n\r\n# shop_till\r\nshop_coins:7\r\nshop_notes:none\r\n"));
    }

    @Test
    void aSectionThatFailsIsLeftOutAndCounted() {
        shop.context.info("bad", () -> {
            throw new StackOverflowError("of the supplier");
        });
        shop.context.info("none", () -> null);
        shop.context.info("good", () -> Map.of("a", 1));
        try (LogCapture log = new LogCapture()) {
            assertEquals("# shop_good\r\nshop_a:1\r\n", info("shop"));
            assertEquals(2, log.errors().size());
        }
        assertEquals(2, field("failed_infos"));
    }

    @Test
    void aFieldCannotLookLikeAnother() {
        shop.context.info("", () -> Map.of("a:b\r\nredis_version", "1\r\n# Server"));
        assertEquals("# shop\r\nshop_a_b__redis_version:1__# Server\r\n", info("shop"));
        assertThrows(IllegalArgumentException.class, () -> shop.context.info("two words", Map::of));
    }

    @Test
    void aSectionEndsWithItsRegistrationOrThePlugin() throws Exception {
        Registration section = shop.context.info("", () -> Map.of("a", 1));
        shop.context.info("more", () -> Map.of("b", 1));
        section.close();
        assertEquals("# shop_more\r\nshop_b:1\r\n", info("shop"));
        engine.engine().plugins().unload("shop");
        assertEquals("", info("shop"));
        assertThrows(IllegalStateException.class, () -> shop.context.info("", Map::of));
    }
}
