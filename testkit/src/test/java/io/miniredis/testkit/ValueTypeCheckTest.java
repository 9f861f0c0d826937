package io.miniredis.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.miniredis.api.ArrayPool;
import io.miniredis.api.CompactType;
import io.miniredis.api.Slice;
import io.miniredis.api.ValueType;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.EOFException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Types that are not what they should be, each in its own way; and some that are. */
final class ValueTypeCheckTest {

    private static Words words(String... words) {
        Words value = new Words();
        for (String word : words) {
            value.add(word);
        }
        return value;
    }

    private static void change(Words words, Random random) {
        if (random.nextInt(3) == 0) {
            words.remove();
        } else {
            words.add("x".repeat(random.nextInt(30)));
        }
    }

    private static ValueTypeCheck<Words> check(ValueType<Words> type) {
        return ValueTypeCheck.of(type).values(words("a", "bc", "def")).changedBy(ValueTypeCheckTest::change);
    }

    private static void assertCaught(String message, ValueTypeCheck<?> check) {
        String actual = assertThrows(AssertionError.class, check::verify).getMessage();
        assertEquals(message, actual.replaceAll("[0-9]{2,}", "N").replaceAll("\\[[-0-9N, ]+]", "[...]"));
    }

    @Test
    void anHonestTypePasses() {
        check(new Words.Type()).verify();
    }

    @Test
    void aTypeOfBytesPassesWithoutMore() {
        ValueTypeCheck.of(new OtherType())
                .values(new Slice(new byte[] {1, 2, 3}), new Slice(new byte[100_000]))
                .verify();
    }

    @Test
    void withoutValuesNothingIsChecked() {
        assertCaught(
                "words: there are no values, or it is not said how they change, so there is nothing to check",
                ValueTypeCheck.of(new Words.Type()).changedBy(ValueTypeCheckTest::change));
    }

    @Test
    void theNameIsNotOne() {
        assertCaught("the name 'some words' is not a short ASCII one", check(new Words.Type() {
            @Override
            public String name() {
                return "some words";
            }
        }));
    }

    @Test
    void whatIsGivenAwayIsShared() {
        assertCaught("words: value 1: release() gives an array away that a copy shares", check(new Words.Type() {
            @Override
            public boolean release(Words words, ArrayPool arrays) {
                arrays.give(words.words[0]);
                return true;
            }
        }));
    }

    @Test
    void anArrayIsGivenAwayTwice() {
        assertCaught("words: value 1: an array of 3 bytes is given away twice", check(new Words.Type() {
            @Override
            public boolean release(Words words, ArrayPool arrays) {
                byte[] array = words.words[2];
                words.words[2] = array.clone();
                arrays.give(array);
                arrays.give(array);
                return true;
            }
        }));
    }

    /** Tells the first word alone. */
    private static class Forgetful extends Words.Type implements CompactType<Words> {
        @Override
        public boolean compact(Words words, Slice target) {
            target.wrap(words.words[0], 0, words.words[0].length);
            return true;
        }

        @Override
        public Words expand(Slice bytes) {
            Words words = new Words();
            words.add(bytes.utf8());
            return words;
        }
    }

    @Test
    void theCompactFormIsNotTheValue() {
        assertCaught(
                "words: value 1: expand() makes another value of what compact() showed, or keeps the bytes",
                check(new Forgetful()));
    }

    @Test
    void theCompactFormIsTooLong() {
        assertCaught("words: value 1: compact() shows N bytes", check(new Forgetful() {
            @Override
            public boolean compact(Words words, Slice target) {
                target.wrap(new byte[1025], 0, 1025);
                return true;
            }
        }));
    }

    @Test
    void givingAwayNeverEnds() {
        assertCaught(
                "words: value 1: release() has given nothing away and says that there is more", check(new Words.Type() {
                    @Override
                    public boolean release(Words words, ArrayPool arrays) {
                        return false;
                    }
                }));
    }

    @Test
    void createKeepsWhatItMade() {
        Words only = new Words();
        assertCaught("words: create() does not make a new value at each call", check(new Words.Type() {
            @Override
            public Words create() {
                return only;
            }
        }));
    }

    @Test
    void whatIsEmptyIsNotCalledSo() {
        Words.Type stubborn = new Words.Type() {
            @Override
            public boolean isEmpty(Words words) {
                return false;
            }
        };
        assertCaught(
                "words: isEmpty() denies it of what create() makes; if such a value is legal, say emptyIsLegal()",
                check(stubborn));
        check(stubborn).emptyIsLegal().verify();
    }

    @Test
    void whatIsNotEmptyIsCalledSo() {
        assertCaught(
                "words: value 1: isEmpty() says that it is empty, so its key would be removed", check(new Words.Type() {
                    @Override
                    public boolean isEmpty(Words words) {
                        return words.size <= 3;
                    }
                }));
    }

