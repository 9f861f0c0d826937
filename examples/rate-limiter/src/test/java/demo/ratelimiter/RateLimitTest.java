package demo.ratelimiter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import demo.ratelimiter.RateLimit.Decision;
import io.miniredis.api.CommandException;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RateLimitTest {
    private static final long SECOND = 1_000_000_000;
    private static final long NOW = 1_700_000_000 * SECOND;

    @Test
    void theIntervalIsThePeriodDividedByTheRate() throws CommandException {
        assertEquals(new RateLimit(16, 2 * SECOND), RateLimit.of(15, 30, 60));
        assertEquals(new RateLimit(1, 333_333_333), RateLimit.of(0, 3, 1));
    }

    @Test
    void asManyAsTheBurstAndOneMoreMayComeAtOnce() throws CommandException {
        RateLimit limit = RateLimit.of(2, 1, 10);
        Decision first = limit.decide(0, NOW, 1);
        assertEquals(new Decision(true, NOW + 10 * SECOND, 2, Decision.NO_RETRY, 10 * SECOND), first);
        Decision second = limit.decide(first.arrivalNanos(), NOW, 1);
        Decision third = limit.decide(second.arrivalNanos(), NOW, 1);
        assertEquals(new Decision(true, NOW + 30 * SECOND, 0, Decision.NO_RETRY, 30 * SECOND), third);
        Decision fourth = limit.decide(third.arrivalNanos(), NOW, 1);
        assertEquals(new Decision(false, NOW + 30 * SECOND, 0, 10 * SECOND, 30 * SECOND), fourth);
    }

    @Test
    void aRetryAfterTheTimeGivenIsAllowedAndNotBefore() throws CommandException {
        RateLimit limit = RateLimit.of(4, 7, 3);
        long arrival = limit.decide(0, NOW, 5).arrivalNanos();
        Decision refused = limit.decide(arrival, NOW, 3);
        assertFalse(refused.allowed());
        assertFalse(
                limit.decide(arrival, NOW + refused.retryAfterNanos() - 1, 3).allowed());
        assertTrue(limit.decide(arrival, NOW + refused.retryAfterNanos(), 3).allowed());
    }

    @Test
    void theRateIsKeptInTheLongRunHoweverRequestsCome() throws CommandException {
        RateLimit limit = RateLimit.of(9, 100, 1);
        SplittableRandom random = new SplittableRandom(1);
        long arrival = 0;
        long now = NOW;
        int allowed = 0;
        while (now < NOW + 100 * SECOND) {
            Decision decision = limit.decide(arrival, now, 1);
            if (decision.allowed()) {
                arrival = decision.arrivalNanos();
                allowed++;
            }
            now += random.nextLong(5_000_000);
        }
        assertTrue(allowed <= 10_010 && allowed > 9_900, allowed + " were allowed");
    }

    @Test
    void whoHadALargerBurstWaitsLonger() throws CommandException {
        long arrival = RateLimit.of(99, 1, 1).decide(0, NOW, 100).arrivalNanos();
        Decision decision = RateLimit.of(0, 1, 1).decide(arrival, NOW, 1);
        assertEquals(new Decision(false, arrival, 0, 100 * SECOND, 100 * SECOND), decision);
    }

    @Test
    void theLargestLimitDoesNotOverflow() throws CommandException {
        long fiftyYears = 50L * 365 * 24 * 60 * 60;
        RateLimit limit = RateLimit.of(0, 1, fiftyYears);
        long arrival = limit.decide(0, NOW, 1).arrivalNanos();
        assertEquals(NOW + fiftyYears * SECOND, arrival);
        assertEquals(fiftyYears * SECOND, limit.decide(arrival, NOW, 1).retryAfterNanos());
    }

    @Test
    void anArrivalThatNoLimitHasMadeDoesNotOverflow() throws CommandException {
        RateLimit limit = RateLimit.of(0, 1, 1);
        assertEquals(limit.decide(Long.MAX_VALUE, NOW, 1), limit.decide(NOW + 1_576_800_000 * SECOND, NOW, 1));
        assertFalse(limit.decide(Long.MAX_VALUE, NOW, 1).allowed());
        assertTrue(limit.decide(Long.MIN_VALUE, NOW, 1).allowed());
    }

    @ParameterizedTest
    @CsvSource({
        "-1, 1, 1",
        "0, 0, 1",
        "0, -1, 1",
        "0, 1, 0",
        "0, 1, -1",
        "0, 1, 1576800001",
        "0, 1, 9223372036854775807",
        "0, 1000000001, 1",
        "1, 1, 1576800000",
        "9223372036854775807, 1000000000, 1",
        "9223372036854775807, 9223372036854775807, 9223372036854775807"
    })
    void whatIsOutOfRangeIsRefused(long burst, long rate, long period) {
        assertThrows(CommandException.class, () -> RateLimit.of(burst, rate, period));
    }
}
