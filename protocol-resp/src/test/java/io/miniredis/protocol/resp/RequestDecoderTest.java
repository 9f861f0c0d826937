package io.miniredis.protocol.resp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.miniredis.api.transport.RequestBatch;
import io.miniredis.protocol.resp.Decoding.Outcome;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RequestDecoderTest {
    private static final int LINE = RequestDecoder.MAX_LINE_BYTES;
    private static final String PING = "*1\r\n$4\r\nPING\r\n";

    // What requests look like.

    @Test
    void anArrayOfBulkStringsIsARequest() {
        assertEquals(List.of(List.of("SET", "k", "v")), Decoding.requests("*3\r\n$3\r\nSET\r\n$1\r\nk\r\n$1\r\nv\r\n"));
    }

    @Test
    void argumentsMayBeEmptyAndHoldAnyBytes() {
        assertEquals(
                List.of(List.of("ECHO", "", "\r\n\0\u00ff*1")),
                Decoding.requests("*3\r\n$4\r\nECHO\r\n$0\r\n\r\n$6\r\n\r\n\0\u00ff*1\r\n"));
    }

    @Test
    void argumentsMayBeOfAnyLength() {
        for (int length : new int[] {9, 10, 99, 100, 999, 1000, 65_536, 1_000_000}) {
            String argument = "a".repeat(length);
            assertEquals(
                    List.of(List.of("ECHO", argument)),
                    Decoding.requests("*2\r\n$4\r\nECHO\r\n$" + length + "\r\n" + argument + "\r\n"));
        }
    }

    @Test
    void requestsMayHaveAnyNumberOfArguments() {
        for (int count : new int[] {9, 10, 11, 100, 100_000}) {
            assertEquals(
                    List.of(List.copyOf(java.util.Collections.nCopies(count, "abc"))),
                    Decoding.requests("*" + count + "\r\n" + "$3\r\nabc\r\n".repeat(count)));
        }
    }

    @Test
    void requestsFollowOneAnother() {
        assertEquals(
                List.of(List.of("PING"), List.of("ECHO", "a"), List.of("PING")),
                Decoding.requests(PING + "ECHO a\r\n" + PING));
    }

    @Test
    void anArrayOfNothingIsNoRequest() {
        assertEquals(List.of(List.of("PING")), Decoding.requests("*0\r\n*-1\r\n*-9223372036854775808\r\n" + PING));
    }

    @Test
    void asInRedisTheBytesThatEndBulksAndFollowReturnsMayBeAny() {
        assertEquals(List.of(List.of("PING"), List.of("PING")), Decoding.requests("*1\rx$4\ryPINGzz" + PING));
    }

    @Test
    void aLineIsARequestToo() {
        assertEquals(List.of(List.of("SET", "a", "b")), Decoding.requests("SET a b\r\n"));
        assertEquals(List.of(List.of("SET", "a", "b")), Decoding.requests("SET a b\n"));
    }

    @Test
    void blankLinesAreNoRequests() {
        assertEquals(List.of(List.of("PING")), Decoding.requests("\r\n\n  \t\r\n\r\r\nPING\r\n"));
    }

    // Where the stream is cut does not matter.

    private static final List<String> CORPUS = List.of(
            PING,
            PING + PING + PING,
            "*3\r\n$3\r\nSET\r\n$1\r\nk\r\n$100\r\n" + "v".repeat(100) + "\r\n" + PING,
            "*2\r\n$4\r\nECHO\r\n$0\r\n\r\n",
            "*12\r\n" + "$10\r\n0123456789\r\n".repeat(12),
            "*0\r\n*-1\r\n" + PING,
            "SET a b\r\nPING\n\r\n" + PING,
            "ECHO \"a\\x41\\n\" 'b\\'c' d\"e f\"\r\n" + PING,
            "PING\r\nECHO \"a\"b\r\n",
            PING + "*a\r\n" + PING,
            PING + "*2\r\n$4\r\nECHO\r\n:1\r\n",
            "*2\r\n$4\r\nECHO\r\n$-1\r\n",
            "*1\r\n$536870913\r\n",
            "*1\r\n$4\r\nPI",
            "*1\r\n$4",
            "*",
            "PIN");

    @Test
    void aRequestMeansTheSameHoweverItIsCutInTwo() {
        for (String wire : CORPUS) {
            Outcome whole = Decoding.of(wire);
            for (int place = 0; place <= wire.length(); place++) {
                assertEquals(whole, Decoding.cut(wire, place), wire + " cut at " + place);
            }
        }
    }

    @Test
    void aRequestMeansTheSameHoweverItIsCutInThree() {
        for (String wire : CORPUS) {
            Outcome whole = Decoding.of(wire);
            for (int first = 0; first <= wire.length(); first += 3) {
                for (int second = first; second <= wire.length(); second += 2) {
                    assertEquals(whole, Decoding.cut(wire, first, second), wire + " cut at " + first + ", " + second);
                }
            }
        }
    }

    @Test
    void aRequestMeansTheSameByteByByte() {
        for (String wire : CORPUS) {
            assertEquals(Decoding.of(wire), Decoding.byteByByte(wire), wire);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34})
    void randomStreamsMeanTheSameHoweverTheyAreCut(long seed) {
        var random = new Random(seed);
        for (int i = 0; i < 300; i++) {
            String wire = RandomStreams.damaged(random, RandomStreams.valid(random, new ArrayList<>()));
            Outcome whole = Decoding.of(wire);
            assertEquals(whole, Decoding.byteByByte(wire), wire);
            int[] places = random.ints(random.nextInt(5), 0, wire.length() + 1)
                    .sorted()
                    .toArray();
            assertEquals(whole, Decoding.cut(wire, places), () -> wire + " cut at " + Arrays.toString(places));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34})
    void randomRequestsAreUnderstood(long seed) {
        var random = new Random(seed);
        for (int i = 0; i < 300; i++) {
            var expected = new ArrayList<List<String>>();
            String wire = RandomStreams.valid(random, expected);
            assertEquals(new Outcome(expected, ""), Decoding.of(wire), wire);
        }
    }

    // What is not a request. Each text was compared with redis-server 7.0.15.

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*\r\n",
                "*a\r\n",
                "*+1\r\n",
                "*01\r\n",
                "*-0\r\n",
                "*-\r\n",
                "*1 \r\n",
                "*2147483648\r\n",
                "*1\n$4\nPING\r\n",
                "*9999999999999999999\r\n",
                "*-9223372036854775809\r\n",
                "*11111111111111111111\r\n"
            })
    void invalidMultibulkLength(String wire) {
        assertEquals("invalid multibulk length", Decoding.error(wire));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$\r\n",
                "$a\r\n",
                "$-1\r\n",
                "$04\r\n",
                "$+4\r\n",
                "$4 \r\n",
                "$4a\r\n",
                "$a4\r\n",
                "$536870913\r\n",
                "$99999999999999999999999\r\n",
                "$9223372036854775808\r\n"
            })
    void invalidBulkLength(String wire) {
        assertEquals("invalid bulk length", Decoding.error("*1\r\n" + wire));
    }

    @Test
    void anArgumentThatIsNotABulkString() {
        assertEquals("expected '$', got 'P'", Decoding.error("*1\r\nPING\r\n"));
        assertEquals("expected '$', got '*'", Decoding.error("*3\r\n$3\r\nSET\r\n$1\r\na\r\n" + PING));
        assertEquals("expected '$', got '\u00ff'", Decoding.error("*1\r\n\u00ff\r\n"));
        assertEquals("expected '$', got ' '", Decoding.error("*1\r\n\r\n"));
        assertEquals("expected '$', got ' '", Decoding.error("*1\r\n\n\r\n"));
    }

    @Test
    void aLineThatDoesNotEnd() {
        assertEquals("", Decoding.error("x".repeat(LINE)));
        assertEquals("too big inline request", Decoding.error("x".repeat(LINE + 1)));
        assertEquals("", Decoding.error("*" + "1".repeat(LINE - 1)));
        assertEquals("too big mbulk count string", Decoding.error("*" + "1".repeat(LINE)));
        assertEquals("", Decoding.error("*1\r\n$" + "1".repeat(LINE - 1)));
        assertEquals("too big bulk count string", Decoding.error("*1\r\n$" + "1".repeat(LINE)));
    }

    @Test
    void aLineThatEndsTooLateIsRefusedThoughItArrivesAtOnce() {
        assertEquals("", Decoding.error("x".repeat(LINE) + "\n"));
        assertEquals("too big inline request", Decoding.error("x".repeat(LINE + 1) + "\n"));
    }

    @Test
    void quotesThatDoNotEnd() {
        assertEquals("unbalanced quotes in request", Decoding.error("SET a \"b\r\n"));
        assertEquals("unbalanced quotes in request", Decoding.error("SET a 'b\r\n"));
        assertEquals("unbalanced quotes in request", Decoding.error("SET a \"b\"c\r\n"));
    }

    @Test
    void theRequestsBeforeTheDamageStand() {
        assertEquals(
                new Outcome(List.of(List.of("PING"), List.of("PING")), "invalid multibulk length"),
                Decoding.of(PING + PING + "*x\r\n" + PING));
    }

    @Test
    void theLimitOfABulkIsAskedForEachTime() throws ProtocolException {
        long[] limit = {100};
        var decoder = new RequestDecoder(() -> limit[0]);
        var batch = new RequestBatch();
        byte[] wire = bytes("*2\r\n$100\r\n" + "a".repeat(100) + "\r\n$101\r\n");
        batch.clear(wire);
        limit[0] = 101;
        assertTrue(decoder.decode(wire, wire.length, batch, true));
        limit[0] = 100;
        var other = new RequestDecoder(() -> limit[0]);
        batch.clear(wire);
        assertThrows(ProtocolException.class, () -> other.decode(wire, wire.length, batch, true));
    }

    // Clients that have not authenticated.

    @Test
    void strangersMaySendSmallRequests() {
        var decoding = new Decoding().unauthenticated();
        decoding.feed("*10\r\n" + "$1\r\na\r\n".repeat(10) + "*1\r\n$16384\r\n" + "a".repeat(16384) + "\r\n");
        assertEquals(2, decoding.outcome().requests().size());
        assertEquals("", decoding.outcome().error());
    }

    @Test
    void strangersMayNotSendLargeRequests() {
        assertEquals("unauthenticated multibulk length", stranger("*11\r\n"));
        assertEquals("unauthenticated bulk length", stranger("*1\r\n$16385\r\n"));
        assertEquals("invalid bulk length", stranger("*1\r\n$-1\r\n"));
        assertEquals("invalid multibulk length", stranger("*2147483648\r\n"));
    }

    private static String stranger(String wire) {
        return new Decoding().unauthenticated().feed(wire).outcome().error();
    }

    @Test
    void aStrangersRequestsAreDecodedOneByOneSinceEachMayChangeWhatHeMay() throws ProtocolException {
        var decoder = new RequestDecoder(() -> 1 << 20);
        var batch = new RequestBatch();
        byte[] wire = bytes("AUTH x\r\n*11\r\n" + "$1\r\na\r\n".repeat(11));
        batch.clear(wire);
        assertFalse(decoder.decode(wire, wire.length, batch, false));
        assertEquals(1, batch.size());
        batch.clear(wire);
        assertTrue(decoder.decode(wire, wire.length, batch, true));
        assertEquals(11, batch.argumentCount(0));
    }

    // How much work and memory it takes.

    @Test
    void aLongPipelineIsDecodedInBatches() throws ProtocolException {
        var decoder = new RequestDecoder(() -> 1 << 20);
        var batch = new RequestBatch();
        byte[] wire = bytes(PING.repeat(2500));
        batch.clear(wire);
        assertFalse(decoder.decode(wire, wire.length, batch, true));
        assertEquals(RequestDecoder.MAX_REQUESTS, batch.size());
        assertEquals(RequestDecoder.MAX_REQUESTS * PING.length(), batch.end(batch.size() - 1));
        assertEquals(RequestDecoder.MAX_REQUESTS * PING.length(), decoder.consumed());
    }

    @Test
    void theBytesOfABulkAreNeverLookedAt() throws ProtocolException {
        String header = "*2\r\n$3\r\nSET\r\n$100000000\r\n";
        byte[] onlyTheHeader = bytes(header);
        var decoder = new RequestDecoder(() -> 512 << 20);
        var batch = new RequestBatch();
        batch.clear(onlyTheHeader);
        int end = header.length() + 100_000_000 + 2;
        for (int limit = header.length(); limit < end; limit += 1_000_000) {
            assertTrue(decoder.decode(onlyTheHeader, limit, batch, true));
            assertEquals(end, decoder.needed());
        }
        decoder.decode(onlyTheHeader, end, batch, true);
        assertEquals(1, batch.size());
        assertEquals(100_000_000, batch.length(1));
    }

    @Test
    void whatWasDecodedIsNeverLookedAtAgain() throws ProtocolException {
        int arguments = 100_000;
        byte[] wire = bytes("*" + arguments + "\r\n" + "$3\r\nabc\r\n".repeat(arguments));
        var decoder = new RequestDecoder(() -> 512 << 20);
        var batch = new RequestBatch();
        batch.clear(wire);
        int limit = 0;
        while (batch.size() == 0) {
            limit = Math.min(wire.length, limit + 100);
            decoder.decode(wire, limit, batch, true);
            int last = batch.firstArgument(0) + batch.unfinished() - 1;
            if (last >= 0) {
                Arrays.fill(wire, 0, batch.offset(last) + batch.length(last) + 2, (byte) '?');
            }
        }
        assertEquals(arguments, batch.argumentCount(0));
        assertEquals(wire.length, batch.end(0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "*", "*1\r\n$"})
    void theStartOfALineIsNotScannedAgain(String before) throws ProtocolException {
        byte[] wire = bytes(before + "1".repeat(LINE + 10));
        var decoder = new RequestDecoder(() -> 512 << 20);
        var batch = new RequestBatch();
        batch.clear(wire);
        for (int limit = before.length() + 1; limit <= before.length() + LINE - 1; limit++) {
            assertTrue(decoder.decode(wire, limit, batch, true));
            wire[limit - 1] = (byte) (before.isEmpty() ? '\n' : '\r');
        }
        var e = assertThrows(ProtocolException.class, () -> decoder.decode(wire, wire.length, batch, true));
        assertTrue(e.getMessage().startsWith("too big"), e.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"*1\r\n$536870912\r\n", "*2147483647\r\n", "*2147483647\r\n$536870912\r\n"})
    void declaredLengthsAllocateNothing(String wire) {
        var decoding = new Decoding();
        decoding.feed(PING);
        long allocated = Allocation.during(() -> decoding.feed(wire));
        assertTrue(allocated < 8_000, allocated + " bytes");
        assertEquals(InputBuffer.SMALLEST_BYTES, decoding.input.bytes().length);
    }

    @Test
    void decodingAllocatesNothing() {
        byte[] wire = bytes(
                ("*3\r\n$3\r\nSET\r\n$1\r\nk\r\n$100\r\n" + "v".repeat(100) + "\r\nSET a \"b\\x41c\"\r\n").repeat(100));
        byte[] input = wire.clone();
        var decoder = new RequestDecoder(() -> 512 << 20);
        var batch = new RequestBatch();
        Runnable decode = () -> {
            System.arraycopy(wire, 0, input, 0, wire.length);
            batch.clear(input);
            try {
                decoder.decode(input, input.length, batch, true);
            } catch (ProtocolException e) {
                throw new AssertionError(e);
            }
            decoder.moved(decoder.consumed());
        };
        decode.run();
        assertEquals(200, batch.size());
        long allocated = Allocation.during(() -> {
            for (int i = 0; i < 1000; i++) {
                decode.run();
            }
        });
        assertTrue(allocated < 2_000, allocated + " bytes for 200,000 requests");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
