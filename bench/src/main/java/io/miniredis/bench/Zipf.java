package io.miniredis.bench;

import java.util.Arrays;
import java.util.SplittableRandom;

/** Draws numbers from 0, the lower the likelier: the n-th, counted from 1, as often as {@code n^-skew}. */
final class Zipf {
    /** How likely a number is, or a lower one; not yet divided by the last of these sums. */
    private final double[] upTo;

    private final SplittableRandom random;

    Zipf(double skew, int numbers, long seed) {
        random = new SplittableRandom(seed);
        upTo = new double[numbers];
        double sum = 0;
        for (int i = 0; i < numbers; i++) {
            sum += Math.pow(i + 1, -skew);
            upTo[i] = sum;
        }
    }

    int next() {
        int found = Arrays.binarySearch(upTo, random.nextDouble() * upTo[upTo.length - 1]);
        return found < 0 ? -found - 1 : found;
    }
}