    @Test
    void theWeightIsWithoutHeaders() {
        assertCaught(
                "words: value 1: memoryBytes() says 6 bytes, but the value's objects occupy N", check(new Words.Type() {
                    @Override
                    public long memoryBytes(Words words) {
                        long bytes = 0;
                        for (int i = 0; i < words.size; i++) {
                            bytes += words.words[i].length;
                        }
                        return words.size == 0 ? super.memoryBytes(words) : bytes;
                    }
                }));
    }

    @Test
    void theRunningTotalDrifts() {
        ValueTypeCheck<Words> check = check(new Words.Type()).changedBy((words, random) -> {
            long before = words.wordBytes;
            change(words, random);
            words.wordBytes = Math.max(before, words.wordBytes); // what goes is not subtracted
        });
        assertCaught(
                "words: value 1: after N changes: memoryBytes() says N bytes, but the value's objects occupy N", check);
    }

    @Test
    void roomIsKeptForEver() {
        ValueTypeCheck<Words> check = check(new Words.Type()).changedBy((words, random) -> {
            if (words.words.length < 10_000) {
                words.words = Arrays.copyOf(words.words, 10_000);
            }
            change(words, random);
        });
        assertCaught("words: value 1: after N changes: it weighs N bytes, but N when it is written and read", check);
        check.spareRoom(1000).verify();
    }

    @Test
    void theCopyIsTheValueItself() {
        assertCaught("words: value 1: copy() returns the value itself", check(new Words.Type() {
            @Override
            public Words copy(Words words) {
                return words;
            }
        }));
    }

    @Test
    void theCopyLacksSomething() {
        assertCaught("words: value 1: copy() makes another value", check(new Words.Type() {
            @Override
            public Words copy(Words words) {
                Words copy = super.copy(words);
                copy.remove();
                return copy;
            }
        }));
    }

    @Test
    void theCopySharesItsWords() {
        ValueTypeCheck<Words> check = check(new Words.Type() {
                    @Override
                    public Words copy(Words words) {
                        Words copy = super.copy(words);
                        copy.words = words.words;
                        return copy;
                    }
                })
                .changedBy((words, random) -> {
                    if (words.size > 0) {
                        words.words[random.nextInt(words.size)] = new byte[] {(byte) random.nextInt()};
                    }
                });
        assertCaught("words: value 1: a copy was changed, and its original with it", check);
    }

    @Test
    void changedByMustChangeSomething() {
        assertCaught(
                "words: value 1: what is given to changedBy() does not change it",
                check(new Words.Type()).changedBy((words, random) -> {}));
    }

    @Test
    void readingLosesSomething() {
        assertCaught("words: value 1: read() makes another value of what was written", check(new Words.Type() {
            @Override
            public Words read(int version, DataInput in) throws IOException {
                Words words = super.read(version, in);
                words.remove();
                return words;
            }
        }));
    }

    @Test
    void readingGoesOnToTheEndOfTheInput() {
        assertCaught("words: value 1: read() does not stop where the value ends", check(new Words.Type() {
            @Override
            public Words read(int version, DataInput in) throws IOException {
                Words words = super.read(version, in);
                try {
                    words.add(Byte.toString(in.readByte()));
                } catch (IOException end) {
                    return words;
                }
                return words;
            }
        }));
    }

    @Test
    void anyVersionIsRead() {
        assertCaught("words: value 1: read() takes version 2, which there is not yet", check(new Words.Type() {
            @Override
            public Words read(int version, DataInput in) throws IOException {
                return read(in);
            }
        }));
    }

    @Test
    void whatIsCutOffIsTakenForWhole() {
        String message = assertThrows(AssertionError.class, check(new Words.Type() {
                    @Override
                    public Words read(int version, DataInput in) throws IOException {
                        try {
                            return super.read(version, in);
                        } catch (EOFException e) {
                            return create();
                        }
                    }
                })::verify)
                .getMessage();
        assertEquals("words: value 1: read() takes 0 of 16 bytes for a whole value", message);
    }

    @Test
    void whatIsCorruptThrowsSomethingElse() {
        assertCaught(
                "words: value 1: read() throws java.lang.IllegalStateException: negative when given a value with some"
                        + " bytes changed, [...], not IOException",
                check(new Words.Type() {
                    @Override
                    public Words read(int version, DataInput in) throws IOException {
                        if (version != 1) {
                            throw new IOException();
                        }
                        return readStrictly(in);
                    }

                    private Words readStrictly(DataInput in) throws IOException {
                        Words words = new Words();
                        int left = in.readInt();
                        if (left < 0) {
                            throw new IllegalStateException("negative");
                        }
                        for (; left > 0; left--) {
                            byte[] word = new byte[in.readUnsignedShort()];
                            in.readFully(word);
                            words.add(new String(word, ISO_8859_1));
                        }
                        return words;
                    }
                }));
    }

