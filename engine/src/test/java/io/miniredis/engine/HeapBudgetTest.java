package io.miniredis.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class HeapBudgetTest {

    @ParameterizedTest
    @CsvSource({
        "1000, true, 992, 793",
        "1000, false, 992, 496",
        "108, true, 100, 80",
        "40, true, 32, 25",
        "16, true, 12, 9",
        "0, true, 0, 0",
    })
    void leavesRoomBesideTheData(long megabytes, boolean compacted, long usable, long data) {
        HeapBudget budget = HeapBudget.of(megabytes << 20, compacted);
        assertEquals(usable, budget.usableBytes() >> 20);
        assertEquals(data, budget.dataBytes() >> 20);
    }

    @Test
    void fitsThisHeap() {
        HeapBudget budget = HeapBudget.ofThisProcess();
        long max = Runtime.getRuntime().maxMemory();
        assertTrue(budget.dataBytes() > max / 4, budget + " of " + max);
        assertTrue(budget.dataBytes() < budget.usableBytes(), budget + " of " + max);
        assertTrue(budget.usableBytes() < max, budget + " of " + max);
    }
}
