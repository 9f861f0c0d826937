package io.miniredis.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.miniredis.api.CommandSpec;
import io.miniredis.api.KeySpec;
import io.miniredis.api.KeySpec.Access;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Many requests in one batch, over which the engine looks ahead, answer what the same requests answer one by one. */
final class PipelineTest {
    private static final String[] KEYS = {"a", "b", "c", "d", "e", "f", "g", "", "a much longer key than the others"};

    private static final String[] WORDS = {
        "GET",
        "set",
        "PUSH",
        "POP",
        "SIZE",
        "DEL",
        "EXISTS",
        "TYPE",
        "MSET",
        "POPMOVE",
        "PERSIST",
        "nonsense",
        "PING",
        "CLIENT",
        "SELECT",
        "DBSIZE",
        "ONEKEY",
        "SHOWS",
        "OBJ",
        "FLUSHDB",
        "RENAMED"
    };

    private static TestEngine engine(String threads) {
        TestCommand.Body showKey =
                (context, args, reply) -> reply.bulk(args.key(1).name());
        return TestEngine.create()
                .set("io-threads", threads)
                .add(
                        TestCommand.of(
                                CommandSpec.named("onekey").readOnly().keys(KeySpec.at(1, Access.RO)),
                                (context, args, reply) -> {
                                    if (args.size() > 1) {
                                        reply.bool(context.keyspace().exists(args.key(1)));
                                    } else {
                                        assertThrows(IllegalArgumentException.class, () -> args.key(1));
                                        reply.simple("alone");
                                    }
                                }),
                        TestCommand.of(CommandSpec.named("shows").arity(2).keys(KeySpec.at(1, Access.RO)), showKey),
                        TestCommand.named("obj")
                                .with(TestCommand.of(
                                        CommandSpec.named("obj|exists").arity(3).keys(KeySpec.at(2, Access.RO)),
                                        (context, args, reply) ->
                                                reply.bool(context.keyspace().exists(args.key(2))))))
                .start();
    }

    private static String[] request(SplittableRandom random) {
        String command = WORDS[random.nextInt(WORDS.length)];
        List<String> request = new ArrayList<>(List.of(command));
        switch (command) {
            case "CLIENT" -> request.add("GETNAME");
            case "OBJ" -> request.add(random.nextInt(8) == 0 ? "nonsense" : "exists");
            case "SELECT" -> {
                request.add(random.nextBoolean() ? "0" : "1");
                return request.toArray(new String[0]);
            }
            default -> {}
        }
        int wanted = switch (command) {
            case "PING", "DBSIZE", "FLUSHDB", "CLIENT" -> 0;
            case "set", "PUSH", "POPMOVE" -> 2;
            case "MSET" -> 4;
            default -> 1;
        };
        int count = random.nextInt(10) == 0 ? random.nextInt(4) : wanted;
        for (int i = 0; i < count; i++) {
            request.add(KEYS[random.nextInt(KEYS.length)]);
        }
        return request.toArray(new String[0]);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "2"})
    void aPipelineAnswersAsItsCommandsOneByOne(String threads) {
        SplittableRandom random = new SplittableRandom(42);
        try (TestEngine together = engine(threads);
                TestEngine alone = engine(threads)) {
            TestClient pipelined = together.connect();
            TestClient single = alone.connect();
            for (int round = 0; round < 500; round++) {
                List<String[]> requests = new ArrayList<>();
                List<String> expected = new ArrayList<>();
                int size = 1 + random.nextInt(round % 10 == 0 ? 200 : 12);
                for (int i = 0; i < size; i++) {
                    requests.add(request(random));
                    expected.add(single.send(requests.get(i)));
                }
                List<String> actual = pipelined.pipeline(requests);
                for (int i = 0; i < size; i++) {
                    String what = "round " + round + ", request " + i + ": " + String.join(" ", requests.get(i));
                    assertEquals(expected.get(i), actual.get(i), what);
                }
                assertEquals(size, actual.size());
            }
            assertEquals(alone.memoryBytes(), together.memoryBytes());
            assertEquals(together.measuredBytes(), together.memoryBytes());
        }
    }

    /**
     * Each thread has keys of its own, in the same shards as the others' keys, and must get what it would get alone, whatever the
     * others do to tables that it looks at ahead without their locks.
     */
    @ParameterizedTest
    @ValueSource(strings = {"2", "4"})
    void pipelinesOnSeveralThreadsAnswerAsEachAlone(String threads) throws Exception {
        int count = Integer.parseInt(threads);
        ExecutorService executor = Executors.newFixedThreadPool(count);
        try (TestEngine engine = engine(threads)) {
            List<Future<?>> clients = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                String prefix = "client" + i + ":";
                TestClient client = engine.connect();
                clients.add(executor.submit(() -> setGetAndDelete(client, prefix)));
            }
            for (Future<?> client : clients) {
                client.get(60, TimeUnit.SECONDS);
            }
            assertEquals(engine.keys(0), engine.worker().engine.databases().size(0));
            engine.worker().locks.releaseAll();
            assertEquals(engine.measuredBytes(), engine.memoryBytes());
        } finally {
            executor.shutdownNow();
        }
    }

    private static void setGetAndDelete(TestClient client, String prefix) {
        SplittableRandom random = new SplittableRandom(prefix.hashCode());
        Map<String, String> model = new HashMap<>();
        for (int round = 0; round < 300; round++) {
            int chanceToSet = round / 100 == 1 ? 1 : 4; // the tables grow, shrink and grow
            List<String[]> requests = new ArrayList<>();
            List<String> expected = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                String key = prefix + random.nextInt(4000);
                if (random.nextInt(5) < chanceToSet) {
                    String value = "value" + random.nextInt(1000);
                    requests.add(new String[] {"SET", key, value});
                    expected.add("+OK");
                    model.put(key, value);
                } else if (random.nextBoolean()) {
                    requests.add(new String[] {"DEL", key});
                    expected.add(model.remove(key) == null ? "0" : "1");
                } else {
                    requests.add(new String[] {"EXISTS", key});
                    expected.add(model.containsKey(key) ? "1" : "0");
                }
            }
            assertEquals(expected, client.pipeline(requests));
        }
    }

    @Test
    void aSubcommandFindsItsKeyInAPipeline() {
        try (TestEngine engine = engine("1")) {
            TestClient client = engine.connect();
            assertEquals(
                    List.of("+OK", "true", "true", "true", "false", "+OK", "true"),
                    client.pipeline(
                            "SET k v",
                            "OBJ EXISTS k",
                            "OBJ EXISTS k",
                            "ONEKEY k",
                            "OBJ EXISTS other",
                            "SET other v",
                            "OBJ EXISTS other"));
        }
    }

    @Test
    void aKeyThatIsMissingIsNotTakenFromTheNextRequest() {
        try (TestEngine engine = engine("1")) {
            TestClient client = engine.connect();
            assertEquals(
                    List.of("+alone", "+alone", "+OK", "true", "+alone"),
                    client.pipeline("ONEKEY", "ONEKEY", "SET k v", "ONEKEY k", "ONEKEY"));
        }
    }
}
