package io.miniredis.protocol.resp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class InputBufferTest {
    private static final int SMALLEST = InputBuffer.SMALLEST_BYTES;
    private static final int MEGABYTE = 1 << 20;
    private static final int USUAL = InputBuffer.USUAL_BYTES;

    private final SpareBuffers spares = new SpareBuffers(SpareBuffers.MOST_BYTES);
    private final AtomicLong maxLargeBytes = new AtomicLong(Long.MAX_VALUE);
    private final LargeInputs large = new LargeInputs(maxLargeBytes::get);
    private final InputBuffer buffer = new InputBuffer(spares, large);

    /** Drops bytes, then receives so many, or as many as there is room for. */
    private void read(int consumed, int needed, int count) {
        ByteBuffer room = buffer.makeRoom(consumed, needed);
        assertTrue(room.hasRemaining());
        buffer.received(Math.min(count, room.remaining()));
    }

    private void readRequest(int count) {
        read(buffer.filled(), RequestDecoder.UNKNOWN, count);
    }

    private int size() {
        return buffer.bytes().length;
    }

    @Test
    void staysSmallWhileLittleArrives() {
        for (int i = 0; i < 100; i++) {
            readRequest(100);
        }
        assertEquals(SMALLEST, size());
    }

    @Test
    void growsWhenReadsFillIt() {
        for (int i = 0; i < 10; i++) {
            readRequest(Integer.MAX_VALUE);
        }
        assertEquals(USUAL, size());
    }

    @Test
    void growsAlsoWhenTheLastRequestOfAFullBufferIsIncomplete() {
        for (int i = 0; i < 10; i++) {
            read(Math.max(0, buffer.filled() - 10), RequestDecoder.UNKNOWN, Integer.MAX_VALUE);
        }
        assertEquals(USUAL, size());
    }

    @Test
    void shrinksWhenReadsNoLongerNeedIt() {
        for (int i = 0; i < 10; i++) {
            readRequest(Integer.MAX_VALUE);
        }
        for (int i = 0; i < 100; i++) {
            readRequest(100);
        }
        assertEquals(SMALLEST, size());
    }

    @Test
    void doesNotShrinkForOneSmallReadAmongLargeOnes() {
        for (int i = 0; i < 10; i++) {
            readRequest(Integer.MAX_VALUE);
        }
        for (int i = 0; i < 20; i++) {
            readRequest(USUAL - 1);
            readRequest(10);
            assertEquals(USUAL, size());
        }
    }

    @Test
    void keepsTheBytesOfAnIncompleteRequest() {
        ByteBuffer room = buffer.makeRoom(0, RequestDecoder.UNKNOWN);
        room.put(new byte[] {1, 2, 3, 4, 5});
        buffer.received(5);
        buffer.makeRoom(3, RequestDecoder.UNKNOWN);
        assertEquals(2, buffer.filled());
        assertEquals(4, buffer.bytes()[0]);
        assertEquals(5, buffer.bytes()[1]);
    }

    @Test
    void growsOnlyAsBytesArrive() {
        int needed = 100_000_000;
        read(0, RequestDecoder.UNKNOWN, 20);
        int allocated = 0;
        while (buffer.filled() < needed) {
            int before = size();
            read(0, needed, Integer.MAX_VALUE);
            if (size() != before) {
                allocated += size();
                assertTrue(size() <= Math.max(USUAL, 4 * buffer.filled()), size() + " for " + buffer.filled());
            }
        }
        assertEquals(needed, size());
        assertTrue(allocated <= 3 * needed, allocated + " bytes in all");
    }

    @Test
    void whatALargeRequestNeededIsGivenBackAtOnce() {
        while (buffer.filled() < 1_000_000) {
            read(0, 1_000_000, 1_000_000 - buffer.filled());
        }
        read(1_000_000 - 10, RequestDecoder.UNKNOWN, 10);
        assertEquals(USUAL, size());
        assertEquals(20, buffer.filled());
    }

    @Test
    void aStreamOfLargeRequestsAllocatesNothing() {
        Runnable request = () -> {
            read(buffer.filled(), RequestDecoder.UNKNOWN, 100);
            while (buffer.filled() < 1_000_000) {
                read(0, 1_000_000, 1_000_000 - buffer.filled());
            }
        };
        request.run();
        request.run();
        long allocated = Allocation.during(() -> {
            for (int i = 0; i < 100; i++) {
                request.run();
            }
        });
        assertTrue(allocated < 100_000, allocated + " bytes");
    }

    @Test
    void fewLargeBuffersAreKept() {
        for (int i = 0; i < 20; i++) {
            spares.give(new byte[MEGABYTE]);
        }
        int kept = 0;
        while (spares.take(MEGABYTE, MEGABYTE) != null) {
            kept += MEGABYTE;
        }
        assertEquals(SpareBuffers.MOST_BYTES, kept);
        spares.give(new byte[SpareBuffers.LARGEST + 1]);
        assertNull(spares.take(MEGABYTE, Integer.MAX_VALUE));
    }

    @Test
    void largeBuffersAreCountedUntilTheyGo() {
        InputBuffer other = new InputBuffer(spares, large);
        while (buffer.filled() < MEGABYTE) {
            read(0, MEGABYTE, Integer.MAX_VALUE);
            other.makeRoom(0, MEGABYTE);
            other.received(Math.min(InputBuffer.READ_BYTES, other.free()));
        }
        assertEquals(size() + other.bytes().length, large.bytes());
        read(MEGABYTE, RequestDecoder.UNKNOWN, 10);
        assertEquals(USUAL, size());
        assertEquals(other.bytes().length, large.bytes());
        other.release();
        assertEquals(0, large.bytes());
    }

    @Test
    void aSpareThatIsLargerThanNeededIsCountedAsItIs() {
        spares.give(new byte[3 * MEGABYTE]);
        while (buffer.filled() < MEGABYTE) {
            read(0, MEGABYTE, Integer.MAX_VALUE);
        }
        assertEquals(3 * MEGABYTE, size());
        assertEquals(3 * MEGABYTE, large.bytes());
        buffer.release();
        assertEquals(0, large.bytes());
    }

    @Test
    void aBulkThatTheLimitCannotTakeIsRefusedBeforeItHasArrived() {
        maxLargeBytes.set(10 * MEGABYTE);
        while (size() < USUAL) {
            readRequest(Integer.MAX_VALUE);
        }
        readRequest(Integer.MAX_VALUE);
        assertNull(buffer.makeRoom(0, 10 * MEGABYTE + 1));
        assertEquals(USUAL, size());
        assertEquals(USUAL, buffer.filled());
        assertEquals(0, large.bytes());
        read(0, 10 * MEGABYTE, 1);
        assertTrue(large.bytes() > 0);
    }

    @Test
    void aRequestOfUnknownLengthGrowsUpToTheLimit() {
        maxLargeBytes.set(MEGABYTE);
        ByteBuffer room = buffer.makeRoom(0, RequestDecoder.UNKNOWN);
        while (room != null) {
            buffer.received(room.remaining());
            room = buffer.makeRoom(0, RequestDecoder.UNKNOWN);
        }
        assertEquals(MEGABYTE, size());
        assertTrue(buffer.filled() > MEGABYTE / 2, buffer.filled() + " bytes");
    }

    @Test
    void aReadNeverTakesMoreThanTheChannelsTemporaryBuffer() {
        while (buffer.filled() < 10_000_000) {
            ByteBuffer room = buffer.makeRoom(0, 10_000_000);
            assertTrue(room.remaining() <= InputBuffer.READ_BYTES);
            buffer.received(room.remaining());
        }
    }
}
