package io.miniredis.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** On differences that are made up: what shows them is known, and must be all that is left. */
final class ShrinkerTest {
    private static final int PLENTY = 10_000;

    private static List<Step> someSteps(long seed) {
        return new ArrayList<>(Sequence.random(seed, command -> true).steps());
    }

    private static List<Step> shrink(List<Step> steps, Predicate<List<Step>> differs) {
        assertTrue(differs.test(steps));
        return new Shrinker(steps, differs, PLENTY).shrink();
    }

    @Test
    void stepsThatDoNotMatterAreRemoved() {
        for (long seed = 1; seed <= 50; seed++) {
            List<Step> steps = someSteps(seed);
            Random random = new Random(seed);
            int set = random.nextInt(steps.size() + 1);
            steps.add(set, Step.say(0, "MADE", "UP"));
            steps.add(set + 1 + random.nextInt(steps.size() - set), Step.say(0, "SEEN"));
            // A difference if one comes before the other, as of a value that was stored wrongly and then read.
            List<Step> few = shrink(steps, some -> {
                int from = indexOf(some, "MADE");
                return from >= 0 && indexOf(some.subList(from, some.size()), "SEEN") > 0;
            });
            assertEquals(List.of(Step.say(0, "MADE"), Step.say(0, "SEEN")), few);
        }
    }

    private static int indexOf(List<Step> steps, String command) {
        for (int i = 0; i < steps.size(); i++) {
            if (steps.get(i).is(command)) {
                return i;
            }
        }
        return -1;
    }

    @Test
    void argumentsBecomePlainAndShort() {
        List<Step> few = shrink(
                List.of(Step.say(0, "APPEND", "\u00ff\u0000", "x".repeat(300), "needless")),
                some -> some.get(0).words().size() > 2
                        && some.get(0).words().get(2).length() >= 64);
        assertEquals(List.of(Step.say(0, "APPEND", "a", "x".repeat(64))), few);
    }

    @Test
    void clientsAndTimeAreNoMoreThanMatters() {
        List<Step> few = shrink(
                List.of(Step.say(2, "WATCH", "a"), Step.pass(86_400_000), Step.say(1, "EXEC")),
                some -> some.size() == 3
                        && some.get(1).millis() >= 1000
                        && some.get(0).client() != some.get(2).client());
        assertEquals(Step.say(0, "WATCH"), few.get(0));
        assertEquals(Step.say(1, "EXEC"), few.get(2));
        assertTrue(few.get(1).millis() >= 1000 && few.get(1).millis() < 2000);
    }

    @Test
    void itAsksNoMoreOftenThanItMay() {
        List<Step> steps = someSteps(7);
        int[] asked = new int[1];
        Shrinker shrinker = new Shrinker(
                steps,
                some -> {
                    asked[0]++;
                    return some.size() > 1;
                },
                3);
        assertTrue(shrinker.shrink().size() < steps.size());
        assertEquals(3, asked[0]);
        assertEquals(3, shrinker.runs());
    }

    @Test
    void whatIsLeftShowsTheDifferenceAndNothingLessDoes() {
        List<Step> steps = someSteps(3);
        Predicate<List<Step>> never = some -> false;
        assertEquals(steps, new Shrinker(steps, never, PLENTY).shrink());
    }

    @Test
    void aStepIsShownAsTheCaseFilesHaveIt() {
        assertEquals("SET a \"x y\"", Step.say(0, "SET", "a", "x y").toString());
        assertEquals("GET \"\" # client 1", Step.say(1, "GET", "").toString());
        assertEquals(
                "ECHO \"\\xff\\x00\\\"\"", Step.say(0, "ECHO", "\u00ff\u0000\"").toString());
        assertEquals("ECHO {64*y}", Step.say(0, "ECHO", "y".repeat(64)).toString());
        assertEquals("# 10 ms later", Step.pass(10).toString());
    }
}
