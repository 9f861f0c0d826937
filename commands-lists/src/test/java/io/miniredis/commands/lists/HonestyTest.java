package io.miniredis.commands.lists;

import io.miniredis.api.CommandHandler;
import io.miniredis.api.Slice;
import io.miniredis.testkit.CommandCheck;
import io.miniredis.testkit.Provided;
import io.miniredis.testkit.ValueTypeCheck;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every command of this module does what its spec says, and its type what types do. A command without an example fails. */
final class HonestyTest {
    private static final String EXAMPLES = """
            RPUSH l a b; RPUSH m c; BLMOVE {l} {m} LEFT RIGHT 0 = 'a'
            RPUSH l a b; BLMOVE {l} {l} LEFT RIGHT 0.5 = 'a'
            BLMOVE {l} {m} LEFT RIGHT 5 = nil-array
            BLMOVE l m LEFT RIGHT -1 = -ERR timeout is negative
            RPUSH m a b c; BLMPOP 0 2 {l} {m} RIGHT COUNT 2 = ['m', ['c', 'b']]
            BLMPOP 1 2 {l} {m} LEFT = nil-array
            BLMPOP 1 0 l LEFT = -ERR numkeys should be greater than 0
            RPUSH m a; BLPOP {l} {m} 0 = ['m', 'a']
            BLPOP {l} {m} 1.5 = nil-array
            BLPOP l m soon = -ERR timeout is not a float or out of range
            RPUSH l a b; EXPIRE l 100; BRPOP {l} 0 = ['l', 'b']
            BRPOP {l} 1 = nil-array
            RPUSH l a b; BRPOPLPUSH {l} {m} 0 = 'b'
            BRPOPLPUSH {l} {m} 1 = nil-array
            RPUSH l a b c; LINDEX {l} -1 = 'c'
            LINDEX {l} 0 = nil
            RPUSH l a; LINDEX l first = -ERR value is not an integer or out of range
            RPUSH l a c; LINSERT {l} BEFORE c b = 3
            RPUSH l a c; LINSERT {l} AFTER x b = -1
            LINSERT {l} BEFORE c b = 0
            RPUSH l a; LINSERT l NEAR a b = -ERR syntax error
            RPUSH l a b; LLEN {l} = 2
            LLEN {l} = 0
            RPUSH l a b; RPUSH m c; LMOVE {l} {m} RIGHT LEFT = 'b'
            RPUSH l a; LMOVE {l} {m} LEFT LEFT = 'a'
            RPUSH l a b; LMOVE {l} {l} LEFT RIGHT = 'a'
            LMOVE {l} {m} LEFT LEFT = nil
            RPUSH l a; LMOVE l m UP LEFT = -ERR syntax error
            RPUSH l a; TESTKIT.OTHER m; LMOVE l m LEFT LEFT = -WRONGTYPE Operation against a key holding the wrong kind of value
            RPUSH l a b; LMPOP 2 {k} {l} LEFT = ['l', ['a']]
            RPUSH k a b; LMPOP 2 {k} {l} RIGHT COUNT 5 = ['k', ['b', 'a']]
            LMPOP 1 {l} LEFT = nil-array
            RPUSH l a; LMPOP 1 l LEFT COUNT 0 = -ERR count should be greater than 0
            RPUSH l a b; EXPIRE l 100; LPOP {l} = 'a'
            RPUSH l a b; LPOP {l} 3 = ['a', 'b']
            RPUSH l a b; LPOP {l} 0 = []
            LPOP {l} = nil
            LPOP {l} 2 = nil-array
            RPUSH l a; LPOP l -1 = -ERR value is out of range, must be positive
            RPUSH l a b a; LPOS {l} a RANK -1 = 2
            RPUSH l a b a; LPOS {l} a COUNT 0 MAXLEN 10 = [0, 2]
            LPOS {l} a = nil
            RPUSH l a; LPOS l a RANK 0 = -ERR RANK can't be zero: use 1 to start from the first match, 2 from the second ... or use negative to start from the end of the list
            LPUSH {l} a b c = 3
            RPUSH l a; PEXPIRE l 1000; LPUSH {l} '' = 2
            RPUSH l a; LPUSHX {l} b c = 3
            LPUSHX {l} b = 0
            RPUSH l a b c; LRANGE {l} 0 -2 = ['a', 'b']
            LRANGE {l} 0 -1 = []
            RPUSH l a; LRANGE l 0 last = -ERR value is not an integer or out of range
            RPUSH l a b a; LREM {l} 0 a = 2
            RPUSH l a b a; LREM {l} -1 a = 1
            RPUSH l a; LREM {l} 1 a = 1
            RPUSH l a; LREM {l} 1 b = 0
            RPUSH l a; LREM l all a = -ERR value is not an integer or out of range
            RPUSH l a b; LSET {l} -1 longer = +OK
            RPUSH l a; LSET l 1 b = -ERR index out of range
            LSET l 0 a = -ERR no such key
            RPUSH l a b c; LTRIM {l} 1 1 = +OK
            RPUSH l a b c; LTRIM {l} 5 9 = +OK
            RPUSH l a; LTRIM l 0 end = -ERR value is not an integer or out of range
            RPUSH l a b; RPOP {l} = 'b'
            RPUSH l a b; RPOP {l} 2 = ['b', 'a']
            RPOP {l} = nil
            RPUSH l a b; RPOPLPUSH {l} {m} = 'b'
            RPOPLPUSH {l} {m} = nil
            RPUSH {l} a b c = 3
            RPUSH l a; RPUSHX {l} b = 2
            RPUSHX {l} b = 0
            """;

    static List<CommandHandler> commands() {
        return Provided.commands("io.miniredis.commands.lists");
    }

    @ParameterizedTest
    @MethodSource("commands")
    void commandIsHonest(CommandHandler handler) {
        CommandCheck.of(handler).examples(EXAMPLES).verify();
    }

    @Test
    void typeIsHonest() {
        ValueTypeCheck.of(ListType.provider())
                .values(listOf(1, 3), listOf(3, 100), listOf(1000, 40), listOf(30, 3000), listOf(1, 100_000))
                .changedBy(HonestyTest::change)
                .verify();
    }

    private static PackedList listOf(int elements, int length) {
        PackedList list = new PackedList();
        for (int i = 0; i < elements; i++) {
            list.push(ListEnd.TAIL, element(i + length), 0, length);
        }
        return list;
    }

    /** So many bytes, which are equal to those of another element of that length now and then. */
    private static byte[] element(int seed) {
        byte[] element = new byte[100_000];
        Arrays.fill(element, (byte) (seed % 3));
        return element;
    }

    private static void change(PackedList list, Random random) {
        ListEnd end = random.nextBoolean() ? ListEnd.HEAD : ListEnd.TAIL;
        int length = random.nextInt(50) == 0 ? 5000 : random.nextInt(60);
        Slice element = new Slice().wrap(element(random.nextInt(3)), 0, length);
        int change = list.size() == 0 ? 0 : random.nextInt(8);
        switch (change) {
            case 0, 1, 2 -> list.push(end, element.array(), 0, length);
            case 3 -> list.remove(end, 1 + random.nextInt(3));
            case 4 -> list.set(anywhere(list, random), element);
            case 5, 6 -> list.insert(anywhere(list, random), random.nextBoolean(), element);
            default -> list.removeEqual(end, element, 1);
        }
    }

    private static Cursor anywhere(PackedList list, Random random) {
        return Cursor.at(list, random.nextInt((int) list.size()));
    }
}
