package io.miniredis.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Amounts of memory, as configuration files write them and INFO shows them. */
final class MemorySizeTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "12345, 12345",
        "7b, 7",
        "1k, 1000",
        "1kb, 1024",
        "1KB, 1024",
        "3m, 3000000",
        "3Mb, 3145728",
        "2g, 2000000000",
        "2gB, 2147483648",
        "007, 7",
        "9223372036854775807, 9223372036854775807",
        "8589934591gb, 9223372035781033984"
    })
    void unitsAreThoseOfRedis(String text, long bytes) {
        assertEquals(OptionalLong.of(bytes), MemorySize.parse(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "mb",
                "-1",
                "+1",
                "1.5mb",
                "1 mb",
                " 1",
                "1tb",
                "1kbb",
                "x1",
                "\u0661",
                "9223372036854775808",
                "8589934592gb"
            })
    void anythingElseIsNoAmount(String text) {
        assertEquals(OptionalLong.empty(), MemorySize.parse(text));
    }

    @Test
    void amountsForPeopleHaveTwoDigitsAfterThePoint() {
        assertEquals("0B", MemorySize.human(0));
        assertEquals("1023B", MemorySize.human(1023));
        assertEquals("1.00K", MemorySize.human(1024));
        assertEquals("1.50M", MemorySize.human(3 << 19));
        assertEquals("2.00G", MemorySize.human(2L << 30));
        assertEquals("8192.00P", MemorySize.human(Long.MAX_VALUE));
    }
}
