package demo.tinylfu;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

final class AgeWeightTest {
    private final AgeWeight weight = new AgeWeight();

    @Test
    void goesOnWhileTheHitRatioRises() {
        assertEquals(0.25, afterHits(50));
        assertEquals(0.5, afterHits(50));
        assertEquals(1, afterHits(60));
        assertEquals(2, afterHits(60));
    }

    @Test
    void goesBackWhenTheHitRatioFalls() {
        afterHits(50);
        assertEquals(0.5, afterHits(50));
        assertEquals(1, afterHits(50));
        assertEquals(0.5, afterHits(40));
        assertEquals(0.25, afterHits(50));
    }

    @Test
    void turnsAtEitherEnd() {
        afterHits(50);
        for (double expected : new double[] {0.5, 1, 2, 4, 4, 2, 1, 0.5, 0.25, 0.25, 0.5, 1}) {
            assertEquals(expected, afterHits(50));
        }
    }

    @Test
    void staysWhileNothingIsEvicted() {
        for (int i = 0; i < 3; i++) {
            weight.hit();
            weight.adjust();
        }
        assertEquals(0.25, weight.get());
    }

    @Test
    void staysWhileNothingIsHit() {
        afterHits(50);
        assertEquals(0.5, afterHits(50));
        assertEquals(0.5, afterHits(0));
        assertEquals(0.5, afterHits(40));
        assertEquals(1, afterHits(40));
    }

    /** The weight after so many of a hundred uses were hits, and something was evicted. */
    private double afterHits(int hits) {
        for (int i = 0; i < 100; i++) {
            if (i < hits) {
                weight.hit();
            } else {
                weight.miss();
            }
        }
        weight.evicted();
        weight.adjust();
        return weight.get();
    }
}
