package io.miniredis.eviction.lfu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.miniredis.api.eviction.EvictionSetup;
import java.util.SplittableRandom;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class LfuEvictorTest {
    private static final long MINUTE = 60_000;
    private static final long DAY = 24 * 60 * MINUTE;

    private long nowMillis = 1_700_000_000_000L;
    private long logFactor = 10;
    private long decayMinutes = 1;
    private double chance;
    private final LfuEvictor evictor = new LfuEvictor(new Setup(), () -> chance);

    private final class Setup implements EvictionSetup {
        @Override
        public long nowMillis() {
            return nowMillis;
        }

        @Override
        public LongSupplier number(String directive, long otherwise) {
            return switch (directive) {
                case "lfu-log-factor" -> () -> logFactor;
                case "lfu-decay-time" -> () -> decayMinutes;
                default -> throw new IllegalArgumentException(directive);
            };
        }
    }

    private int bitsOf(int frequency) {
        return evictor.withFrequency(0, frequency);
    }

    private int use(int bits) {
        return evictor.onAccess(1, bits);
    }

    @Test
    void aNewKeyStartsAtFive() {
        assertEquals(5, evictor.frequency(evictor.onInsert(1)));
    }

    @Test
    void theKeyUsedLeastFrequentlyRanksHighest() {
        assertTrue(evictor.rank(1, bitsOf(7), -1) > evictor.rank(2, bitsOf(8), -1));
        assertTrue(evictor.rank(1, bitsOf(0), -1) > evictor.rank(2, bitsOf(255), -1));
        assertEquals(evictor.rank(1, bitsOf(7), -1), evictor.rank(2, bitsOf(7), 1));
    }

    @Test
    void aKeyUsedOftenLongAgoRanksAboveOneUsedLately() {
        int old = bitsOf(100);
        nowMillis += 91 * MINUTE;
        assertTrue(evictor.rank(1, old, -1) > evictor.rank(2, bitsOf(10), -1));
        assertTrue(evictor.rank(1, old, -1) < evictor.rank(2, bitsOf(8), -1));
    }

    /** Which of two keys used equally often ranks higher is told by quarters of a second. */
    @ParameterizedTest
    @ValueSource(ints = {235, 1000, 39_999})
    void ofTwoKeysUsedEquallyOftenTheOneUsedLongerAgoRanksHigher(int millis) {
        int older = bitsOf(7);
        nowMillis += millis;
        int younger = bitsOf(7);
        assertEquals(evictor.frequency(older), evictor.frequency(younger), "within a minute nothing is forgotten");
        assertTrue(evictor.rank(1, older, -1) > evictor.rank(2, younger, -1));
        nowMillis += 10;
        assertTrue(evictor.rank(1, older, -1) > evictor.rank(2, younger, -1));
    }

    @Test
    void ageDecidesOnlyBetweenThoseUsedEquallyOften() {
        decayMinutes = 0;
        int older = bitsOf(8);
        nowMillis += 44 * DAY;
        assertTrue(evictor.rank(1, older, -1) < evictor.rank(2, bitsOf(7), -1));
    }

    @Test
    void aKeyUsedLaterThanNowIsAsYoungAsOneUsedNow() {
        int later = bitsOf(7);
        nowMillis -= 60 * MINUTE;
        assertEquals(evictor.rank(1, bitsOf(7), -1), evictor.rank(2, later, -1));
    }

    // Counting

    @ParameterizedTest
    @ValueSource(ints = {0, 4, 5})
    void upToTheFirstCountEachUseCounts(int frequency) {
        chance = Math.nextDown(1.0);
        assertEquals(frequency + 1, evictor.frequency(use(bitsOf(frequency))));
    }

    /** One in 1 + factor * (counter - 5). */
    @ParameterizedTest
    @CsvSource({"6, 10, 11", "7, 10, 21", "254, 10, 2491", "105, 100, 10001", "254, 2147483647, 534723428104"})
    void theMoreWasCountedTheLessAUseCounts(int frequency, long factor, double uses) {
        logFactor = factor;
        chance = 1 / uses * 0.999;
        assertEquals(frequency + 1, evictor.frequency(use(bitsOf(frequency))));
        chance = 1 / uses * 1.001;
        assertEquals(frequency, evictor.frequency(use(bitsOf(frequency))));
    }

    @Test
    void theCounterEndsAt255() {
        assertEquals(255, evictor.frequency(use(bitsOf(254))));
        assertEquals(255, evictor.frequency(use(bitsOf(255))));
    }

    /** Means over many keys, as Redis 7.0.15 has them after so many uses. */
    @ParameterizedTest
    @CsvSource({"10, 100, 9.67", "10, 1000, 18.92", "10, 20000, 67.8", "100, 1000, 9.95", "0, 100, 105"})
    void countersGrowAsTheLogarithmOfUses(long factor, int uses, double mean) {
        SplittableRandom random = new SplittableRandom(1);
        LfuEvictor counting = new LfuEvictor(new Setup(), random::nextDouble);
        logFactor = factor;
        int keys = 100;
        double sum = 0;
        for (int key = 0; key < keys; key++) {
            int bits = counting.onInsert(key);
            for (int i = 0; i < uses; i++) {
                bits = counting.onAccess(key, bits);
            }
            sum += counting.frequency(bits);
        }
        assertEquals(mean, sum / keys, mean * 0.05);
    }

    @Test
    void aUseThatDoesNotCountChangesNothingAtTheSameTime() {
        chance = 0.99;
        int bits = bitsOf(50);
        assertEquals(bits, use(bits));
    }

    // Forgetting

    @ParameterizedTest
    @CsvSource({
        "1, 0, 50",
        "1, 1, 49",
        "1, 49, 1",
        "1, 50, 0",
        "1, 51, 0",
        "1, 60000, 0",
        "7, 6, 50",
        "7, 13, 49",
        "7, 14, 48",
        "0, 60000, 50",
        "2147483647, 60000, 50"
    })
    void theCounterLosesOneInSoManyMinutes(long decay, int minutes, int frequency) {
        decayMinutes = decay;
        int bits = bitsOf(50);
        nowMillis += minutes * MINUTE;
        assertEquals(frequency, evictor.frequency(bits));
    }

    @Test
    void aUseCountsFromWhatIsLeftAndTimeBeginsAgain() {
        int bits = bitsOf(50);
        nowMillis += 10 * MINUTE;
        bits = use(bits);
        assertEquals(41, evictor.frequency(bits));
        nowMillis += MINUTE;
        assertEquals(40, evictor.frequency(bits));
    }

    @Test
    void lookingAtTheCounterDoesNotRestartTime() {
        int bits = bitsOf(50);
        for (int i = 1; i <= 10; i++) {
            nowMillis += MINUTE;
            assertEquals(50 - i, evictor.frequency(bits));
        }
    }

    @Test
    void minutesGoAround() {
        nowMillis = 65_535 * MINUTE;
        int bits = bitsOf(50);
        nowMillis += 3 * MINUTE;
        assertEquals(47, evictor.frequency(bits));
        nowMillis += 44 * DAY;
        assertEquals(0, evictor.frequency(bits));
    }

    /** Whether another thread's time is a little behind or the clock was set. */
    @ParameterizedTest
    @ValueSource(ints = {1, 30, 60})
    void aClockThatIsSetBackForgetsNothing(int minutes) {
        int bits = bitsOf(50);
        nowMillis -= minutes * MINUTE;
        assertEquals(50, evictor.frequency(bits));
        assertEquals(51, evictor.frequency(use(bits)));
    }

    // Directives

    @Test
    void directivesAreReadAsTheyAreSetNow() {
        chance = 0.5;
        int bits = bitsOf(50);
        assertEquals(50, evictor.frequency(use(bits)));
        logFactor = 0;
        assertEquals(51, evictor.frequency(use(bits)));
        nowMillis += 10 * MINUTE;
        assertEquals(40, evictor.frequency(bits));
        decayMinutes = 0;
        assertEquals(50, evictor.frequency(bits));
    }

    @Test
    void withoutDirectivesTheDefaultsHold() {
        LfuEvictor plain = new LfuEvictor(() -> nowMillis, () -> 1 / 11.5);
        int bits = plain.withFrequency(0, 6);
        assertEquals(7, plain.frequency(plain.onAccess(1, bits)));
        nowMillis += MINUTE;
        assertEquals(5, plain.frequency(bits));
    }

    @Test
    void aFrequencyThatIsGivenReplacesTheOneThatWas() {
        assertEquals(50, evictor.frequency(evictor.withFrequency(-1, 50)));
    }
}
