package demo.bloomfilter;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

final class BfExistsTest extends BloomTest {
    @Test
    void findsWhatWasAdded() {
        send("BF.MADD", "k", "a", "b");
        assertEquals("1", send("BF.EXISTS", "k", "a"));
        assertEquals("0", send("BF.EXISTS", "k", "c"));
        assertEquals("[1, 0, 1]", send("BF.MEXISTS", "k", "a", "c", "b"));
    }

    @Test
    void repliesAreBooleansInResp3() {
        send("BF.ADD", "k", "a");
        assertEquals("true", resp3.send("BF.EXISTS", "k", "a"));
        assertEquals("[true, false]", resp3.send("BF.MEXISTS", "k", "a", "c"));
    }

    @Test
    void withoutAFilterThereIsNothing() {
        assertEquals("0", send("BF.EXISTS", "k", "a"));
        assertEquals("[0, 0]", send("BF.MEXISTS", "k", "a", "b"));
        assertEquals("0", send("EXISTS", "k"));
    }

    @Test
    void findsWhatIsInAnyLayer() {
        send("BF.RESERVE", "k", "0.01", "4", "EXPANSION", "1");
        for (int i = 0; i < 100; i++) {
            send("BF.ADD", "k", "item" + i);
        }
        for (int i = 0; i < 100; i++) {
            assertEquals("1", send("BF.EXISTS", "k", "item" + i));
        }
    }

    @Test
    void aCopyIsIndependent() {
        send("BF.ADD", "k", "a");
        assertEquals("1", send("COPY", "k", "copy"));
        send("BF.ADD", "copy", "b");
        assertEquals("[1, 0]", send("BF.MEXISTS", "k", "a", "b"));
        assertEquals("[1, 1]", send("BF.MEXISTS", "copy", "a", "b"));
    }

    @Test
    void whatIsDumpedIsRestored() {
        send("BF.ADD", "k", "a");
        String dump = send("DUMP", "k");
        assertEquals("+OK", send("RESTORE", "restored", "0", dump.substring(1, dump.length() - 1)));
        assertEquals("[1, 0]", send("BF.MEXISTS", "restored", "a", "b"));
        assertEquals(send("BF.INFO", "k"), send("BF.INFO", "restored"));
    }

    @Test
    void otherTypesAndCountsAreRefused() {
        send("TESTKIT.OTHER", "k");
        assertRefused(WRONG_TYPE, "k", "BF.EXISTS", "k", "a");
        assertRefused(WRONG_TYPE, "k", "BF.MEXISTS", "k", "a");
        assertEquals("-ERR wrong number of arguments for 'bf.exists' command", send("BF.EXISTS", "k"));
        assertEquals("-ERR wrong number of arguments for 'bf.exists' command", send("BF.EXISTS", "k", "a", "b"));
        assertEquals("-ERR wrong number of arguments for 'bf.mexists' command", send("BF.MEXISTS", "k"));
    }
}
