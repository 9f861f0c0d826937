package io.miniredis.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.miniredis.api.Slice;
import io.miniredis.api.ValueType;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The kinds of values, by number and back. */
final class TypesTest {
    private final Types types = new Types();

    @Test
    void numbersAreGivenInOrder() {
        types.add(TestString.TYPE);
        types.add(Bag.TYPE);
        assertEquals(0, types.numberOf(TestString.TYPE));
        assertEquals(1, types.numberOf(Bag.TYPE));
        assertEquals(1, types.numberOf(new Bag.BagType()));
    }

    private static Packed packed(int type) {
        Slabs slabs = new Slabs(new SpareArrays());
        return new Packed().create(slabs, type, new Slice(), new Slice(), 0);
    }

    @Test
    void whatLiesInATableHasAType() {
        types.add(Bag.TYPE);
        types.add(TestString.TYPE);
        assertSame(TestString.TYPE, types.of(packed(1)));
        assertSame(Bag.TYPE, types.of(new Entry(new byte[0], Bag.TYPE, new Bag())));
    }

    /** What a plugin has made might have to be parked, for which the plugin would have to be there. */
    @Test
    void onlyTypesThatStayAreCompacted() {
        var stays = new Bag.CompactBagType("stays");
        var goes = new Bag.CompactBagType("goes") {};
        types.add(TestString.TYPE);
        types.add(Bag.TYPE);
        types.add(stays);
        types.countFromHere();
        types.exchange(List.of(), List.of(goes));
        assertSame(stays, types.compacting(stays));
        assertNull(types.compacting(goes));
        assertNull(types.compacting(Bag.TYPE));
        assertNull(types.compacting(TestString.TYPE));
    }

    @Test
    void anUnknownTypeIsRefused() {
        types.add(TestString.TYPE);
        var e = assertThrows(IllegalArgumentException.class, () -> types.numberOf(Bag.TYPE));
        assertEquals("the type 'bag' is not provided as a service", e.getMessage());
    }

    @Test
    void aNameIsNew() {
        types.add(new DemoType("one"));
        var e = assertThrows(
                IllegalArgumentException.class,
                () -> types.exchange(List.of(), List.of(new DemoType("two"), new DemoType("one"))));
        assertEquals(
                "the type 'one' is provided twice, by module io.miniredis.engine and by module io.miniredis.engine",
                e.getMessage());
        types.exchange(List.of(), List.of(new DemoType("two")));
    }

    @Test
    void thereIsAByteForTheNumber() {
        List<ValueType<?>> many = new ArrayList<>();
        for (int i = 0; i < 255; i++) {
            many.add(new DemoType("type" + i));
        }
        types.exchange(List.of(), many);
        assertEquals(254, types.numberOf(many.get(254)));
        assertSame(many.get(254), types.of(packed(254)));
        var e = assertThrows(IllegalArgumentException.class, () -> types.add(Bag.TYPE));
        assertEquals("no more than 255 types", e.getMessage());
    }
}
