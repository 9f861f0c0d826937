package io.miniredis.commands.lists;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ListTypeTest {
    private final ListType type = ListType.provider();

    @Test
    void isCalledAsRedisCallsIt() {
        assertEquals("list", type.name());
        assertEquals("quicklist", type.encoding(type.create()));
    }

    @Test
    void onlyAListWithoutElementsIsEmpty() {
        PackedList list = type.create();
        assertTrue(type.isEmpty(list));
        push(list, 0);
        assertFalse(type.isEmpty(list));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 100, 5000})
    void whatIsWrittenIsReadBack(int elements) throws IOException {
        PackedList list = type.create();
        for (int i = 0; i < elements; i++) {
            push(list, i * 37 % 700);
        }
        byte[] written = written(list);
        PackedList copy = read(written);
        assertEquals(elements, copy.size());
        assertArrayEquals(written, written(copy));
    }

    @Test
    void aLargeElementIsReadBack() throws IOException {
        PackedList list = type.create();
        push(list, 1 << 20);
        push(list, 3);
        push(list, 1 << 17);
        assertArrayEquals(written(list), written(read(written(list))));
    }

    @Test
    void theFormIsCountThenLengthsAndBytes() throws IOException {
        PackedList list = type.create();
        list.push(ListEnd.TAIL, "ab".getBytes(UTF_8), 0, 2);
        list.push(ListEnd.TAIL, "c".getBytes(UTF_8), 0, 1);
        byte[] expected = {0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 2, 'a', 'b', 0, 0, 0, 1, 'c'};
        assertArrayEquals(expected, written(list));
    }

    @Test
    void anUnknownVersionIsRefused() {
        assertThrows(IOException.class, () -> type.read(2, in(new byte[100])));
    }

    @Test
    void aNegativeCountIsRefused() {
        assertThrows(IOException.class, () -> read(new byte[] {-1, -1, -1, -1, -1, -1, -1, -1}));
    }

    @Test
    void aNegativeLengthIsRefused() {
        assertThrows(IOException.class, () -> read(new byte[] {0, 0, 0, 0, 0, 0, 0, 1, -1, -1, -1, -1}));
    }

    /** Twelve bytes that promise 2 GB must not allocate them: the test's heap could not take many. */
    @Test
    void aLengthThatLiesAllocatesNoMoreThanThereIs() {
        byte[] huge = {0, 0, 0, 0, 0, 0, 0, 1, 0x7f, -1, -1, 0, 1, 2, 3};
        for (int i = 0; i < 100; i++) {
            assertThrows(IOException.class, () -> read(huge));
        }
        assertThrows(IOException.class, () -> read(new byte[] {0x7f, -1, -1, -1, -1, -1, -1, -1, 0, 0, 0, 0}));
    }

    @Test
    void whatIsCutShortIsRefused() throws IOException {
        PackedList list = type.create();
        push(list, 10);
        push(list, 0);
        byte[] whole = written(list);
        for (int length = 0; length < whole.length; length++) {
            byte[] part = Arrays.copyOf(whole, length);
            assertThrows(IOException.class, () -> read(part));
        }
    }

    private static void push(PackedList list, int length) {
        byte[] element = new byte[length];
        for (int i = 0; i < length; i++) {
            element[i] = (byte) (i + length);
        }
        list.push(ListEnd.TAIL, element, 0, length);
    }

    private byte[] written(PackedList list) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        type.write(list, new DataOutputStream(out));
        return out.toByteArray();
    }

    private PackedList read(byte[] bytes) throws IOException {
        return type.read(type.encodingVersion(), in(bytes));
    }

    private static DataInputStream in(byte[] bytes) {
        return new DataInputStream(new ByteArrayInputStream(bytes));
    }
}
