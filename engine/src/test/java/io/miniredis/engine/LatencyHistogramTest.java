package io.miniredis.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LatencyHistogramTest {
    private final LatencyHistogram histogram = new LatencyHistogram();

    private Map<Long, Long> distribution() {
        Map<Long, Long> steps = new TreeMap<>();
        histogram.distribution(steps::put);
        return steps;
    }

    /** What Redis shows of one call that took so long, in its INFO and in LATENCY HISTOGRAM. */
    @ParameterizedTest
    @CsvSource({
        "1000, 1003, 1",
        "2000, 2007, 2",
        "10000, 10047, 16",
        "92000, 92159, 132",
        "158000, 158719, 264",
        "1000000000, 1002438655, 1073741"
    })
    void bucketsAreThoseOfRedis(long nanos, long percentile, long step) {
        histogram.record(nanos, 1);
        assertEquals(percentile, histogram.percentile(50));
        assertEquals(Map.of(step, 1L), distribution());
    }

    @Test
    void eachDurationIsWithinOnePercent() {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 10_000; i++) {
            long nanos = random.nextLong(1, 1L << random.nextInt(1, 30));
            LatencyHistogram one = new LatencyHistogram();
            one.record(nanos, 1);
            long low = one.percentile(0);
            long high = one.percentile(100);
            assertEquals(
                    true,
                    low <= nanos && nanos <= high && high - low <= nanos / 100,
                    nanos + " in " + low + ".." + high);
        }
    }

    @Test
    void longerThanASecondIsASecondAndNothingIsOne() {
        histogram.record(60_000_000_000L, 1);
        histogram.record(0, 1);
        assertEquals(1, histogram.percentile(50));
        assertEquals(1_002_438_655, histogram.percentile(100));
    }

    @Test
    void percentilesCountCalls() {
        histogram.record(10_000, 98);
        histogram.record(20_000, 1);
        histogram.record(30_000, 1);
        assertEquals(10_047, histogram.percentile(50));
        assertEquals(10_047, histogram.percentile(98));
        assertEquals(20_095, histogram.percentile(99));
        assertEquals(30_079, histogram.percentile(99.9));
        assertEquals(9_984, histogram.percentile(0));
    }

    @Test
    void theDistributionIsCumulative() {
        histogram.record(500, 3);
        histogram.record(1500, 2);
        histogram.record(30_000, 5);
        assertEquals(Map.of(1L, 3L, 2L, 5L, 33L, 10L), distribution());
    }

    @Test
    void sumsAndDifferencesAreTakenByBucket() {
        histogram.record(1000, 5);
        LatencyHistogram other = new LatencyHistogram();
        other.record(1000, 2);
        other.record(500_000_000, 1);
        histogram.add(other);
        assertEquals(8, histogram.total());
        histogram.subtract(other);
        assertEquals(5, histogram.total());
        assertEquals(1003, histogram.percentile(100));
    }

    @Test
    void anEmptyOneShowsNothing() {
        assertEquals(0, histogram.percentile(99));
        assertEquals(Map.of(), distribution());
        assertEquals(0, histogram.total());
    }

    @Test
    void stepsAreAlwaysTheSameAndEndBeforeASecond() {
        List<Metrics.Bucket> empty = histogram.steps();
        assertEquals(new Metrics.Bucket(1031, 0), empty.get(0));
        assertEquals(541_065_215, empty.get(empty.size() - 1).nanos());
        histogram.record(1031, 2);
        histogram.record(1032, 3);
        histogram.record(60_000_000_000L, 1);
        List<Metrics.Bucket> steps = histogram.steps();
        assertEquals(new Metrics.Bucket(1031, 2), steps.get(0));
        assertEquals(new Metrics.Bucket(2063, 5), steps.get(1));
        assertEquals(5, steps.get(steps.size() - 1).count());
        assertEquals(
                empty.stream().map(Metrics.Bucket::nanos).toList(),
                steps.stream().map(Metrics.Bucket::nanos).toList());
    }

    @Test
    void theSumIsExactAndHasNoLimit() {
        histogram.record(1031, 2);
        histogram.record(60_000_000_000L, 1);
        assertEquals(60_000_002_062L, histogram.nanos());
        LatencyHistogram before = new LatencyHistogram();
        before.record(1000, 1);
        histogram.subtract(before);
        assertEquals(60_000_001_062L, histogram.nanos());
    }

    @Test
    void emptyBucketsAreLeftOut() {
        histogram.record(10_000, 4);
        histogram.record(1, 1);
        assertEquals(List.of(new Metrics.Bucket(1, 1), new Metrics.Bucket(10_047, 4)), histogram.buckets());
    }
}
