package io.miniredis.testkit;

import io.miniredis.api.BytesType;
import io.miniredis.api.CollectionType;
import io.miniredis.api.CompactType;
import io.miniredis.api.Slice;
import io.miniredis.api.ValueType;
import io.miniredis.api.rdb.RdbType;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.function.BiConsumer;

/**
 * Checks that a type does with its values what {@link ValueType} asks for, by examples of values.
 *
 * <pre>
 *   ValueTypeCheck.of(new BagType())
 *           .values(small, large)
 *           .changedBy((bag, random) -> bag.add(random.nextInt()))
 *           .verify();
 * </pre>
 *
 * <ul>
 *   <li>{@code memoryBytes} is within 10 % of what the objects of a value occupy, also after many changes, and after them a value
 *       weighs no more than twice what a copy does that is just read;
 *   <li>a copy equals its original, and neither changes when the other does;
 *   <li>what a value {@linkplain ValueType#release gives away} belongs to no other;
 *   <li>what is written is read again, to its last byte, and written again is the same; so it is in Redis's form, if the type is an
 *       {@link RdbType};
 *   <li>values of earlier versions are read, versions that are yet to come are refused;
 *   <li>bytes that are cut off are refused with an {@link IOException}; bytes that are changed or made of chance are refused so or
 *       give a value that works; neither costs much memory, nor takes for ever;
 *   <li>what {@code create} makes is new and empty, the given values are not empty.
 * </ul>
 *
 * <p>Objects are weighed by reflection along their fields. Where tests run with their module's packages opened to the class path, as
 * Maven's Surefire does, nothing is to be done. If the check cannot look into a class, of the JDK say, it names the option
 * {@code --add-opens} that the tests' JVM needs.
 *
 * <p>What is wrong is thrown as an {@link AssertionError} whose message begins with the type's name. Chance is the same in every run.
 * Not thread-safe.
 *
 * @param <V> the class of the values
 */
public final class ValueTypeCheck<V> {
    private static final double TOLERANCE = 0.1;
    private static final int CHANGES = 1000;
    private static final int CHANGES_BETWEEN_CHECKS = 50;

    /** What a value may weigh beyond its share. */
    private static final long SMALL_BYTES = 1024;

    /** How long all corrupt bytes of a value may take; they take a fraction of a second. */
    private static final Duration MOST_TIME = Duration.ofSeconds(30);

    private static final long SEED = 1;

    private final ValueType<V> type;
    private final List<V> values = new ArrayList<>();
    /** The checks of what earlier versions wrote. */
    private final List<Runnable> recorded = new ArrayList<>();

    private BiConsumer<V, Random> change;
    private boolean emptyIsLegal;
    private double spare = 2;

    private ValueTypeCheck(ValueType<V> type) {
        this.type = type;
        if (type instanceof BytesType) {
            change = (value, random) -> changeBytes((Slice) value, random);
            emptyIsLegal = true;
        }
    }

    /**
     * Begins the check of a type.
     *
     * @param <V> the class of the values
     * @param type the type
     * @return a check without values
     */
    public static <V> ValueTypeCheck<V> of(ValueType<V> type) {
        return new ValueTypeCheck<>(type);
    }

    /**
     * Adds values to check with: a small one, a large one, one of each representation.
     *
     * @param more values that are not empty; they are not changed
     * @return this check
     */
    @SafeVarargs
    public final ValueTypeCheck<V> values(V... more) {
        for (V value : more) {
            values.add(value);
        }
        return this;
    }

    /**
     * Says how commands change a value. Needed, but for a {@link BytesType}.
     *
     * @param oneChange changes a value in one of all ways there are, as the random numbers say; it may find it empty
     * @return this check
     */
    public ValueTypeCheck<V> changedBy(BiConsumer<V, Random> oneChange) {
        change = oneChange;
        return this;
    }

    /**
     * Says that a value without contents is legal, so that its key stays.
     *
     * @return this check
     */
    public ValueTypeCheck<V> emptyIsLegal() {
        emptyIsLegal = true;
        return this;
    }

    /**
     * Says how much room a value may keep for what may come.
     *
     * @param factor how many times what a value weighs that is just read; 2 if this is not called
     * @return this check
     */
    public ValueTypeCheck<V> spareRoom(double factor) {
        spare = factor;
        return this;
    }

