package demo.tinylfu;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.IntUnaryOperator;

/** Keys in the order in which they are asked for. Generated ones are the same at each run. */
final class Trace {
    private static final int LENGTH = 2_000_000;

    /** What it is. */
    final String name;

    /** Numbered from 0. */
    final int[] keys;

    /** How many different keys there are. */
    final int distinct;

    private Trace(String name, int[] keys, int distinct) {
        this.name = name;
        this.keys = keys;
        this.distinct = distinct;
    }

    /** A number of keys, some of them much more wanted than others: the n-th as often as {@code n^-skew}. */
    static Trace zipf(double skew, int number) {
        Zipf zipf = new Zipf(skew, number, 42);
        return of("Zipf " + skew, generate(i -> zipf.next()));
    }

    /** The same keys over and over, in the same order. */
    static Trace loop(int number) {
        return of("loop of " + number, generate(i -> i % number));
    }

    /** Zipf, and now and then a number of keys that nobody wants again. */
    static Trace scans(double skew, int number, int between, int scanned) {
        Zipf zipf = new Zipf(skew, number, 43);
        int period = between + scanned;
        return of(
                "Zipf %s, scans of %d".formatted(skew, scanned),
                generate(i -> i % period < between ? zipf.next() : number + i));
    }

    /** Zipf, and after a while all of it with other keys. */
    static Trace shifting(double skew, int number, int stays) {
        Zipf zipf = new Zipf(skew, number, 44);
        return of("Zipf %s, others after %d".formatted(skew, stays), generate(i -> i / stays * number + zipf.next()));
    }

    /** Zipf, and each key becomes wanted more and more, until nobody wants it. */
    static Trace news(double skew, int number, int usesPerKey) {
        Zipf zipf = new Zipf(skew, number, 45);
        return of("news, one in " + usesPerKey, generate(i -> i / usesPerKey + zipf.next()));
    }

    /** A key that was used some steps ago, or in one of ten cases a new one. Recency is all there is. */
    static Trace recent(int stepsAtMost) {
        SplittableRandom random = new SplittableRandom(47);
        int[] keys = new int[LENGTH];
        for (int i = 0; i < LENGTH; i++) {
            int steps = (int) Math.exp(random.nextDouble() * Math.log(stepsAtMost));
            boolean isNew = random.nextInt(10) == 0 || steps >= i;
            keys[i] = isNew ? i : keys[i - steps];
        }
        return of("used up to %d steps ago".formatted(stepsAtMost), keys);
    }

    /** A recorded trace: keys of four bytes, the highest first. */
    static Trace recorded(Path file) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file));
        int[] keys = new int[bytes.remaining() / Integer.BYTES];
        bytes.asIntBuffer().get(keys);
        return of(file.getFileName().toString().replaceFirst("\\.trace$", ""), keys);
    }

    private static int[] generate(IntUnaryOperator key) {
        int[] keys = new int[LENGTH];
        Arrays.setAll(keys, key);
        return keys;
    }

    private static Trace of(String name, int[] keys) {
        Map<Integer, Integer> numbers = new HashMap<>();
        for (int i = 0; i < keys.length; i++) {
            keys[i] = numbers.computeIfAbsent(keys[i], key -> numbers.size());
        }
        return new Trace(name, keys, numbers.size());
    }

    /** Draws numbers from 0, the lower the likelier. */
    private static final class Zipf {
        private final double[] upTo;
        private final SplittableRandom random;

        Zipf(double skew, int number, long seed) {
            random = new SplittableRandom(seed);
            upTo = new double[number];
            double sum = 0;
            for (int i = 0; i < number; i++) {
                sum += Math.pow(i + 1, -skew);
                upTo[i] = sum;
            }
        }

        int next() {
            int found = Arrays.binarySearch(upTo, random.nextDouble() * upTo[upTo.length - 1]);
            return found < 0 ? -found - 1 : found;
        }
    }
}