    @Test
    void aLengthThatLiesIsBelieved() {
        assertCaught(
                "words: value 1: read() allocates N bytes when given a value with some bytes changed, [...]",
                check(new Words.Type() {
                    @Override
                    public void write(Words words, DataOutput out) throws IOException {
                        out.writeInt(words.words.length);
                        super.write(words, out);
                    }

                    @Override
                    public Words read(int version, DataInput in) throws IOException {
                        int capacity = in.readInt();
                        if (capacity < 4 || capacity > 1 << 24) {
                            throw new IOException("no such capacity");
                        }
                        byte[][] room = new byte[capacity][];
                        Words words = super.read(version, in);
                        System.arraycopy(words.words, 0, room, 0, Math.min(words.size, capacity));
                        words.words = room;
                        return words;
                    }
                }));
    }

    @Test
    void whatIsReadCannotBeWritten() {
        assertCaught(
                "words: value 1: read() makes a value that cannot be written, of a value with some bytes changed, [...]:"
                        + " java.lang.IllegalStateException: no ASCII",
                check(new Words.Type() {
                    @Override
                    public void write(Words words, DataOutput out) throws IOException {
                        for (int i = 0; i < words.size; i++) {
                            for (byte letter : words.words[i]) {
                                checkLetter(letter);
                            }
                        }
                        super.write(words, out);
                    }

                    private void checkLetter(byte letter) {
                        if (letter < 0) {
                            throw new IllegalStateException("no ASCII");
                        }
                    }
                }));
    }

    @Test
    void readingDoesNotComeToAnEnd() throws Exception {
        Words.Type patient = new Words.Type() {
            @Override
            public Words read(int version, DataInput in) throws IOException {
                while (!Thread.currentThread().isInterrupted()) {
                    Thread.onSpinWait();
                }
                throw new IOException();
            }
        };
        Form<Words> form = Form.own(patient, 1);
        byte[] whole = form.write(words("a"));
        AssertionError error =
                assertThrows(AssertionError.class, () -> CorruptBytes.check(form, whole, 1, Duration.ofMillis(100)));
        assertEquals("read() does not come to an end when given 0 of 7 bytes, []", error.getMessage());
    }

    @Test
    void anEarlierVersionIsStillRead() {
        byte[] old = {2, 'a', 'b'};
        ValueTypeCheck<Words> honest = ValueTypeCheck.of(new SecondVersion())
                .values(words("a"))
                .changedBy(ValueTypeCheckTest::change)
                .reads(1, old, words("a", "b"));
        honest.verify();
        assertCaught("words: what version 1 wrote: gives another value", honest.reads(1, old, words("a", "c")));
    }

    @Test
    void anEarlierVersionIsForgotten() {
        assertCaught(
                "words: what version 1 wrote: read() refuses it: java.io.EOFException",
                check(new Words.Type()).reads(1, new byte[] {2, 'a', 'b'}, words("a", "b")));
    }

    /** Its first version had a byte for the number of words, and one for each. */
    private static final class SecondVersion extends Words.Type {
        @Override
        public int encodingVersion() {
            return 2;
        }

        @Override
        public Words read(int version, DataInput in) throws IOException {
            if (version == 1) {
                Words words = new Words();
                for (int left = in.readUnsignedByte(); left > 0; left--) {
                    words.add(Character.toString(in.readUnsignedByte()));
                }
                return words;
            }
            return super.read(version - 1, in);
        }
    }

    @Test
    void classesOfTheJdkMustBeOpen() {
        ValueType<List<String>> lists = new ValueType<>() {
            @Override
            public String name() {
                return "strings";
            }

            @Override
            public int encodingVersion() {
                return 1;
            }

            @Override
            public List<String> create() {
                return new ArrayList<>();
            }

            @Override
            public List<String> copy(List<String> value) {
                return new ArrayList<>(value);
            }

            @Override
            public long memoryBytes(List<String> value) {
                return 0;
            }

            @Override
            public boolean isEmpty(List<String> value) {
                return value.isEmpty();
            }

            @Override
            public void write(List<String> value, DataOutput out) {}

            @Override
            public List<String> read(int version, DataInput in) {
                return create();
            }
        };
        String message = assertThrows(
                        AssertionError.class,
                        ValueTypeCheck.of(lists).values(List.of("a")).changedBy((value, random) -> value.add("b"))
                                ::verify)
                .getMessage();
        assertTrue(
                message.startsWith("java.util.ArrayList cannot be looked into to be weighed: start the JVM of the tests"
                        + " with --add-opens java.base/java.util="),
                message);
    }
}
