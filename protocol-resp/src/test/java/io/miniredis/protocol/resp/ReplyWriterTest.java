package io.miniredis.protocol.resp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.miniredis.api.Reply;
import io.miniredis.api.ReplySource;
import io.miniredis.api.Slice;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each reply was compared with redis-server 7.0.15. */
final class ReplyWriterTest {
    /** How often bytes were lent and not given back. */
    private int loans;

    private final ChunkPool pool = new ChunkPool();
    private final ReplyWriter writer = new ReplyWriter(pool);

    private void assertWritten(String resp2, String resp3, Consumer<Reply> reply) {
        assertEquals(resp2, written(2, reply));
        assertEquals(resp3, written(3, reply));
    }

    private void assertWritten(String both, Consumer<Reply> reply) {
        assertWritten(both, both, reply);
    }

    private String written(int protocol, Consumer<Reply> reply) {
        writer.protocol(protocol);
        writer.begin();
        reply.accept(writer);
        assertTrue(writer.isComplete());
        return taken();
    }

    private String taken() {
        long pending = writer.pendingBytes();
        String text = text(writer.take());
        assertEquals(pending, text.length());
        assertEquals(0, writer.pendingBytes());
        return text;
    }

    private String text(Chunk first) {
        var text = new StringBuilder();
        for (Chunk chunk = first; chunk != null; chunk = chunk.next) {
            ByteBuffer view = chunk.view;
            text.append(new String(chunk.bytes, view.position(), view.remaining(), StandardCharsets.ISO_8859_1));
        }
        pool.giveAll(first);
        return text.toString();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    @Test
    void ok() {
        assertWritten("+OK\r\n", Reply::ok);
    }

    @Test
    void simple() {
        assertWritten("+PONG\r\n", reply -> reply.simple("PONG"));
    }

    @Test
    void error() {
        assertWritten("-ERR syntax error\r\n", reply -> reply.error("ERR syntax error"));
    }

    @Test
    void lineBreaksInErrorsBecomeBlanks() {
        assertWritten("-ERR a  b c \r\n", reply -> reply.error("ERR a\r\nb\nc\r"));
    }

    @Test
    void errorsMayHoldAnyText() {
        assertWritten("-ERR \u00c3\u00a4\r\n", reply -> reply.error("ERR \u00e4"));
        String text = "ERR " + "x".repeat(100_000);
        assertWritten("-" + text + "\r\n", reply -> reply.error(text));
    }

    @Test
    void integer() {
        for (long value : new long[] {0, 1, 9, 10, 99, 100, 12345, -1, -10, Long.MAX_VALUE, Long.MIN_VALUE}) {
            assertWritten(":" + value + "\r\n", reply -> reply.integer(value));
        }
    }

    @Test
    void bulk() {
        assertWritten("$0\r\n\r\n", reply -> reply.bulk(bytes("")));
        assertWritten("$3\r\na\r\n\r\n", reply -> reply.bulk(bytes("a\r\n")));
        assertWritten("$2\r\nbc\r\n", reply -> reply.bulk(bytes("abcd"), 1, 2));
        assertWritten("$2\r\nbc\r\n", reply -> reply.bulk(new Slice().wrap(bytes("abcd"), 1, 2)));
    }

    @ParameterizedTest
    @ValueSource(ints = {9, 10, 511, 512, 4096, 4097, 16300, 16384, 100_000, 1_000_000})
    void bulkOfAnyLength(int length) {
        String text = "x".repeat(length);
        assertWritten("$" + length + "\r\n" + text + "\r\n", reply -> reply.bulk(bytes(text)));
        assertWritten("$" + length + "\r\n" + text + "\r\n", reply -> reply.bulk(text));
    }

    @Test
    void bulkText() {
        assertWritten("$5\r\nhello\r\n", reply -> reply.bulk("hello"));
        assertWritten("$0\r\n\r\n", reply -> reply.bulk(""));
        assertWritten("$4\r\na\u00c3\u00a4b\r\n", reply -> reply.bulk("a\u00e4b"));
        assertWritten("$4\r\n\u00f0\u009f\u0098\u0080\r\n", reply -> reply.bulk("\ud83d\ude00"));
    }

    @Test
    void bulkInteger() {
        assertWritten("$1\r\n7\r\n", reply -> reply.bulkInteger(7));
        assertWritten("$20\r\n-9223372036854775808\r\n", reply -> reply.bulkInteger(Long.MIN_VALUE));
    }

    @Test
    void nil() {
        assertWritten("$-1\r\n", "_\r\n", Reply::nil);
        assertWritten("*-1\r\n", "_\r\n", Reply::nullArray);
    }

    @Test
    void bool() {
        assertWritten(":1\r\n", "#t\r\n", reply -> reply.bool(true));
        assertWritten(":0\r\n", "#f\r\n", reply -> reply.bool(false));
    }

    @Test
    void real() {
        assertWritten("$3\r\n1.5\r\n", ",1.5\r\n", reply -> reply.real(1.5));
        assertWritten("$18\r\n3.1000000000000001\r\n", ",3.1000000000000001\r\n", reply -> reply.real(3.1));
        assertWritten("$3\r\ninf\r\n", ",inf\r\n", reply -> reply.real(Double.POSITIVE_INFINITY));
        assertWritten("$4\r\n-inf\r\n", ",-inf\r\n", reply -> reply.real(Double.NEGATIVE_INFINITY));
        assertWritten("$3\r\nnan\r\n", ",nan\r\n", reply -> reply.real(Double.NaN));
    }

    @Test
    void verbatim() {
        assertWritten("$5\r\nhello\r\n", "=9\r\ntxt:hello\r\n", reply -> reply.verbatim("txt", "hello"));
        assertWritten("$2\r\n\u00c3\u00a4\r\n", "=6\r\nmkd:\u00c3\u00a4\r\n", reply -> reply.verbatim("mkd", "\u00e4"));
    }

    @Test
    void array() {
        assertWritten("*0\r\n", reply -> reply.array(0));
        assertWritten("*2\r\n+a\r\n:1\r\n", reply -> {
            reply.array(2);
            reply.simple("a");
            reply.integer(1);
        });
    }

    @Test
    void set() {
        assertWritten("*1\r\n:1\r\n", "~1\r\n:1\r\n", reply -> {
            reply.set(1);
            reply.integer(1);
        });
    }

    @Test
    void map() {
        assertWritten("*0\r\n", "%0\r\n", reply -> reply.map(0));
        assertWritten("*4\r\n+a\r\n:1\r\n+b\r\n*0\r\n", "%2\r\n+a\r\n:1\r\n+b\r\n*0\r\n", reply -> {
            reply.map(2);
            reply.simple("a");
            reply.integer(1);
            reply.simple("b");
            reply.array(0);
        });
    }

    @Test
    void aggregatesCannotHaveFewerThanNoValues() {
        assertThrows(IllegalArgumentException.class, () -> writer.array(-1));
        assertThrows(ArithmeticException.class, () -> writer.map(Integer.MAX_VALUE));
    }

    @Test
    void arrayOfUnknownLength() {
        assertWritten("*0\r\n", reply -> {
            Reply.Scope array = reply.array();
            assertFalse(writer.isComplete());
            array.close();
        });
        for (int count : new int[] {1, 9, 10, 1000, 100_000}) {
            assertWritten("*" + count + "\r\n" + ":1\r\n".repeat(count), reply -> {
                Reply.Scope array = reply.array();
                for (int i = 0; i < count; i++) {
                    reply.integer(1);
                }
                array.close();
            });
        }
    }

    @Test
    void arraysOfUnknownLengthNest() {
        assertWritten("*3\r\n*2\r\n:1\r\n*0\r\n*1\r\n*1\r\n+a\r\n$1\r\nb\r\n", reply -> {
            Reply.Scope outer = reply.array();
            Reply.Scope first = reply.array();
            reply.integer(1);
            reply.array().close();
            first.close();
            reply.array(1);
            Reply.Scope second = reply.array();
            reply.simple("a");
            second.close();
            reply.bulk("b");
            outer.close();
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 8, 13, 21, 34})
    void whateverIsWrittenAcrossChunksIsTheSameAsInOnePiece(int seed) {
        var random = new Random(seed);
        for (int i = 0; i < 20; i++) {
            var expected = new StringBuilder();
            writer.begin();
            value(random, 5, expected);
            assertTrue(writer.isComplete());
            assertEquals(expected.toString(), taken());
        }
    }

    /** Writes a random value and its expected bytes. */
    private void value(Random random, int depth, StringBuilder expected) {
        int kind = random.nextInt(depth > 0 ? 6 : 3);
        if (kind == 0) {
            long number = random.nextLong() >> random.nextInt(64);
            writer.integer(number);
            expected.append(':').append(number).append("\r\n");
        } else if (kind < 3) {
            String text = "x".repeat(random.nextInt(kind == 1 ? 20 : 5000));
            writer.bulk(text);
            expected.append('$')
                    .append(text.length())
                    .append("\r\n")
                    .append(text)
                    .append("\r\n");
        } else {
            int count = random.nextInt(12);
            expected.append('*').append(count).append("\r\n");
            if (kind == 3) {
                writer.array(count);
                values(random, depth, count, expected);
            } else {
                Reply.Scope array = writer.array();
                values(random, depth, count, expected);
                array.close();
            }
        }
    }

    private void values(Random random, int depth, int count, StringBuilder expected) {
        for (int i = 0; i < count; i++) {
            value(random, depth - 1, expected);
        }
    }

    // Is it exactly one whole value?

    @Test
    void nothingIsNotComplete() {
        writer.begin();
        assertFalse(writer.isComplete());
    }

    @Test
    void twoValuesAreNotComplete() {
        writer.begin();
        writer.ok();
        assertTrue(writer.isComplete());
        writer.ok();
        assertFalse(writer.isComplete());
    }

    @Test
    void anAggregateIsCompleteWithItsLastValue() {
        writer.begin();
        writer.array(2);
        writer.map(1);
        writer.ok();
        writer.array(0);
        assertFalse(writer.isComplete());
        writer.nil();
        assertTrue(writer.isComplete());
        writer.nil();
        assertFalse(writer.isComplete());
    }

    @Test
    void aggregatesMayNestDeeply() {
        writer.begin();
        for (int i = 0; i < 1000; i++) {
            writer.array(1);
        }
        assertFalse(writer.isComplete());
        writer.ok();
        assertTrue(writer.isComplete());
        assertEquals("*1\r\n".repeat(1000) + "+OK\r\n", taken());
    }

    @Test
    void anArrayOfUnknownLengthIsCompleteWhenItIsClosed() {
        writer.begin();
        Reply.Scope array = writer.array();
        writer.ok();
        assertFalse(writer.isComplete());
        array.close();
        assertTrue(writer.isComplete());
        array.close();
        assertTrue(writer.isComplete());
    }

    @Test
    void anArrayOfUnknownLengthCannotBeClosedAroundAnIncompleteValue() {
        writer.begin();
        Reply.Scope array = writer.array();
        writer.array(2);
        writer.ok();
        array.close();
        assertFalse(writer.isComplete());
        writer.ok();
        assertFalse(writer.isComplete());
    }

    @Test
    void eachReplyIsCountedForItself() {
        writer.begin();
        writer.array(5);
        writer.begin();
        writer.ok();
        assertTrue(writer.isComplete());
    }

    // Withdrawing.

    @Test
    void whatIsWithdrawnNeverLeaves() {
        writer.begin();
        writer.ok();
        writer.begin();
        writer.array(3);
        writer.bulk("abc");
        writer.rollback();
        assertEquals(5, writer.pendingBytes());
        assertFalse(writer.isComplete());
        writer.error("ERR no");
        assertTrue(writer.isComplete());
        assertEquals("+OK\r\n-ERR no\r\n", taken());
    }

    @Test
    void repliesOfManyChunksCanBeWithdrawn() {
        writer.begin();
        writer.bulk("a".repeat(20_000));
        writer.begin();
        writer.bulk("b".repeat(200_000));
        writer.rollback();
        writer.integer(1);
        assertEquals("$20000\r\n" + "a".repeat(20_000) + "\r\n:1\r\n", taken());
    }

    @Test
    void anOpenArrayCanBeWithdrawn() {
        writer.begin();
        Reply.Scope outer = writer.array();
        Reply.Scope inner = writer.array();
        writer.bulk("x".repeat(40_000));
        writer.rollback();
        inner.close();
        outer.close();
        assertEquals(0, writer.pendingBytes());
        assertFalse(writer.isComplete());
        writer.begin();
        Reply.Scope array = writer.array();
        writer.ok();
        array.close();
        assertTrue(writer.isComplete());
        assertEquals("*1\r\n+OK\r\n", taken());
    }

    @Test
    void rollingBackTwiceIsTheSameAsOnce() {
        writer.begin();
        writer.ok();
        writer.rollback();
        writer.rollback();
        assertNull(writer.take());
    }

    // Chunks.

    @Test
    void thereIsNothingToTakeWhereNothingWasWritten() {
        assertNull(writer.take());
        writer.begin();
        assertNull(writer.take());
    }

    @Test
    void chunksComeFromThePoolAndGoBackThere() {
        writer.bulk("x".repeat(10 * Chunk.BYTES));
        taken();
        int kept = pool.kept();
        for (int i = 0; i < 100; i++) {
            writer.bulk("x".repeat(10 * Chunk.BYTES));
            taken();
        }
        assertEquals(kept, pool.kept());
        writer.bulk(new byte[(ChunkPool.MOST_KEPT + 10) * Chunk.BYTES]);
        taken();
        assertEquals(ChunkPool.MOST_KEPT, 1 + pool.kept(), "with the one that is written to");
    }

    @Test
    void writingAllocatesNothing() {
        byte[] value = new byte[32];
        byte[] large = new byte[100_000];
        Runnable write = () -> {
            writer.begin();
            writer.ok();
            writer.integer(123_456);
            writer.bulk(value);
            writer.bulk(large);
            writer.bulk("text");
            writer.error("ERR no");
            writer.nil();
            Reply.Scope outer = writer.array();
            Reply.Scope inner = writer.array();
            writer.bulkInteger(7);
            inner.close();
            writer.map(1);
            writer.bool(true);
            writer.simple("a");
            outer.close();
            writer.begin();
            writer.bulk(large);
            writer.rollback();
            pool.giveAll(writer.take());
        };
        write.run();
        long allocated = Allocation.during(() -> {
            for (int i = 0; i < 1000; i++) {
                write.run();
            }
        });
        assertTrue(allocated < 2_000, allocated + " bytes");
    }

    @Test
    void aSequenceOfRepliesIsOneStream() {
        var expected = new ArrayList<String>();
        for (int i = 0; i < 10_000; i++) {
            writer.begin();
            writer.integer(i);
            expected.add(":" + i + "\r\n");
        }
        assertEquals(String.join("", expected), taken());
    }

    /** A slice of many bytes, whose owner counts how often they were lent, and wants them back. */
    private Slice lendable(byte[] bytes, int[] lent) {
        return new Slice().wrap(bytes, 0, bytes.length, new Slice.Lender() {
            @Override
            public void lend() {
                lent[0]++;
                loans++;
            }

            @Override
            public void takeBack(byte[] array) {
                assertSame(bytes, array);
                loans--;
            }
        });
    }

    /** Whether it was written, withdrawn or lost. */
    @AfterEach
    void whatWasLentIsGivenBack() {
        assertEquals(0, loans);
    }

    private static String longText(int length) {
        var text = new StringBuilder(length + 8);
        for (int i = 0; text.length() < length; i++) {
            text.append(i).append(' ');
        }
        return text.substring(0, length);
    }

    private String everything() {
        return new String(writer.takeBytes(), StandardCharsets.ISO_8859_1);
    }

    private static int count(Chunk first) {
        int count = 0;
        for (Chunk chunk = first; chunk != null; chunk = chunk.next) {
            count++;
        }
        return count;
    }

    @Test
    void aLongBulkIsSentFromWhereItLies() {
        String text = longText(1_000_000);
        int[] lent = new int[1];
        writer.begin();
        writer.bulk(lendable(bytes(text), lent));
        assertTrue(writer.isComplete());
        assertEquals(1, lent[0]);
        assertEquals(10 + 1_000_000 + 2, writer.pendingBytes());
        Chunk chunks = writer.take();
        assertEquals(2, count(chunks));
        assertEquals(5000, writer.unfold(chunks, 5000));
        assertEquals(3, count(chunks));
        pool.giveAll(chunks);
        writer.bulk(lendable(bytes(text), lent));
        writer.ok();
        assertEquals("$1000000\r\n" + text + "\r\n+OK\r\n", everything());
    }

    @Test
    void aLongBulkThatNobodyLendsIsCopied() {
        byte[] bytes = bytes(longText(100_000));
        writer.begin();
        writer.bulk(new Slice(bytes));
        Arrays.fill(bytes, (byte) 'x');
        assertEquals("$100000\r\n" + longText(100_000) + "\r\n", everything());
    }

    @Test
    void whatIsNotLongIsLentOnlyIfMuchWaits() {
        String text = longText(5_000);
        int[] lent = new int[1];
        int copied = 0;
        for (int i = 0; i < 20; i++) {
            copied += writer.pendingBytes() < ReplyWriter.LONG_BULK ? 1 : 0;
            writer.bulk(lendable(bytes(text), lent));
        }
        assertEquals(14, copied);
        assertEquals(20 - copied, lent[0]);
        assertEquals(("$5000\r\n" + text + "\r\n").repeat(20), everything());
    }

    /** Writes numbers from 0 on, some at a time. */
    private static final class Numbered implements ReplySource {
        private final int size;
        private int written;

        Numbered(int size) {
            this.size = size;
        }

        @Override
        public void write(Reply reply, int bytes) {
            for (int i = 0; i < bytes / 4 && written < size; i++) {
                reply.integer(written++);
            }
        }

        @Override
        public long remainingBytes() {
            return (size - written) * 4L;
        }

        static String text(int size) {
            var text = new StringBuilder("*" + size + "\r\n");
            for (int i = 0; i < size; i++) {
                text.append(':').append(i).append("\r\n");
            }
            return text.toString();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 1000, 100_000})
    void anArrayIsWrittenBitByBit(int size) {
        writer.begin();
        writer.array(size, new Numbered(size));
        assertTrue(writer.isComplete());
        assertTrue(count(writer.take()) <= 2);
        writer.array(size, new Numbered(size));
        writer.ok();
        assertEquals(Numbered.text(size) + "+OK\r\n", everything());
    }

    @Test
    void aDeferredArrayIsOneValueOfTheArrayAroundIt() {
        writer.begin();
        writer.array(3);
        writer.array(50_000, new Numbered(50_000));
        assertFalse(writer.isComplete());
        Reply.Scope scope = writer.array();
        writer.array(1, new Numbered(1));
        scope.close();
        writer.integer(7);
        assertTrue(writer.isComplete());
        assertEquals("*3\r\n" + Numbered.text(50_000) + "*1\r\n*1\r\n:0\r\n:7\r\n", everything());
    }

    @Test
    void whatIsDeferredIsWithdrawnWithItsReply() {
        int[] lent = new int[1];
        writer.begin();
        writer.ok();
        writer.begin();
        writer.array(2);
        writer.array(1000, new Numbered(1000));
        writer.bulk(lendable(new byte[100_000], lent));
        writer.rollback();
        assertEquals("+OK\r\n", everything());
    }

    @Test
    void whatIsDeferredKeepsTheProtocolOfItsCommand() {
        writer.protocol(3);
        writer.array(2, source(reply -> {
            reply.nil();
            reply.bool(true);
        }));
        writer.protocol(2);
        writer.nil();
        assertEquals("*2\r\n_\r\n#t\r\n$-1\r\n", everything());
    }

    @Test
    void longBulksOfADeferredArrayAreDeferredThemselves() {
        String text = longText(300_000);
        byte[] bytes = bytes(text);
        writer.array(2, source(reply -> {
            reply.bulk(bytes, 0, bytes.length);
            reply.bulk(bytes, 0, bytes.length);
        }));
        String bulk = "$300000\r\n" + text + "\r\n";
        assertEquals("*2\r\n" + bulk + bulk, everything());
    }

    private static ReplySource source(Consumer<Reply> values) {
        return new ReplySource() {
            @Override
            public void write(Reply reply, int bytes) {
                values.accept(reply);
            }

            @Override
            public long remainingBytes() {
                return 10;
            }
        };
    }

    @Test
    void sourcesThatDoNotKeepTheirWordAreFound() {
        assertRefused(source(reply -> {}));
        assertRefused(source(reply -> reply.array(2)));
        assertRefused(source(reply -> {
            reply.array(2);
            reply.ok();
        }));
        assertRefused(source(reply -> {
            for (int i = 0; i < 4; i++) {
                reply.ok();
            }
        }));
    }

    private void assertRefused(ReplySource source) {
        writer.array(3, source);
        assertThrows(IllegalStateException.class, writer::takeBytes);
        pool.giveAll(writer.take());
    }

    // ---- messages ----

    @Test
    void aPushIsAnArrayInResp2() {
        assertWritten("*2\r\n:1\r\n$-1\r\n", ">2\r\n:1\r\n_\r\n", reply -> {
            writer.push(2);
            reply.integer(1);
            reply.nil();
        });
    }

    @Test
    void aMessageIsEncodedByItself() {
        assertEquals(">1\r\n_\r\n", encoded(3));
        assertEquals("*1\r\n$-1\r\n", encoded(2));
        assertThrows(IllegalArgumentException.class, () -> ReplyWriter.encode(2, reply -> reply.array(1)));
        assertThrows(
                IllegalStateException.class,
                () -> ReplyWriter.encode(2, reply -> {
                    reply.array(1);
                    throw new IllegalStateException("on purpose");
                }));
        assertEquals("*1\r\n$-1\r\n", encoded(2));
        String text = longText(200_000);
        byte[] value = ReplyWriter.encode(2, reply -> reply.bulk(lendable(bytes(text), new int[1])));
        assertEquals("$200000\r\n" + text + "\r\n", new String(value, StandardCharsets.ISO_8859_1));
    }

    private static String encoded(int protocol) {
        byte[] bytes = ReplyWriter.encode(protocol, reply -> {
            reply.push(1);
            reply.nil();
        });
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    @Test
    void aMessageComesBeforeTheReplyOfTheCommand() {
        writer.begin();
        writer.simple("FIRST");
        writer.begin();
        writer.simple("SECOND");
        writer.message(bytes("one "));
        writer.message(bytes("two "));
        assertTrue(writer.isComplete());
        writer.begin();
        writer.message(bytes("three "));
        writer.message(bytes("four "));
        assertFalse(writer.isComplete());
        writer.rollback();
        writer.ok();
        assertEquals("+FIRST\r\none two +SECOND\r\nthree four +OK\r\n", everything());
    }

    @Test
    void aMessageStaysWhenTheReplyIsWithdrawn() {
        writer.begin();
        writer.bulk(bytes(longText(40_000)));
        writer.message(bytes("message "));
        writer.rollback();
        writer.error("ERR no");
        assertTrue(writer.isComplete());
        assertEquals("message -ERR no\r\n", everything());
    }

    @Test
    void aLongMessageIsSentFromWhereItLies() {
        byte[] message = bytes(longText(100_000));
        writer.begin();
        writer.ok();
        writer.message(message);
        assertEquals(100_005, writer.pendingBytes());
        Arrays.fill(message, (byte) 'x');
        assertEquals("x".repeat(100_000) + "+OK\r\n", everything());
    }

    @Test
    void whatIsDroppedWasHeldBefore() {
        writer.begin();
        writer.ok();
        writer.hold();
        for (int i = 0; i < 5; i++) {
            writer.begin();
            writer.bulk(bytes(longText(10_000)));
            writer.message(bytes("message"));
            writer.bulk(lendable(new byte[100_000], new int[1]));
        }
        writer.drop();
        assertEquals(5, writer.pendingBytes());
        writer.simple("NEXT");
        assertTrue(writer.isComplete());
        assertEquals("+OK\r\n+NEXT\r\n", everything());
    }

    /** Of whatever length they are, and wherever in a chunk they come to lie. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void messagesNeverTearReplies(long seed) {
        Random random = new Random(seed);
        StringBuilder expected = new StringBuilder();
        for (int i = 0; i < 300; i++) {
            writer.begin();
            StringBuilder reply = new StringBuilder();
            writer.array(2);
            reply.append("*2\r\n");
            for (int j = 0; j < 2; j++) {
                String text = longText(length(random));
                boolean lends = random.nextBoolean();
                writer.bulk(lends ? lendable(bytes(text), new int[1]) : new Slice(bytes(text)));
                reply.append('$')
                        .append(text.length())
                        .append("\r\n")
                        .append(text)
                        .append("\r\n");
            }
            for (int messages = random.nextInt(3); messages > 0; messages--) {
                String message = "<" + longText(length(random)) + ">";
                writer.message(bytes(message));
                expected.append(message);
                assertTrue(writer.isComplete());
            }
            if (random.nextInt(5) == 0) {
                writer.rollback();
            } else {
                expected.append(reply);
            }
            assertEquals(expected.length(), writer.pendingBytes());
            if (random.nextInt(20) == 0) {
                assertEquals(expected.toString(), everything());
                expected.setLength(0);
            }
        }
        assertEquals(expected.toString(), everything());
    }

    // When there is no room.

    private final AtomicLong maxBytes = new AtomicLong(Long.MAX_VALUE);
    private final BufferMemory memory = new BufferMemory(maxBytes::get, holding -> false);
    private final ChunkPool smallPool = new ChunkPool(memory, 2);
    private final ReplyWriter limited = new ReplyWriter(smallPool);

    private void writeLong(int values) {
        Reply.Scope array = limited.array();
        for (int i = 0; i < values; i++) {
            Reply.Scope inner = limited.array();
            limited.bulk(longText(1000));
            inner.close();
        }
        array.close();
    }

    private String sent(Chunk first) {
        StringBuilder sent = new StringBuilder();
        for (Chunk chunk = first; chunk != null; chunk = chunk.next) {
            sent.append(new String(chunk.bytes, 0, chunk.end, StandardCharsets.ISO_8859_1));
            if (chunk.deferred != null) {
                limited.unfold(chunk, 10_000);
            }
        }
        smallPool.giveAll(first);
        return sent.toString();
    }

    private void assertAllGivenBack() {
        assertNull(limited.take());
        assertTrue(memory.bytes() <= 4L * Chunk.BYTES, memory.bytes() + " bytes");
    }

    @Test
    void aReplyThatThereIsNoRoomForIsWrittenToItsEndAndLost() {
        maxBytes.set(10 * Chunk.BYTES);
        limited.begin();
        writeLong(100_000);
        assertTrue(limited.isComplete());
        assertTrue(limited.pendingBytes() > 1L << 50);
        assertTrue(memory.bytes() <= maxBytes.get());
        assertNull(limited.take());
        assertTrue(limited.overflowed());
        assertAllGivenBack();
        assertFalse(limited.overflowed());

        limited.begin();
        limited.ok();
        Chunk next = limited.take();
        assertFalse(limited.overflowed());
        assertEquals(5, next.view.remaining());
    }

    @Test
    void aReplyThatIsWithdrawnLeavesRoom() {
        maxBytes.set(10 * Chunk.BYTES);
        limited.begin();
        limited.simple("first");
        limited.begin();
        writeLong(1000);
        limited.rollback();
        limited.error("ERR no");
        assertTrue(limited.isComplete());
        Chunk taken = limited.take();
        assertFalse(limited.overflowed());
        assertEquals("+first\r\n-ERR no\r\n", new String(taken.bytes, 0, taken.end, StandardCharsets.US_ASCII));
    }

    @Test
    void aReplyThatNobodyWantsLeavesRoom() {
        maxBytes.set(10 * Chunk.BYTES);
        limited.begin();
        limited.simple("first");
        limited.hold();
        limited.begin();
        writeLong(1000);
        limited.begin();
        limited.ok();
        limited.drop();
        Chunk taken = limited.take();
        assertFalse(limited.overflowed());
        assertEquals("+first\r\n", new String(taken.bytes, 0, taken.end, StandardCharsets.US_ASCII));
    }

    @Test
    void whatIsNotSentTakesRoomUntilItIs() {
        maxBytes.set(10 * Chunk.BYTES);
        List<Chunk> waiting = new ArrayList<>();
        while (!limited.overflowed()) {
            limited.begin();
            limited.ok();
            waiting.add(limited.take());
        }
        assertEquals(2 + 10, waiting.size());
        assertNull(waiting.remove(waiting.size() - 1));
        limited.begin();
        limited.ok();
        assertNull(limited.take());
        assertTrue(limited.overflowed());
        waiting.forEach(smallPool::giveAll);
        limited.begin();
        limited.ok();
        smallPool.giveAll(limited.take());
        assertFalse(limited.overflowed());
        assertAllGivenBack();
    }

    @Test
    void whatIsDeferredTakesNoRoomUntilItIsWritten() {
        maxBytes.set(10 * Chunk.BYTES);
        limited.begin();
        limited.array(100);
        for (int i = 0; i < 100; i++) {
            limited.bulk(lendable(new byte[1_000_000], new int[1]));
        }
        assertTrue(memory.bytes() <= 10L * Chunk.BYTES);
        assertNull(limited.take());
        assertTrue(limited.overflowed(), "a chunk for each");

        limited.begin();
        limited.bulk(lendable(new byte[100_000_000], new int[1]));
        Chunk taken = limited.take();
        assertFalse(limited.overflowed());
        assertTrue(limited.unfold(taken, 4 * Chunk.BYTES) >= 4 * Chunk.BYTES);
        maxBytes.set(0);
        Chunk rest = taken;
        while (rest.deferred == null) {
            rest = rest.next;
        }
        assertEquals(0, limited.unfold(rest, 100 * Chunk.BYTES));
        assertTrue(limited.overflowed());
        smallPool.giveAll(taken);
        assertAllGivenBack();
    }

    @Test
    void whateverIsWrittenIsHandedOverAsItIsOrLost() {
        Random random = new Random(7);
        int lost = 0;
        int whole = 0;
        for (int round = 0; round < 3000; round++) {
            maxBytes.set((long) random.nextInt(20) * Chunk.BYTES);
            StringBuilder expected = new StringBuilder();
            for (int replies = random.nextInt(6); replies >= 0; replies--) {
                boolean drops = random.nextInt(4) == 0;
                if (drops) {
                    limited.hold();
                }
                limited.begin();
                Reply.Scope array = random.nextBoolean() ? limited.array() : null;
                String text = longText(length(random));
                limited.bulk(random.nextBoolean() ? lendable(bytes(text), new int[1]) : new Slice(bytes(text)));
                if (array != null) {
                    array.close();
                }
                assertTrue(limited.isComplete());
                String reply = (array == null ? "" : "*1\r\n") + "$" + text.length() + "\r\n" + text + "\r\n";
                if (drops) {
                    limited.drop();
                } else if (random.nextInt(4) == 0) {
                    limited.rollback();
                } else {
                    String message = "<" + longText(length(random)) + ">";
                    limited.message(bytes(message));
                    expected.append(message).append(reply);
                }
            }
            Chunk written = limited.take();
            assertTrue(memory.bytes() <= Math.max(maxBytes.get(), 4L * Chunk.BYTES));
            if (limited.overflowed()) {
                lost++;
            } else {
                whole++;
                maxBytes.set(Long.MAX_VALUE);
                assertTrue(expected.toString().equals(sent(written)), "round " + round);
            }
        }
        assertTrue(lost > 100 && whole > 100, lost + " lost, " + whole + " whole");
        maxBytes.set(Long.MAX_VALUE);
        assertAllGivenBack();
    }

    private static int length(Random random) {
        return switch (random.nextInt(6)) {
            case 0 -> random.nextInt(10);
            case 1 -> Chunk.BYTES - random.nextInt(40);
            case 2 -> random.nextInt(100_000);
            default -> random.nextInt(300);
        };
    }
}
