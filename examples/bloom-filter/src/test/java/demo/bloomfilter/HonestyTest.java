package demo.bloomfilter;

import static demo.bloomfilter.BloomFilterTest.hash;

import io.miniredis.api.CommandException;
import io.miniredis.api.CommandHandler;
import io.miniredis.testkit.CommandCheck;
import io.miniredis.testkit.Provided;
import io.miniredis.testkit.ValueTypeCheck;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every command of this plugin does what its spec says, and its type what types do. A command without an example fails. */
final class HonestyTest {
    private static final String EXAMPLES = """
            BF.ADD {k} a = 1
            BF.ADD k a; BF.ADD {k} a = 0
            BF.ADD k a; EXPIRE k 100; BF.ADD {k} '' = 1
            BF.RESERVE k 0.01 1; BF.ADD k a; BF.ADD {k} b = 1
            BF.RESERVE k 0.01 1 NONSCALING; BF.ADD k a; BF.ADD {k} a = 0
            BF.RESERVE k 0.01 1 NONSCALING; BF.ADD k a; BF.ADD k b = -ERR non scaling filter is full
            BF.RESERVE k 0.01 1 EXPANSION 2147483647; BF.ADD k a; BF.ADD k b = -ERR problem inserting into filter
            BF.EXISTS {k} a = 0
            BF.ADD k a; BF.EXISTS {k} a = 1
            BF.ADD k a; BF.EXISTS {k} b = 0
            TESTKIT.OTHER k; BF.EXISTS k a = -WRONGTYPE Operation against a key holding the wrong kind of value
            BF.RESERVE k 0.01 10; BF.ADD k a; BF.INFO {k}
            BF.RESERVE k 0.01 10 NONSCALING; BF.INFO {k}
            BF.RESERVE k 0.01 10; BF.INFO {k} capacity = [10]
            BF.RESERVE k 0.01 10; BF.INFO {k} SIZE
            BF.RESERVE k 0.01 1; BF.MADD k a b; BF.INFO {k} FILTERS = [2]
            BF.MADD k a b; BF.INFO {k} ITEMS = [2]
            BF.RESERVE k 0.01 10 NONSCALING; BF.INFO {k} EXPANSION = [nil]
            BF.INFO k = -ERR not found
            BF.ADD k a; BF.INFO k COLOUR = -Invalid information value
            BF.ADD k a; BF.INFO k SIZE ITEMS = -ERR wrong number of arguments for 'bf.info' command
            BF.MADD {k} a b a = [1, 1, 0]
            BF.MADD k a b; BF.MADD {k} b a = [0, 0]
            BF.RESERVE k 0.01 2; BF.ADD k a; BF.MADD {k} a b c = [0, 1, 1]
            BF.RESERVE k 0.01 2 NONSCALING; BF.MADD {k} a b c d = [1, 1, -ERR non scaling filter is full]
            BF.RESERVE k 0.01 1 NONSCALING; BF.ADD k a; BF.MADD {k} b = [-ERR non scaling filter is full]
            TESTKIT.OTHER k; BF.MADD k a = -WRONGTYPE Operation against a key holding the wrong kind of value
            BF.MEXISTS {k} a b = [0, 0]
            BF.ADD k a; BF.MEXISTS {k} a b = [1, 0]
            TESTKIT.OTHER k; BF.MEXISTS k a = -WRONGTYPE Operation against a key holding the wrong kind of value
            BF.RESERVE {k} 0.01 100 = +OK
            BF.RESERVE {k} 1e-3 10 EXPANSION 4 = +OK
            BF.RESERVE {k} 0.5 1 nonscaling = +OK
            BF.ADD k a; BF.RESERVE k 0.01 100 = -ERR item exists
            BF.RESERVE k often 100 = -ERR bad error rate
            BF.RESERVE k 0.01 many = -ERR bad capacity
            BF.RESERVE k 0.01 0 = -ERR (capacity should be larger than 0)
            BF.RESERVE k 0.01 100 EXPANSION = -ERR no expansion
            BF.RESERVE k 0.01 100 EXPANSION fast = -ERR bad expansion
            BF.RESERVE k 0.01 100 EXPANSION 0 = -ERR expansion should be greater or equal to 1
            BF.RESERVE k 0.01 100 NONSCALING EXPANSION 2 = -Nonscaling filters cannot expand
            BF.RESERVE k 0.01 100 GROWING = -ERR syntax error
            BF.RESERVE k 0.01 9223372036854775807 = -ERR insufficient memory to create filter
            BF.RESERVE k 0.01 1 EXPANSION 2 EXPANSION 2 = -ERR wrong number of arguments for 'bf.reserve' command
            """;

    private static final long MAX_BYTES = 1 << 29;

    /** A filter for two items, which has got a third and with it a second layer. */
    private static final byte[] WRITTEN_BY_VERSION_1 = HexFormat.of()
            .parseHex("0000000300000002"
                    + "00000000000000023fa999999999999a00000000000000020020502001200034"
                    + "00000000000000063f9999999999999a00000000000000010801000100400820");

    static List<CommandHandler> commands() {
        return Provided.commands("demo.bloomfilter");
    }

    @ParameterizedTest
    @MethodSource("commands")
    void commandIsHonest(CommandHandler handler) {
        CommandCheck check = CommandCheck.of(handler).examples(EXAMPLES);
        if (handler instanceof BfInfo || handler instanceof BfReserve) {
            check.answersErrorsWithoutCode(); // as in RedisBloom
        }
        check.verify();
    }

    @Test
    void typeIsHonest() throws CommandException {
        BloomFilter fixed = reserved(1000, 0.3, BloomFilter.NONSCALING);
        BloomFilter ofManyLayers = filled(reserved(1, 0.001, 1), 30);
        BloomFilter large = filled(reserved(100_000, 0.01, 4), 120_000);
        ValueTypeCheck.of(new BloomFilterType())
                .emptyIsLegal()
                .values(new BloomFilterType().create(), fixed, ofManyLayers, large)
                .changedBy(HonestyTest::change)
                .reads(1, WRITTEN_BY_VERSION_1, filled(reserved(2, 0.1, 3), 3))
                .verify();
    }

    private static BloomFilter reserved(long capacity, double errorRate, int expansion) throws CommandException {
        return BloomFilter.reserve(capacity, errorRate, expansion, MAX_BYTES);
    }

    private static BloomFilter filled(BloomFilter filter, int items) throws CommandException {
        for (int i = 0; i < items; i++) {
            filter.add(hash("item" + i), MAX_BYTES);
        }
        return filter;
    }

    private static void change(BloomFilter filter, Random random) {
        try {
            filter.add(hash("more" + random.nextInt(1000)), MAX_BYTES);
        } catch (CommandException full) {
            // A filter that does not grow stays as it is.
        }
    }
}
