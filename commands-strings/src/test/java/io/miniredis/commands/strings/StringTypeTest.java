package io.miniredis.commands.strings;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.miniredis.api.Slice;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class StringTypeTest {
    private final StringType type = StringType.provider();

    @Test
    void isCalledAsRedisCallsIt() {
        assertEquals("string", type.name());
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "0, int",
                "-1, int",
                "9223372036854775807, int",
                "-9223372036854775808, int",
                "9223372036854775808, embstr",
                "-0, embstr",
                "01, embstr",
                "\"\", embstr",
                "12345678901234567890123456789012345678901234, embstr",
                "123456789012345678901234567890123456789012345, raw"
            })
    void theEncodingIsThatOfRedis(String value, String encoding) {
        assertEquals(encoding, type.encoding(slice(value)));
    }

    @ParameterizedTest
    @CsvSource({"0", "1", "100", "65535", "65536", "65537", "300000"})
    void whatIsWrittenIsReadBack(int length) throws IOException {
        Slice value = slice("x".repeat(length));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        type.write(value, new DataOutputStream(out));
        assertArrayEquals(value.copy(), read(out.toByteArray()).copy());
    }

    @Test
    void aLengthThatLiesIsRefused() {
        assertThrows(IOException.class, () -> read(new byte[] {-1, -1, -1, -1}));
        assertThrows(IOException.class, () -> read(new byte[] {0x7f, -1, -1, -1, 1, 2, 3}));
        assertThrows(IOException.class, () -> read(new byte[] {0, 0}));
    }

    private Slice read(byte[] bytes) throws IOException {
        return type.read(type.encodingVersion(), new DataInputStream(new ByteArrayInputStream(bytes)));
    }

    private static Slice slice(String text) {
        return new Slice(text.getBytes(ISO_8859_1));
    }
}
