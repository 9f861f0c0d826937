package io.miniredis.api;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** A slice shows a part of an array, and nothing around it. */
final class SliceTest {
    private final Slice slice = new Slice().wrap("..gEt..".getBytes(StandardCharsets.US_ASCII), 2, 3);

    @Test
    void showsItsPartOnly() {
        assertEquals(3, slice.length());
        assertEquals('g', slice.byteAt(0));
        assertEquals("gEt", slice.utf8());
        assertArrayEquals(new byte[] {'g', 'E', 't'}, slice.copy());
    }

    @Test
    void isAWordInAnyCase() {
        assertTrue(slice.is("GET"));
        assertFalse(slice.is("GETS"));
        assertFalse(slice.is("SET"));
    }

    @Test
    void isEqualToTheSameBytesElsewhere() {
        assertTrue(slice.contentEquals(new Slice("gEt".getBytes(StandardCharsets.US_ASCII))));
        assertFalse(slice.contentEquals(new Slice("get".getBytes(StandardCharsets.US_ASCII))));
        assertTrue(new Slice().contentEquals(new Slice(new byte[0])));
    }

    @Test
    void isQuotedUpToAZeroByteWithOtherBytesMarked() {
        Slice binary = new Slice(new byte[] {'a', (byte) 0xff, 0, 'b'});
        assertEquals("a" + (char) (Slice.QUOTED_BYTES + 0xff), binary.quotable());
    }
}
