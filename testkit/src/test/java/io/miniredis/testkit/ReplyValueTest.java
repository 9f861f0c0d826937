package io.miniredis.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ReplyValueTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
                    +OK/                     | +OK
                    -ERR no/                 | -ERR no
                    :42/                     | 42
                    $2/ab/                   | 'ab'
                    $0//                     | ''
                    $-1/                     | nil
                    *-1/                     | nil-array
                    _/                       | nil
                    *0/                      | []
                    *2/:1/$1/b/              | [1, 'b']
                    *2/*1/:1/*1/_/           | [[1], [nil]]
                    ~1/:1/                   | ~[1]
                    >1/:1/                   | >[1]
                    %2/$1/a/:1/$1/b/:2/      | {'a': 1, 'b': 2}
                    #t/                      | true
                    #f/                      | false
                    ,1.5/                    | 1.5
                    =6/txt:hi/               | txt:'hi'
                    """)
    void showsEachKind(String wire, String text) {
        assertEquals(text, of(wire));
    }

    @Test
    void refusesABulkThatIsNotAsLongAsItSays() {
        assertThrows(RuntimeException.class, () -> of("$1/ab/"));
    }

    @Test
    void refusesMoreThanOneReply() {
        assertThrows(RuntimeException.class, () -> of("+OK/+OK/"));
    }

    private static String of(String wire) {
        return ReplyValue.ofOne(wire.replace("/", "\r\n").getBytes(ISO_8859_1)).toString();
    }
}
