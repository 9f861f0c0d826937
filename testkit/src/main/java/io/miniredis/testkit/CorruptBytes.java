package io.miniredis.testkit;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;

/**
 * Has a type read what is no value of it: cut off, changed here and there, or made of chance. That must be refused, or give a value
 * that works, within measure.
 *
 * @param <V> the class of the values
 */
final class CorruptBytes<V> implements Runnable {
    private static final int CUTS = 200;
    private static final int CHANGES = 500;
    private static final int INVENTIONS = 200;
    private static final int MOST_INVENTED_BYTES = 64;

    /** What a read may allocate however short the input is, and for each byte of it. */
    private static final long MOST_BYTES = 1 << 20;

    private static final long MOST_BYTES_PER_BYTE = 256;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final Form<V> form;
    private final byte[] whole;
    private final Random random;

    /** What is being read. */
    private volatile String reading = "";

    /** What was found to be wrong. */
    private AssertionError failure;

    private CorruptBytes(Form<V> form, byte[] whole, long seed) {
        this.form = form;
        this.whole = whole;
        random = new Random(seed);
    }

    /**
     * Runs the check, on a thread of its own, since it may not come to an end.
     *
     * @param whole a value in that form
     * @param most how long it may take
     */
    static <V> void check(Form<V> form, byte[] whole, long seed, Duration most) {
        CorruptBytes<V> check = new CorruptBytes<>(form, whole, seed);
        Thread thread = new Thread(check, "testkit-corrupt-bytes");
        thread.setDaemon(true);
        thread.start();
        try {
            thread.join(most.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (thread.isAlive()) {
            AssertionError endless =
                    new AssertionError(form.name() + " does not come to an end when given " + check.reading);
            endless.setStackTrace(thread.getStackTrace());
            thread.interrupt();
            throw endless;
        }
        if (check.failure != null) {
            throw new AssertionError(check.failure.getMessage(), check.failure);
        }
    }

    @Override
    public void run() {
        try {
            checkAll();
        } catch (AssertionError e) {
            failure = e;
        }
    }

    private void checkAll() {
        for (int i = 0; i < Math.min(CUTS, whole.length); i++) {
            int length = (int) ((long) whole.length * i / Math.min(CUTS, whole.length));
            String what = length + " of " + whole.length + " bytes";
            if (isRead(what, Arrays.copyOf(whole, length))) {
                throw new AssertionError(form.name() + " takes " + what + " for a whole value");
            }
        }
        for (int i = 0; i < CHANGES; i++) {
            isRead("a value with some bytes changed", changed());
        }
        for (int i = 0; i < INVENTIONS; i++) {
            byte[] invented = new byte[random.nextInt(MOST_INVENTED_BYTES)];
            random.nextBytes(invented);
            isRead("bytes made of chance", invented);
        }
    }

    private byte[] changed() {
        byte[] changed = whole.clone();
        for (int i = random.nextInt(4); i >= 0 && changed.length > 0; i--) {
            // The beginning holds what matters most: counts and lengths.
            int bound = random.nextBoolean() ? Math.min(16, changed.length) : changed.length;
            changed[random.nextInt(bound)] = (byte) random.nextInt();
        }
        return changed;
    }

    /** Whether bytes are taken for a value. */
    private boolean isRead(String what, byte[] bytes) {
        reading = what + ", " + shown(bytes);
        long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
        V value = null;
        try {
            value = form.read(bytes);
        } catch (Throwable e) { // whatever a type may throw
            if (!form.refusal().isInstance(e)) {
                throw new AssertionError(
                        form.name() + " throws " + e + " when given " + reading + ", not "
                                + form.refusal().getSimpleName(),
                        e);
            }
        }
        long allocated = threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;
        if (allocated > MOST_BYTES + MOST_BYTES_PER_BYTE * bytes.length) {
            throw new AssertionError(form.name() + " allocates " + allocated + " bytes when given " + reading);
        }
        if (value != null) {
            writeAgain(value);
        }
        return value != null;
    }

    private void writeAgain(V value) {
        try {
            form.write(value);
        } catch (Throwable e) { // as above
            throw new AssertionError(
                    form.name() + " makes a value that cannot be written, of " + reading + ": " + e, e);
        }
    }

    private static String shown(byte[] bytes) {
        byte[] first = Arrays.copyOf(bytes, Math.min(bytes.length, 32));
        return Arrays.toString(first) + (first.length < bytes.length ? " and more" : "");
    }
}
