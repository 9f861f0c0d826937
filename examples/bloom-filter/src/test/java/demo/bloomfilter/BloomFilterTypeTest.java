package demo.bloomfilter;

import static demo.bloomfilter.BloomFilterTest.hash;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.miniredis.api.CommandException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class BloomFilterTypeTest {
    private static final long MAX_BYTES = 1 << 29;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final BloomFilterType type = new BloomFilterType();
    private final BloomFilter filter = type.create();

    @BeforeEach
    void addSome() throws CommandException {
        for (int i = 0; i < 1_000; i++) {
            filter.add(hash("item" + i), MAX_BYTES);
        }
    }

    @Test
    void whatIsWrittenIsReadBack() throws IOException {
        byte[] written = written(filter);
        BloomFilter read = read(written);
        assertEquals(filter.items(), read.items());
        assertEquals(filter.memoryBytes(), read.memoryBytes());
        assertEquals(filter.expansion(), read.expansion());
        assertArrayEquals(written, written(read));
        for (int i = 0; i < 1_000; i++) {
            assertTrue(read.contains(hash("item" + i)));
        }
    }

    @Test
    void aCopySharesNothing() throws CommandException {
        BloomFilter copy = type.copy(filter);
        for (int i = 0; i < 1_000; i++) {
            copy.add(hash("more" + i), MAX_BYTES);
        }
        int inOriginal = 0;
        for (int i = 0; i < 1_000; i++) {
            assertTrue(copy.contains(hash("item" + i)));
            inOriginal += filter.contains(hash("more" + i)) ? 1 : 0;
        }
        assertTrue(inOriginal < 30, inOriginal + " are in the original");
        assertFalse(type.isEmpty(type.create()));
    }

    /** A copy makes exactly the objects that a filter consists of. The JVM may allocate something itself, but not each time. */
    @Test
    void theWeightIsWhatTheJvmAllocates() {
        long allocated = Long.MAX_VALUE;
        for (int i = 0; i < 10; i++) {
            long before = THREADS.getCurrentThreadAllocatedBytes();
            BloomFilter copy = type.copy(filter);
            allocated = Math.min(allocated, THREADS.getCurrentThreadAllocatedBytes() - before);
            assertEquals(type.memoryBytes(filter), type.memoryBytes(copy));
        }
        assertEquals(allocated, type.memoryBytes(filter));
    }

    @Test
    void addingAndAskingAllocateNothing() throws CommandException {
        long[] hashes = new long[500];
        for (int i = 0; i < hashes.length; i++) {
            hashes[i] = hash("more" + i);
        }
        filter.add(hash("first"), MAX_BYTES);
        long before = THREADS.getCurrentThreadAllocatedBytes();
        for (long hash : hashes) {
            filter.add(hash, MAX_BYTES);
            filter.contains(hash);
        }
        long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
        assertTrue(allocated < hashes.length, allocated + " bytes, an object for each would be sixteen times as much");
    }

    @Test
    void whatIsCutOffOrDamagedIsRefused() throws IOException {
        byte[] written = written(filter);
        for (int length : new int[] {0, 3, 8, 20, written.length / 2, written.length - 1}) {
            assertThrows(IOException.class, () -> read(java.util.Arrays.copyOf(written, length)));
        }
        for (int changed : new int[] {0, 4, 8, 16, 24}) {
            byte[] damaged = written.clone();
            damaged[changed] = (byte) 0xff;
            assertThrows(IOException.class, () -> read(damaged), "changed at " + changed);
        }
        assertThrows(IOException.class, () -> type.read(2, new DataInputStream(new ByteArrayInputStream(written))));
    }

    private byte[] written(BloomFilter value) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        type.write(value, new DataOutputStream(out));
        return out.toByteArray();
    }

    private BloomFilter read(byte[] bytes) throws IOException {
        return type.read(type.encodingVersion(), new DataInputStream(new ByteArrayInputStream(bytes)));
    }
}
