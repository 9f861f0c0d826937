package io.miniredis.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.miniredis.api.Layout;
import io.miniredis.api.Slice;
import org.junit.jupiter.api.Test;

final class LargeBytesTest {
    private final byte[] array = new byte[5000];
    private final LargeBytes bytes = new LargeBytes(array);

    @Test
    void whatIsNotLentIsChangedInPlace() {
        bytes.own();
        assertSame(array, bytes.show(new Slice()).array());
    }

    @Test
    void whatIsLentIsChangedElsewhere() {
        array[1] = 7;
        assertTrue(bytes.show(new Slice()).lend());
        bytes.own();
        Slice own = bytes.show(new Slice());
        assertNotSame(array, own.array());
        assertTrue(own.contentEquals(new Slice(array)));
        bytes.own();
        assertSame(own.array(), bytes.show(new Slice()).array());
    }

    @Test
    void weighsItsArrayAndItself() {
        assertEquals(Layout.bytes(5000) + Layout.object(1, 1), bytes.memoryBytes());
    }
}
