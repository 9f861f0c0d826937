package io.miniredis.engine;

import java.util.concurrent.TimeUnit;

/** How fast a count grows, as the mean of its last samples. Sampled by one thread, read by any. */
final class Rate {
    private static final int SAMPLES = 16;

    private final double[] perNano = new double[SAMPLES];
    private int next;
    private long lastNanos;
    private long lastCount;
    private volatile long perSecond;

    void sample(long nowNanos, long count) {
        if (lastNanos != 0 && nowNanos > lastNanos) {
            perNano[next] = (double) (count - lastCount) / (nowNanos - lastNanos);
            next = (next + 1) % SAMPLES;
            double sum = 0;
            for (double each : perNano) {
                sum += each;
            }
            perSecond = Math.round(sum / SAMPLES * TimeUnit.SECONDS.toNanos(1));
        }
        lastNanos = nowNanos;
        lastCount = count;
    }

    long perSecond() {
        return perSecond;
    }
}
