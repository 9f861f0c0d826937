package io.miniredis.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.miniredis.api.KeySpec;
import io.miniredis.api.KeySpec.Access;
import io.miniredis.api.transport.RequestBatch;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a command's keys are among its arguments. */
final class KeyFinderTest {

    /** The indexes of the keys of a request, written as words. */
    private static List<Integer> keys(String request, KeySpec... specs) {
        RequestBatch batch = new RequestBatch();
        byte[] buffer = request.getBytes(UTF_8);
        batch.clear(buffer);
        int at = 0;
        for (String word : request.split(" ", -1)) {
            batch.addArgument(at, word.length());
            at += word.length() + 1;
        }
        batch.endRequest(buffer.length);
        io.miniredis.engine.Arguments args = new io.miniredis.engine.Arguments(new Databases(1, 1, 0));
        args.bind(batch, 0);
        List<Integer> found = new ArrayList<>();
        KeyFinder.of(List.of(specs)).find(args, (argument, spec) -> found.add(argument));
        return found;
    }

    @Test
    void withoutSpecsThereAreNoKeys() {
        assertEquals(List.of(), keys("PING a b"));
        assertTrue(KeyFinder.of(List.of()).findsNone());
        assertFalse(KeyFinder.of(List.of(KeySpec.at(1, Access.RO))).findsNone());
    }

    @Test
    void oneKeyAtAPlace() {
        assertEquals(List.of(1), keys("GET k", KeySpec.at(1, Access.RO)));
        assertEquals(List.of(2), keys("OBJECT FREQ k x", KeySpec.at(2, Access.RO)));
        assertEquals(List.of(), keys("OBJECT FREQ", KeySpec.at(2, Access.RO)));
    }

    @Test
    void aRangeToAFixedPlace() {
        assertEquals(List.of(1, 2), keys("LMOVE a b LEFT RIGHT", KeySpec.range(1, 2, 1, Access.RW)));
        assertEquals(List.of(1), keys("LMOVE a", KeySpec.range(1, 2, 1, Access.RW)));
        assertEquals(List.of(2, 4), keys("X a b c d e f", KeySpec.range(2, 5, 2, Access.RW)));
    }

    @Test
    void aRangeToTheEnd() {
        assertEquals(List.of(1, 2, 3), keys("DEL a b c", KeySpec.range(1, -1, 1, Access.RM)));
        assertEquals(List.of(1, 2), keys("BLPOP a b 0", KeySpec.range(1, -2, 1, Access.RW)));
        assertEquals(List.of(), keys("BLPOP 0", KeySpec.range(1, -2, 1, Access.RW)));
        assertEquals(List.of(), keys("DEL", KeySpec.range(1, -1, 1, Access.RM)));
        assertEquals(List.of(), keys("DEL a", KeySpec.range(1, -9, 1, Access.RM)));
    }

    @Test
    void aRangeInSteps() {
        assertEquals(List.of(1, 3, 5), keys("MSET a 1 b 2 c 3", KeySpec.range(1, -1, 2, Access.OW)));
        assertEquals(List.of(1, 3), keys("MSET a 1 b", KeySpec.range(1, -1, 2, Access.OW)));
    }

    @Test
    void countedKeys() {
        KeySpec spec = KeySpec.counted(1, Access.RO);
        assertEquals(List.of(2, 3), keys("LMPOP 2 a b LEFT", spec));
        assertEquals(List.of(), keys("LMPOP 0 a b LEFT", spec));
        assertEquals(List.of(4), keys("BLMPOP 0 x 1 a LEFT", KeySpec.counted(3, Access.RO)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-1",
                "-9223372036854775808",
                "x",
                "1.5",
                "99999999999999999999",
                "",
                "0",
                "-99999999999999999999"
            })
    void aCountThatIsNoneFindsNothing(String count) {
        assertEquals(List.of(), keys("LMPOP " + count + " a b", KeySpec.counted(1, Access.RO)));
        assertEquals(List.of(), keys("LMPOP " + count, KeySpec.counted(1, Access.RO)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"3", "1000000", "2147483647", "2147483648", "4294967297", "9223372036854775807"})
    void aCountBeyondTheArgumentsFindsThoseThereAre(String count) {
        assertEquals(List.of(2, 3), keys("LMPOP " + count + " a b", KeySpec.counted(1, Access.RO)));
    }

    @Test
    void aKeyAfterAKeyword() {
        KeySpec spec = KeySpec.after("STORE", 2, Access.OW);
        assertEquals(List.of(4), keys("SORT a DESC store b", spec));
        assertEquals(List.of(3), keys("SORT a STORE STORE", spec));
        assertEquals(List.of(), keys("SORT a STORE", spec));
        assertEquals(List.of(), keys("SORT STORE b", spec));
        assertEquals(List.of(), keys("SORT a STOREX b", spec));
        assertEquals(List.of(), keys("SORT", spec));
    }

    @Test
    void aKeyAfterAKeywordFromTheEnd() {
        KeySpec spec = KeySpec.after("KEYS", -2, Access.RO);
        assertEquals(List.of(5), keys("MIGRATE KEYS a b KEYS c", spec));
        assertEquals(List.of(2), keys("MIGRATE KEYS a b c", spec));
        assertEquals(List.of(), keys("MIGRATE a b KEYS", spec));
        assertEquals(List.of(), keys("KEYS a b", spec));
        assertEquals(List.of(), keys("KEYS", spec));
    }

    /** Otherwise they would keep a thread for ever, or find what is no key. */
    @Test
    void specsThatCannotBeFollowedAreRefused() {
        for (KeySpec spec : List.of(
                KeySpec.range(1, -1, 0, Access.RO),
                KeySpec.range(1, -1, -1, Access.RO),
                KeySpec.range(5, 1, -2, Access.RO))) {
            var e = assertThrows(IllegalArgumentException.class, () -> KeyFinder.of(List.of(spec)));
            assertEquals("the step from key to key is " + spec.step() + ", but must be 1 or more", e.getMessage());
        }
        for (KeySpec spec : List.of(
                KeySpec.at(0, Access.RO),
                KeySpec.at(-1, Access.RO),
                KeySpec.counted(0, Access.RO),
                KeySpec.after("X", 0, Access.RO))) {
            var e = assertThrows(IllegalArgumentException.class, () -> KeyFinder.of(List.of(spec)));
            assertEquals("a key spec begins at argument " + spec.start() + ", but 0 is the command", e.getMessage());
        }
    }

    @Test
    void severalSpecsTogether() {
        assertEquals(
                List.of(1, 3, 4),
                keys("ZUNIONSTORE to 2 a b", KeySpec.at(1, Access.OW), KeySpec.counted(2, Access.RO)));
        assertEquals(
                List.of(1, 3), keys("SORT a STORE b", KeySpec.at(1, Access.RO), KeySpec.after("STORE", 2, Access.OW)));
    }
}
