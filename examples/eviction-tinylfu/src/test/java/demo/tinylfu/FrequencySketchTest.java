package demo.tinylfu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class FrequencySketchTest {
    private static final int KEYS = 10_000;

    private final FrequencySketch sketch = new FrequencySketch();

    @Test
    void aKeyThatWasNeverUsedHasNoFrequency() {
        assertEquals(0, frequency(1));
    }

    @Test
    void countsUpToFifteen() {
        for (int uses = 1; uses <= 20; uses++) {
            use(1, 1);
            assertEquals(Math.min(uses, FrequencySketch.MAX_COUNT), frequency(1));
        }
    }

    @Test
    void neverEstimatesTooLittleAndSeldomTooMuch() {
        sketch.grow(KEYS);
        for (int key = 0; key < KEYS; key++) {
            use(key, key % 8);
        }
        int tooMuch = 0;
        for (int key = 0; key < KEYS; key++) {
            assertTrue(frequency(key) >= key % 8);
            tooMuch += frequency(key) > key % 8 ? 1 : 0;
        }
        assertTrue(tooMuch < KEYS / 50, tooMuch + " of " + KEYS + " are overestimated");
    }

    @Test
    void ageingHalvesAllWhenItHasComeAround() {
        sketch.grow(KEYS);
        use(1, 12);
        use(2, 5);
        for (int i = 0; i < 1 << 10; i++) {
            sketch.age(0x1p-10);
        }
        assertEquals(6, frequency(1));
        assertEquals(2, frequency(2));
    }

    @Test
    void ageingOfLessThanAWordAddsUp() {
        use(1, 8);
        for (int i = 0; i < 1 << 16; i++) {
            sketch.age(0x1p-16);
        }
        assertEquals(4, frequency(1));
    }

    @Test
    void whatWasCountedStaysWhenTheTableGrows() {
        for (int key = 0; key < 50; key++) {
            use(key, key % 8);
        }
        int[] before = IntStream.range(0, 50).map(this::frequency).toArray();
        sketch.grow(1_000_000);
        for (int key = 0; key < 50; key++) {
            assertEquals(before[key], frequency(key));
        }
    }

    /** Counts may be lost, but no counter runs over into another one. */
    @Test
    void manyThreadsDoNotSpoilWhatOthersCount() {
        sketch.grow(KEYS);
        IntStream.range(0, 400_000).parallel().forEach(i -> use(i % 100, 1));
        long touched =
                IntStream.range(100, KEYS).filter(key -> frequency(key) > 0).count();
        assertTrue(touched < 100, touched + " that nobody used");
    }

    private void use(int key, int times) {
        for (int i = 0; i < times; i++) {
            sketch.count(SampledCache.hash(key));
        }
    }

    private int frequency(int key) {
        return sketch.frequency(SampledCache.hash(key));
    }
}
