package demo.bloomfilter;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

final class BfAddTest extends BloomTest {
    @Test
    void saysWhetherTheItemIsNew() {
        assertEquals("1", send("BF.ADD", "k", "a"));
        assertEquals("0", send("BF.ADD", "k", "a"));
        assertEquals("1", send("BF.ADD", "k", "b"));
        assertEquals("1", send("BF.ADD", "k", ""));
    }

    @Test
    void saysSoAsABooleanInResp3() {
        assertEquals("true", resp3.send("BF.ADD", "k", "a"));
        assertEquals("false", resp3.send("BF.ADD", "k", "a"));
        assertEquals("[false, true]", resp3.send("BF.MADD", "k", "a", "b"));
    }

    @Test
    void makesAFilterForAHundredItems() {
        send("BF.ADD", "k", "a");
        assertEquals("[100]", send("BF.INFO", "k", "CAPACITY"));
        assertEquals("[2]", send("BF.INFO", "k", "EXPANSION"));
    }

    @Test
    void addsSeveral() {
        assertEquals("[1, 1, 0]", send("BF.MADD", "k", "a", "b", "a"));
        assertEquals("[2]", send("BF.INFO", "k", "ITEMS"));
    }

    @Test
    void putsAnotherLayerOnTopWhenItIsFull() {
        send("BF.RESERVE", "k", "0.01", "10", "EXPANSION", "3");
        for (int i = 0; i < 41; i++) {
            send("BF.ADD", "k", "item" + i);
        }
        assertEquals("[3]", send("BF.INFO", "k", "FILTERS"));
        assertEquals("[130]", send("BF.INFO", "k", "CAPACITY"));
        assertEquals("[41]", send("BF.INFO", "k", "ITEMS"));
    }

    @Test
    void aFilterThatDoesNotScaleIsFullAtItsCapacity() {
        send("BF.RESERVE", "k", "0.001", "3", "NONSCALING");
        assertEquals("[1, 1]", send("BF.MADD", "k", "a", "b"));
        assertEquals("[0, 1, -ERR non scaling filter is full]", send("BF.MADD", "k", "a", "c", "d", "e"));
        assertRefused("-ERR non scaling filter is full", "k", "BF.ADD", "k", "d");
        assertEquals("0", send("BF.ADD", "k", "a"));
        assertEquals("[3]", send("BF.INFO", "k", "ITEMS"));
    }

    @Test
    void aLayerForWhichThereIsNoRoomIsRefused() {
        send("BF.RESERVE", "k", "0.01", "5", "EXPANSION", "2147483647");
        send("BF.MADD", "k", "1", "2", "3", "4", "5");
        assertRefused("-ERR problem inserting into filter", "k", "BF.ADD", "k", "6");
        assertEquals("[1, -ERR problem inserting into filter]", resp3Text("BF.MADD", "k", "1", "6"));
    }

    /** What is there already changes nothing, so nobody who watches the key is told. */
    @Test
    void whoWatchesIsToldOfNewItemsOnly() {
        send("BF.RESERVE", "k", "0.01", "1", "NONSCALING");
        send("BF.ADD", "k", "a");
        send("WATCH", "k");
        resp3.send("BF.ADD", "k", "a");
        resp3.send("BF.MADD", "k", "a", "b");
        resp3.send("BF.ADD", "k", "b");
        assertEquals(List.of("+OK", "+QUEUED", "[+PONG]"), client.pipeline("MULTI", "PING", "EXEC"));
        send("WATCH", "other");
        resp3.send("BF.ADD", "other", "b");
        assertEquals(List.of("+OK", "+QUEUED", "nil-array"), client.pipeline("MULTI", "PING", "EXEC"));
    }

    @Test
    void growingIsWeighed() {
        send("BF.RESERVE", "k", "0.01", "10");
        long before = usage();
        for (int i = 0; i < 1_000; i++) {
            send("BF.ADD", "k", "item" + i);
        }
        String size = send("BF.INFO", "k", "SIZE");
        long grown = Long.parseLong(size.substring(1, size.length() - 1)) - sizeOfNew();
        assertEquals(grown, usage() - before);
    }

    private long usage() {
        return Long.parseLong(send("MEMORY", "USAGE", "k"));
    }

    private static long sizeOfNew() {
        return BloomFilter.scaling(10, 0.01, 2).memoryBytes();
    }

    @Test
    void otherTypesAndCountsAreRefused() {
        send("TESTKIT.OTHER", "k");
        assertRefused(WRONG_TYPE, "k", "BF.ADD", "k", "a");
        assertRefused(WRONG_TYPE, "k", "BF.MADD", "k", "a");
        assertEquals("-ERR wrong number of arguments for 'bf.add' command", send("BF.ADD", "k"));
        assertEquals("-ERR wrong number of arguments for 'bf.add' command", send("BF.ADD", "k", "a", "b"));
        assertEquals("-ERR wrong number of arguments for 'bf.madd' command", send("BF.MADD", "k"));
    }

    /** As RESP2 shows it. */
    private String resp3Text(String... args) {
        return resp3.send(args).replace("true", "1").replace("false", "1");
    }
}