    /**
     * Adds what an earlier version of the type has written. Keep such bytes when a form changes.
     *
     * @param version the version that they were written with
     * @param bytes what was written
     * @param value the value that it was
     * @return this check
     */
    public ValueTypeCheck<V> reads(int version, byte[] bytes, V value) {
        byte[] kept = bytes.clone();
        recorded.add(() -> checkRecorded(version, kept, value));
        return this;
    }

    /**
     * Runs the check.
     *
     * @throws AssertionError that says what is wrong
     */
    public void verify() {
        checkDescription();
        checkEmpty();
        for (int i = 0; i < values.size(); i++) {
            try {
                check(values.get(i));
            } catch (AssertionError e) {
                throw new AssertionError(type.name() + ": value " + (i + 1) + ": " + e.getMessage(), e);
            }
        }
        recorded.forEach(Runnable::run);
    }

    private void checkDescription() {
        if (type.name() == null || !type.name().matches("[!-~]+")) {
            throw new AssertionError("the name '" + type.name() + "' is not a short ASCII one");
        }
        if (type.encodingVersion() < 1) {
            fail("its version " + type.encodingVersion() + " is less than 1");
        }
        if (values.isEmpty() || change == null) {
            fail("there are no values, or it is not said how they change, so there is nothing to check");
        }
    }

    private void checkEmpty() {
        V empty = type.create();
        if (empty == null || empty == type.create()) {
            fail("create() does not make a new value at each call");
        }
        if (!emptyIsLegal && !type.isEmpty(empty)) {
            fail("isEmpty() denies it of what create() makes; if such a value is legal, say emptyIsLegal()");
        }
        checkWeight(empty);
    }

    private void check(V value) {
        if (type.isEmpty(value)) {
            throw new AssertionError("isEmpty() says that it is empty, so its key would be removed");
        }
        if (type.encoding(value) == null || type.encoding(value).isBlank()) {
            throw new AssertionError("encoding() says nothing");
        }
        checkWeight(value);
        checkElements(value);
        checkForm(Form.own(type, type.encodingVersion()), value);
        if (type instanceof RdbType<V> rdb) {
            checkForm(Form.rdb(rdb), value);
        }
        checkFutureVersion(value);
        checkCopies(value);
        checkRelease(value);
        checkCompact(value);
        checkDrift(value);
    }

    private void checkWeight(V value) {
        if (type instanceof BytesType) {
            return; // the server keeps the bytes its own way
        }
        long said = type.memoryBytes(value);
        long weighed = ObjectGraph.bytes(value, type.create());
        if (Math.abs(said - weighed) > TOLERANCE * weighed) {
            throw new AssertionError(
                    "memoryBytes() says " + said + " bytes, but the value's objects occupy " + weighed);
        }
    }

    private void checkRelease(V value) {
        if (type instanceof BytesType) {
            return; // its values are the server's own
        }
        byte[] before = written(value);
        V original = copy(value);
        ScribblingPool pool = new ScribblingPool();
        release(copy(original), pool);
        checkBytes("release() gives an array away that a copy shares", before, original);
        release(original, pool);
        checkBytes("release() gives an array away that a copy shares", before, value);
    }

    private void release(V value, ScribblingPool pool) {
        int before = pool.count();
        while (!type.release(value, pool)) {
            if (pool.count() == before) {
                throw new AssertionError("release() has given nothing away and says that there is more");
            }
            before = pool.count();
        }
    }

    private void checkCompact(V value) {
        Slice shown = new Slice();
        if (!(type instanceof CompactType<V> compact) || type.isEmpty(value) || !compact.compact(value, shown)) {
            return;
        }
        if (shown.length() > CompactType.MOST_BYTES) {
            throw new AssertionError("compact() shows " + shown.length() + " bytes");
        }
        byte[] before = written(value);
        byte[] bytes = shown.copy();
        V expanded = compact.expand(new Slice(bytes));
        Arrays.fill(bytes, (byte) 0xa5);
        checkBytes("expand() makes another value of what compact() showed, or keeps the bytes", before, expanded);
    }

    private void checkElements(V value) {
        if (type instanceof CollectionType<V> collection) {
            long[] count = {0};
            collection.forEach(value, element -> count[0]++);
            if (count[0] != collection.size(value)) {
                throw new AssertionError(
                        "size() says " + collection.size(value) + ", but forEach() shows " + count[0] + " elements");
            }
        }
    }

    private void checkForm(Form<V> form, V value) {
        byte[] own = written(value);
        byte[] bytes = write(form, value);
        V copy = read(form, bytes);
        if (!Arrays.equals(own, written(copy))) {
            throw new AssertionError(form.name() + " makes another value of what was written");
        }
        checkWeight(copy);
        checkEnd(form, bytes, own);
        CorruptBytes.check(form, bytes, SEED, MOST_TIME);
    }

