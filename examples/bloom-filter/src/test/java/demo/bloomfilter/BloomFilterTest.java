package demo.bloomfilter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.miniredis.api.CommandException;
import io.miniredis.api.Slice;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class BloomFilterTest {
    private static final long MAX_BYTES = 1 << 29;

    /** A hundred thousand items that were never added; the bound leaves four standard deviations above the rate. */
    @ParameterizedTest
    @CsvSource({
        "0.1, 10000, 0, 10000",
        "0.01, 10000, 0, 10000",
        "0.001, 10000, 0, 10000",
        "0.01, 100, 2, 100000",
        "0.01, 100, 1, 5000",
        "0.001, 1000, 4, 100000"
    })
    void isWrongNoMoreOftenThanAskedFor(double errorRate, long capacity, int expansion, int items) throws Exception {
        BloomFilter filter = BloomFilter.reserve(capacity, errorRate, expansion, MAX_BYTES);
        for (int i = 0; i < items; i++) {
            filter.add(hash("item" + i), MAX_BYTES);
            assertTrue(filter.contains(hash("item" + i)));
        }
        int asked = 100_000;
        int wrong = 0;
        for (int i = 0; i < asked; i++) {
            wrong += filter.contains(hash("other" + i)) ? 1 : 0;
        }
        double bound = errorRate + 4 * Math.sqrt(errorRate / asked);
        assertTrue((double) wrong / asked < bound, wrong + " of " + asked);
    }

    /** Not much smaller than it needs to be either: a fixed filter that is full uses up its error rate. */
    @Test
    void isNotLargerThanItMustBe() throws CommandException {
        BloomFilter filter = BloomFilter.reserve(10_000, 0.01, BloomFilter.NONSCALING, MAX_BYTES);
        assertEquals(1499, filter.layers()[0].words().length);
        for (int i = 0; i < 10_000; i++) {
            filter.add(hash("item" + i), MAX_BYTES);
        }
        int wrong = 0;
        for (int i = 0; i < 100_000; i++) {
            wrong += filter.contains(hash("other" + i)) ? 1 : 0;
        }
        assertTrue(wrong > 850, wrong + " of 100000");
    }

    @Test
    void eachLayerIsLargerAndStricter() throws CommandException {
        BloomFilter filter = BloomFilter.reserve(10, 0.08, 3, MAX_BYTES);
        for (int i = 0; i < 100; i++) {
            filter.add(hash("item" + i), MAX_BYTES);
        }
        assertEquals(3, filter.layers().length);
        assertEquals(0.04, filter.layers()[0].errorRate());
        assertEquals(0.02, filter.layers()[1].errorRate());
        assertEquals(0.01, filter.layers()[2].errorRate());
        assertEquals(10 + 30 + 90, filter.capacity());
    }

    @Test
    void aLayerThatWouldBeTooLargeIsNotMade() throws CommandException {
        BloomFilter filter = BloomFilter.reserve(10, 0.01, 1_000_000, MAX_BYTES);
        for (int i = 0; i < 10; i++) {
            filter.add(hash("item" + i), MAX_BYTES);
        }
        long before = filter.memoryBytes();
        assertThrows(CommandException.class, () -> filter.add(hash("more"), 1 << 20));
        assertEquals(before, filter.memoryBytes());
        assertEquals(1, filter.layers().length);
        assertFalse(filter.contains(hash("more")));
    }

    @Test
    void itemsThatAreNearlyTheSameDiffer() throws CommandException {
        BloomFilter filter = BloomFilter.reserve(1_000, 1e-9, BloomFilter.NONSCALING, MAX_BYTES);
        String text = "";
        for (int length = 0; length < 40; length++) {
            assertTrue(filter.add(hash(text), MAX_BYTES));
            text += "\0";
        }
        for (int place = 0; place < 40; place++) {
            String changed = text.substring(0, place) + "x" + text.substring(place + 1);
            assertTrue(filter.add(hash(changed), MAX_BYTES));
        }
    }

    static long hash(String item) {
        return ItemHash.of(new Slice(item.getBytes(UTF_8)));
    }
}
