package demo.bloomfilter;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class BfReserveTest extends BloomTest {
    @Test
    void makesAnEmptyFilter() {
        assertEquals("+OK", send("BF.RESERVE", "k", "0.001", "1000"));
        assertEquals("+MBbloom--", send("TYPE", "k"));
        assertEquals("[1000]", send("BF.INFO", "k", "CAPACITY"));
        assertEquals("[0]", send("BF.INFO", "k", "ITEMS"));
        assertEquals("[2]", send("BF.INFO", "k", "EXPANSION"));
    }

    @Test
    void optionsComeInAnyOrderAndCase() {
        assertEquals("+OK", send("BF.RESERVE", "a", "0.01", "10", "expansion", "3"));
        assertEquals("[3]", send("BF.INFO", "a", "EXPANSION"));
        assertEquals("+OK", send("BF.RESERVE", "b", "1e-2", "10", "NonScaling"));
        assertEquals("[nil]", send("BF.INFO", "b", "EXPANSION"));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "x 10, ERR bad error rate",
                "nan 10, ERR bad error rate",
                "0 10, \"ERR (0 < error rate range < 1) \"",
                "1 10, \"ERR (0 < error rate range < 1) \"",
                "-0.1 10, \"ERR (0 < error rate range < 1) \"",
                "inf 10, \"ERR (0 < error rate range < 1) \"",
                "0.01 x, ERR bad capacity",
                "0.01 1.5, ERR bad capacity",
                "0.01 9223372036854775808, ERR bad capacity",
                "0.01 0, ERR (capacity should be larger than 0)",
                "0.01 -1, ERR (capacity should be larger than 0)",
                "0.01 10 EXPANSION, ERR no expansion",
                "0.01 10 EXPANSION x, ERR bad expansion",
                "0.01 10 EXPANSION 0, ERR expansion should be greater or equal to 1",
                "0.01 10 EXPANSION 4294967296, ERR bad expansion",
                "0.01 10 EXPANSION 2 NONSCALING, Nonscaling filters cannot expand",
                "0.01 10 NONSCALING EXPANSION 2, Nonscaling filters cannot expand",
                "0.01 10 OTHER, ERR syntax error",
                "0.01 10 EXPANSION 2 EXPANSION 2, ERR wrong number of arguments for 'bf.reserve' command",
                "0.01, ERR wrong number of arguments for 'bf.reserve' command"
            })
    void badArgumentsAreRefused(String arguments, String error) {
        assertRefused("-" + error, "k", ("BF.RESERVE k " + arguments).split(" ", -1));
        assertEquals("0", send("EXISTS", "k"));
    }

    /** Neither a number of bits beyond 64 bits, nor one that an array cannot have, nor one that the heap cannot hold. */
    @ParameterizedTest
    @CsvSource({
        "0.01, 9223372036854775807",
        "0.0000001, 4611686018427387904",
        "0.01, 100000000000",
        "0.01, 4000000000",
        "0.99, 9223372036854775807"
    })
    void whatNoServerCanHoldIsRefused(String errorRate, String capacity) {
        assertRefused(
                "-ERR insufficient memory to create filter", "k", "BF.RESERVE", "k", errorRate, capacity, "NONSCALING");
        assertEquals("0", send("EXISTS", "k"));
    }

    @Test
    void aLayerIsNotLargerThanAnyOtherValue() {
        assertEquals("+OK", send("CONFIG", "SET", "proto-max-bulk-len", "1mb"));
        assertEquals("-ERR insufficient memory to create filter", send("BF.RESERVE", "k", "0.01", "1000000"));
        assertEquals("+OK", send("BF.RESERVE", "k", "0.01", "700000"));
    }

    @Test
    void anErrorRateBeyondTheHashIsTakenForTheLeastThereIs() {
        assertEquals("+OK", send("BF.RESERVE", "k", "1e-300", "10", "EXPANSION", "1"));
        for (int i = 0; i < 100; i++) {
            assertEquals("1", send("BF.ADD", "k", "item" + i));
        }
        assertEquals("[10]", send("BF.INFO", "k", "FILTERS"));
        assertEquals("+OK", send("BF.RESERVE", "least", "5e-324", "10"));
    }

    @Test
    void whatIsThereStays() {
        send("BF.ADD", "k", "a");
        assertRefused("-ERR item exists", "k", "BF.RESERVE", "k", "0.01", "10");
        assertEquals("1", send("BF.EXISTS", "k", "a"));
        send("TESTKIT.OTHER", "other");
        assertRefused(WRONG_TYPE, "other", "BF.RESERVE", "other", "0.01", "10");
    }
}
