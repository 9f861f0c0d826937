package io.miniredis.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** Which slots entries get. */
final class SlotSizesTest {

    @Test
    void eachEntryGetsTheLeastSlotThatHoldsIt() {
        for (int bytes = 1; bytes <= SlotSizes.MAX_BYTES; bytes++) {
            int number = SlotSizes.number(bytes);
            assertTrue(SlotSizes.bytes(number) >= bytes, "for " + bytes);
            assertTrue(number == 0 || SlotSizes.bytes(number - 1) < bytes, "for " + bytes);
            assertEquals(SlotSizes.bytes(number), SlotSizes.fitting(bytes));
            assertEquals(number, SlotSizes.number(SlotSizes.fitting(bytes)));
        }
    }

    @Test
    void lessThanAnEighthIsWasted() {
        for (int bytes = 1; bytes <= SlotSizes.MAX_BYTES; bytes++) {
            int unused = SlotSizes.fitting(bytes) - bytes;
            assertTrue(unused < Math.max(8, SlotSizes.fitting(bytes) / 8), unused + " for " + bytes);
        }
    }

    @Test
    void sizesAreMultiplesOfEight() {
        assertEquals(8, SlotSizes.bytes(0));
        for (int number = 0; number < SlotSizes.COUNT; number++) {
            assertEquals(0, SlotSizes.bytes(number) % 8);
        }
        assertEquals(SlotSizes.MAX_BYTES, SlotSizes.bytes(SlotSizes.COUNT - 1));
    }
}
