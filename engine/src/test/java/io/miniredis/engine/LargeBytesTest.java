package io.miniredis.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.miniredis.api.Layout;
import io.miniredis.api.Slice;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class LargeBytesTest {
    private final SpareArrays spares = new SpareArrays();
    private final byte[] array = new byte[5000];
    private final LargeBytes bytes = new LargeBytes(array);

    @Test
    void whatIsNotLentIsChangedInPlace() {
        bytes.own(spares);
        assertSame(array, shown(bytes).array());
    }

    @Test
    void whatIsLentIsChangedElsewhere() {
        array[1] = 7;
        assertTrue(shown(bytes).lend());
        bytes.own(spares);
        Slice own = shown(bytes);
        assertNotSame(array, own.array());
        assertTrue(own.contentEquals(new Slice(array)));
        bytes.own(spares);
        assertSame(own.array(), shown(bytes).array());
    }

    @Test
    void weighsItsArrayAndItself() {
        assertEquals(Layout.bytes(5000) + Layout.object(1, 9), bytes.memoryBytes());
    }

    @Test
    void isOverwrittenWhereItLiesByWhatFitsWithoutWastingMuch() {
        Slice shorter = filled(4900, 1);
        assertTrue(bytes.overwrite(shorter));
        assertSame(array, shown(bytes).array());
        assertTrue(shown(bytes).contentEquals(shorter));
        assertFalse(bytes.overwrite(filled(5001, 2)));
        assertFalse(bytes.overwrite(filled(3700, 2)));
        assertTrue(shown(bytes).contentEquals(shorter));
    }

    @Test
    void isNotOverwrittenWhileItMayBeRead() {
        bytes.lend();
        assertFalse(bytes.overwrite(filled(5000, 1)));
        assertFalse(bytes.grow(5000));
        assertArrayEquals(new byte[5000], array);
    }

    @Test
    void aNoteGoesWithTheValueThatItWasLeftFor() {
        bytes.note(3);
        assertEquals(3, bytes.copy(spares).note());
        assertTrue(bytes.overwrite(filled(5000, 1)));
        assertEquals(0, bytes.note());
    }

    /** What an array held before shows nowhere. */
    @Test
    void growsByZeros() {
        byte[] spare = filled(5120, 9).array();
        spares.give(spare);
        LargeBytes large = LargeBytes.of(filled(4800, 1), 4900, 5120, spares);
        assertSame(spare, shown(large).array());
        assertTrue(large.grow(5000));
        byte[] expected = Arrays.copyOf(filled(4800, 1).array(), 5000);
        assertTrue(shown(large).contentEquals(new Slice(expected)));
        assertTrue(large.grow(4000));
        assertEquals(5000, shown(large).length());
        assertFalse(large.grow(5121));
    }

    @Test
    void anArrayIsGivenAwayAtTheEnd() {
        LargeBytes value = LargeBytes.of(filled(5000, 1), 5000, 5000, spares);
        byte[] given = shown(value).array();
        value.release(spares);
        assertSame(given, spares.take(5000));
    }

    @Test
    void anArrayIsNotGivenAwayWhileItMayBeRead() {
        LargeBytes value = LargeBytes.of(filled(5000, 1), 5000, 5000, spares);
        value.lend();
        value.release(spares);
        assertNotSame(shown(value).array(), spares.take(5000));
        assertTrue(shown(value).contentEquals(filled(5000, 1)));
    }

    @Test
    void whatIsGivenBackIsChangedInPlaceAgain() {
        bytes.lend();
        bytes.lend();
        bytes.takeBack(array);
        assertFalse(bytes.overwrite(filled(5000, 1)));
        bytes.takeBack(array);
        assertTrue(bytes.overwrite(filled(5000, 1)));
        assertSame(array, shown(bytes).array());
    }

    /** Who gives back an array that the value has let go of says nothing of the one that it has now. */
    @Test
    void anArrayThatItHasLetGoOfMayComeBackLate() {
        bytes.lend();
        bytes.own(spares);
        bytes.lend();
        bytes.takeBack(array);
        assertEquals(shown(bytes).array().length, bytes.lentBytes());
        bytes.takeBack(shown(bytes).array());
        assertEquals(0, bytes.lentBytes());
    }

    private static Slice shown(LargeBytes bytes) {
        return bytes.show(new Slice());
    }

    private static Slice filled(int length, int with) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) with);
        return new Slice(bytes);
    }
}