    /** What follows a value belongs to somebody else. */
    private void checkEnd(Form<V> form, byte[] bytes, byte[] own) {
        byte[] longer = Arrays.copyOf(bytes, bytes.length + 16);
        if (!Arrays.equals(own, written(read(form, longer)))) {
            throw new AssertionError(form.name() + " does not stop where the value ends");
        }
    }

    private void checkFutureVersion(V value) {
        int next = type.encodingVersion() + 1;
        try {
            Form.own(type, next).read(written(value));
        } catch (IOException expected) {
            return;
        } catch (Exception e) {
            throw new AssertionError("read() throws " + e + " for version " + next + ", not IOException", e);
        }
        throw new AssertionError("read() takes version " + next + ", which there is not yet");
    }

    private void checkCopies(V value) {
        byte[] before = written(value);
        V original = copy(value);
        V copy = copy(original);
        checkBytes("copy() makes another value", before, original);
        changeUntilDifferent(copy, before);
        checkBytes("a copy was changed, and its original with it", before, original);
        byte[] changed = written(copy);
        changeUntilDifferent(original, before);
        checkBytes("a value was changed, and its copy with it", changed, copy);
        checkBytes("a copy was changed, and its original with it", before, value);
    }

    private V copy(V value) {
        V copy = type.copy(value);
        if (copy == value) {
            throw new AssertionError("copy() returns the value itself");
        }
        return Objects.requireNonNull(copy, "copy() returns null");
    }

    private void changeUntilDifferent(V value, byte[] before) {
        Random random = new Random(SEED);
        for (int i = 0; i < CHANGES; i++) {
            change.accept(value, random);
            if (!Arrays.equals(before, written(value))) {
                return;
            }
        }
        throw new AssertionError("what is given to changedBy() does not change it");
    }

    private void checkBytes(String what, byte[] expected, V value) {
        if (!Arrays.equals(expected, written(value))) {
            throw new AssertionError(what);
        }
    }

    private void checkDrift(V value) {
        V changing = type.copy(value);
        Random random = new Random(SEED);
        for (int i = 1; i <= CHANGES; i++) {
            change.accept(changing, random);
            if (i % CHANGES_BETWEEN_CHECKS == 0) {
                checkWeightAfter(i, changing);
            }
        }
    }

    private void checkWeightAfter(int changes, V value) {
        try {
            checkWeight(value);
            checkElements(value);
        } catch (AssertionError e) {
            throw new AssertionError("after " + changes + " changes: " + e.getMessage(), e);
        }
        Form<V> form = Form.own(type, type.encodingVersion());
        long fresh = type.memoryBytes(read(form, written(value)));
        long weight = type.memoryBytes(value);
        if (weight > spare * fresh + SMALL_BYTES || fresh > spare * weight + SMALL_BYTES) {
            throw new AssertionError("after " + changes + " changes: it weighs " + weight + " bytes, but " + fresh
                    + " when it is written and read");
        }
    }

    private void checkRecorded(int version, byte[] bytes, V value) {
        Form<V> form = Form.own(type, version);
        try {
            if (!Arrays.equals(written(value), written(read(form, bytes)))) {
                throw new AssertionError("gives another value");
            }
            CorruptBytes.check(form, bytes, SEED, MOST_TIME);
        } catch (AssertionError e) {
            throw new AssertionError(type.name() + ": what version " + version + " wrote: " + e.getMessage(), e);
        }
    }

    private byte[] written(V value) {
        return write(Form.own(type, type.encodingVersion()), value);
    }

    private byte[] write(Form<V> form, V value) {
        try {
            return form.write(value);
        } catch (Exception e) {
            throw new AssertionError("it cannot be written: " + e, e);
        }
    }

    private V read(Form<V> form, byte[] bytes) {
        try {
            return Objects.requireNonNull(form.read(bytes), form.name() + " returns null");
        } catch (Exception e) {
            throw new AssertionError(form.name() + " refuses it: " + e, e);
        }
    }

    private static void changeBytes(Slice value, Random random) {
        if (value.length() > 0) {
            value.array()[value.offset() + random.nextInt(value.length())] = (byte) random.nextInt();
        }
    }

    private void fail(String what) {
        throw new AssertionError(type.name() + ": " + what);
    }
}
