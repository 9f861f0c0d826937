package io.miniredis.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How many keys a database has is known without looking at its tables, whatever happens to them. */
final class KeyCountsTest {
    private static final int DATABASES = 3;

    private final Random random = new Random(7);

    private String change() {
        String key = "key:" + random.nextInt(60);
        return switch (random.nextInt(12)) {
            case 0, 1, 2 -> "SET " + key + " value";
            case 3, 4 -> "SET " + key + " value PX " + (1 + random.nextInt(50));
            case 5 -> "DEL " + key;
            case 6 -> "PEXPIRE " + key + " " + random.nextInt(50);
            case 7 -> "PERSIST " + key;
            case 8 -> "MOVE " + key + " " + random.nextInt(DATABASES);
            case 9 -> "RENAME " + key + " key:" + random.nextInt(60);
            case 10 -> "SELECT " + random.nextInt(DATABASES);
            default ->
                random.nextInt(20) == 0
                        ? "FLUSHDB"
                        : "SWAPDB " + random.nextInt(DATABASES) + " " + random.nextInt(DATABASES);
        };
    }

    /** Added up from the tables themselves. */
    private static long sum(Databases databases, int database, ToLongFunction<KeyTable> what) {
        return IntStream.range(0, databases.shards())
                .mapToLong(shard -> what.applyAsLong(databases.shard(shard).table(database)))
                .sum();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "4"})
    void areWhatAllTablesHave(String threads) {
        try (TestEngine engine = TestEngine.create().set("io-threads", threads).start()) {
            TestClient client = engine.connect();
            Databases databases = engine.engine().databases();
            for (int i = 0; i < 5000; i++) {
                client.run(change());
                engine.ticker.advanceMillis(random.nextInt(3));
                if (i % 50 == 0) {
                    engine.engine().expireCycle();
                }
                for (int database = 0; database < DATABASES; database++) {
                    assertEquals(sum(databases, database, KeyTable::size), databases.size(database));
                    assertEquals(sum(databases, database, KeyTable::volatiles), databases.volatiles(database));
                }
            }
        }
    }
}
