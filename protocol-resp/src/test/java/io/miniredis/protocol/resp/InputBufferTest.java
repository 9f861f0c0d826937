package io.miniredis.protocol.resp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class InputBufferTest {
    private static final int SMALLEST = InputBuffer.SMALLEST_BYTES;
    private static final int MEGABYTE = 1 << 20;
    private static final int USUAL = InputBuffer.USUAL_BYTES;

    private final SpareBuffers spares = new SpareBuffers(SpareBuffers.MOST_BYTES);
    private final AtomicLong maxBytes = new AtomicLong(Long.MAX_VALUE);
    /** What those hold that may be cut off, each as much. */
    private final List<Long> others = new ArrayList<>();

    private final BufferMemory memory = new BufferMemory(maxBytes::get, this::cutOffLarger);
    private final InputBuffer buffer = new InputBuffer(spares, memory);

    private boolean cutOffLarger(long holding) {
        if (others.isEmpty() || others.get(0) <= holding) {
            return false;
        }
        memory.leaving(others.remove(0));
        return true;
    }

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
        for (int i = 0; i < 50; i++) {
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
        InputBuffer other = new InputBuffer(spares, memory);
        while (buffer.filled() < MEGABYTE) {
            read(0, MEGABYTE, Integer.MAX_VALUE);
            other.makeRoom(0, MEGABYTE);
            other.received(Math.min(InputBuffer.READ_BYTES, other.free()));
        }
        assertEquals(size() + other.bytes().length, memory.bytes());
        read(MEGABYTE, RequestDecoder.UNKNOWN, 10);
        assertEquals(USUAL, size());
        assertEquals(USUAL + other.bytes().length, memory.bytes());
        other.release();
        assertEquals(USUAL, memory.bytes());
    }

    /** Several large requests that arrive at the same time take steps of growth that others have left. */
    @Test
    void aBufferGrowsBySparesThatHoldAPart() {
        byte[] part = new byte[2 * USUAL];
        spares.give(part);
        while (buffer.filled() <= USUAL) {
            read(0, MEGABYTE, Integer.MAX_VALUE);
        }
        assertSame(part, buffer.bytes());
        assertEquals(2 * USUAL, memory.bytes());
    }

    @Test
    void aSpareThatIsLargerThanNeededIsCountedAsItIs() {
        spares.give(new byte[3 * MEGABYTE]);
        while (buffer.filled() < MEGABYTE) {
            read(0, MEGABYTE, Integer.MAX_VALUE);
        }
        assertEquals(3 * MEGABYTE, size());
        assertEquals(3 * MEGABYTE, memory.bytes());
        buffer.release();
        assertEquals(0, memory.bytes());
    }

    @Test
    void aBulkThatTheLimitCannotTakeIsRefusedBeforeItHasArrived() {
        maxBytes.set(10 * MEGABYTE);
        while (size() < USUAL) {
            readRequest(Integer.MAX_VALUE);
        }
        readRequest(Integer.MAX_VALUE);
        assertNull(buffer.makeRoom(0, 10 * MEGABYTE + 1));
        assertEquals(USUAL, size());
        assertEquals(USUAL, buffer.filled());
        assertEquals(USUAL, memory.bytes());
        read(0, 10 * MEGABYTE, 1);
        assertTrue(memory.bytes() > USUAL);
    }

    @Test
    void aRequestOfUnknownLengthGrowsUpToTheLimit() {
        maxBytes.set(MEGABYTE);
        ByteBuffer room = buffer.makeRoom(0, RequestDecoder.UNKNOWN);
        while (room != null) {
            buffer.received(room.remaining());
            room = buffer.makeRoom(0, RequestDecoder.UNKNOWN);
        }
        assertEquals(MEGABYTE, size());
        assertTrue(buffer.filled() > MEGABYTE / 2, buffer.filled() + " bytes");
    }

    @Test
    void theSmallestBufferIsThereWhateverTheLimit() {
        maxBytes.set(0);
        for (int i = 0; i < 10; i++) {
            readRequest(Integer.MAX_VALUE);
        }
        assertEquals(SMALLEST, size());
        assertEquals(0, memory.bytes());
    }

    @Test
    void growthThatIsOnlyAConvenienceIsLeftUndoneWhenThereIsNoRoom() {
        maxBytes.set(10_000);
        others.add(1L * MEGABYTE);
        for (int i = 0; i < 10; i++) {
            readRequest(Integer.MAX_VALUE);
        }
        assertEquals(8 * 1024, size());
        assertEquals(1, others.size(), "nobody was cut off for it");
        for (int i = 0; i < 10 && buffer.free() > 0; i++) {
            read(0, 20_000, 1000);
        }
        assertEquals(0, buffer.free());
    }

    @Test
    void growthThatARequestNeedsIsRefusedWhenNobodyHoldsMore() {
        maxBytes.set(10_000);
        others.add(32 * 1024L);
        while (size() < 8 * 1024) {
            readRequest(Integer.MAX_VALUE);
        }
        assertNull(buffer.makeRoom(0, RequestDecoder.UNKNOWN));
        assertEquals(8 * 1024, buffer.filled());
        assertEquals(8 * 1024, memory.bytes());
        assertEquals(1, others.size());
    }

    @Test
    void whoHoldsMoreIsCutOffForWhatARequestNeeds() {
        maxBytes.set(100_000);
        memory.add(90_000);
        others.addAll(List.of(50_000L, 40_000L));
        while (size() < 8 * 1024) {
            readRequest(Integer.MAX_VALUE);
        }
        read(0, 20_000, 10);
        assertEquals(32 * 1024, size());
        assertEquals(List.of(40_000L), others);
        memory.add(-50_000);
        memory.left(50_000);
        assertEquals(40_000 + 32 * 1024, memory.bytes());
    }

    @Test
    void nobodyIsCutOffForWhatCouldNotBeInAnyCase() {
        maxBytes.set(100_000);
        memory.add(95_000);
        others.add(95_000L);
        while (buffer.free() > 0) {
            read(0, 1_000_000, Integer.MAX_VALUE);
        }
        assertNull(buffer.makeRoom(0, 1_000_000));
        assertEquals(1, others.size());
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
