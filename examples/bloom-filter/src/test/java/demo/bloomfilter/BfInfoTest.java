package demo.bloomfilter;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class BfInfoTest extends BloomTest {
    private static final long SIZE = BloomFilter.scaling(100, 0.001, 4).memoryBytes();

    @BeforeEach
    void reserve() {
        send("BF.RESERVE", "k", "0.001", "100", "EXPANSION", "4");
        send("BF.MADD", "k", "a", "b");
    }

    @Test
    void tellsAllInAnArray() {
        assertEquals(
                "[+Capacity, 100, +Size, " + SIZE
                        + ", +Number of filters, 1, +Number of items inserted, 2, +Expansion rate, 4]",
                send("BF.INFO", "k"));
    }

    @Test
    void tellsAllInAMapInResp3() {
        assertEquals(
                "{+Capacity: 100, +Size: " + SIZE
                        + ", +Number of filters: 1, +Number of items inserted: 2, +Expansion rate: 4}",
                resp3.send("BF.INFO", "k"));
    }

    @Test
    void tellsOne() {
        assertEquals("[100]", send("BF.INFO", "k", "capacity"));
        assertEquals("[" + SIZE + "]", send("BF.INFO", "k", "Size"));
        assertEquals("[1]", send("BF.INFO", "k", "FILTERS"));
        assertEquals("[2]", send("BF.INFO", "k", "ITEMS"));
        assertEquals("[4]", resp3.send("BF.INFO", "k", "EXPANSION"));
    }

    @Test
    void aFilterThatDoesNotScaleHasNoExpansion() {
        send("BF.RESERVE", "fixed", "0.001", "100", "NONSCALING");
        assertEquals("*1\r\n$-1\r\n", client.wire("BF.INFO", "fixed", "EXPANSION"));
        assertEquals("*1\r\n_\r\n", resp3.wire("BF.INFO", "fixed", "EXPANSION"));
    }

    @Test
    void whatIsNotThereOrNotKnownIsRefused() {
        send("TESTKIT.OTHER", "other");
        assertEquals("-ERR not found", send("BF.INFO", "none"));
        assertEquals("-ERR not found", send("BF.INFO", "none", "SIZE"));
        assertEquals("-Invalid information value", send("BF.INFO", "k", "COLOUR"));
        assertEquals(WRONG_TYPE, send("BF.INFO", "other"));
        assertEquals("-ERR wrong number of arguments for 'bf.info' command", send("BF.INFO", "k", "SIZE", "ITEMS"));
    }
}
