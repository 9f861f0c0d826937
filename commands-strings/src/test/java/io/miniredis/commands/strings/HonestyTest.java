package io.miniredis.commands.strings;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.miniredis.api.CommandHandler;
import io.miniredis.api.Slice;
import io.miniredis.testkit.CommandCheck;
import io.miniredis.testkit.Provided;
import io.miniredis.testkit.ValueTypeCheck;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every command of this module does what its spec says, and its type what types do. A command without an example fails. */
final class HonestyTest {
    private static final String EXAMPLES = """
            SET k a; APPEND {k} b = 2
            SET k 5 EX 100; APPEND {k} '' = 1
            APPEND {k} b = 1
            SET k foobar; BITCOUNT {k} = 26
            SET k foobar; BITCOUNT {k} 5 30 BIT = 17
            BITCOUNT {k} = 0
            SET k foobar; BITCOUNT k 0 1 NIBBLE = -ERR syntax error
            SET k a; BITFIELD {k} SET u8 0 98 GET u4 0 INCRBY i5 100 1 = [97, 6, 1]
            SET k a; BITFIELD {k} OVERFLOW FAIL INCRBY u2 0 9 = [nil]
            SET k a; BITFIELD {k} GET u8 0 = [97]
            BITFIELD {k} SET u8 8 1 = [0]
            BITFIELD {k} = []
            SET k a; BITFIELD k SET u8 0 1 GET u99 0 = -ERR Invalid bitfield type. Use something like i16 u8. Note that u64 is not supported but i64 is.
            SET k a; BITFIELD_RO {k} GET u8 0 = [97]
            SET k a; BITFIELD_RO k SET u8 0 1 = -ERR BITFIELD_RO only supports the GET subcommand
            SET a abc; SET b ab; BITOP AND {d} {a} {b} = 3
            SET a abc; SET d x EX 100; BITOP NOT {d} {a} = 3
            SET d x; BITOP OR {d} {a} {b} = 0
            SET a abc; BITOP NOT d a b = -ERR BITOP NOT must be called with a single source key.
            SET k a; BITPOS {k} 1 = 1
            SET k a; BITPOS {k} 0 0 -1 BIT = 0
            SET k a; BITPOS k 2 = -ERR The bit argument must be 1 or 0.
            SET k 5; DECR {k} = 4
            DECR {k} = -1
            SET k a; DECR k = -ERR value is not an integer or out of range
            SET k 5 EX 100; DECRBY {k} 7 = -2
            SET k 5; DECRBY k -9223372036854775808 = -ERR decrement would overflow
            SET k a; GET {k} = 'a'
            GET {k} = nil
            SET k a; GETBIT {k} 1 = 1
            GETBIT {k} 100 = 0
            SET k a; GETBIT k -1 = -ERR bit offset is not an integer or out of range
            SET k a EX 100; GETDEL {k} = 'a'
            GETDEL {k} = nil
            SET k a EX 100; GETEX {k} = 'a'
            SET k a; GETEX {k} PX 5000 = 'a'
            SET k a EX 100; GETEX {k} PERSIST = 'a'
            SET k a; GETEX {k} EXAT 1 = 'a'
            GETEX {k} EX 5 = nil
            SET k a; GETEX k EX 0 = -ERR invalid expire time in 'getex' command
            SET k hello; GETRANGE {k} 1 -2 = 'ell'
            GETRANGE {k} 0 -1 = ''
            SET k a; GETRANGE k 0 end = -ERR value is not an integer or out of range
            SET k a EX 100; GETSET {k} b = 'a'
            GETSET {k} b = nil
            SET k 5; INCR {k} = 6
            SET k 9223372036854775807; INCR k = -ERR increment or decrement would overflow
            SET k 5; INCRBY {k} 10 = 15
            SET k 5; INCRBY k ten = -ERR value is not an integer or out of range
            SET k 5.5 EX 100; INCRBYFLOAT {k} 1.25 = '6.75'
            INCRBYFLOAT {k} -1e2 = '-100'
            SET k a; INCRBYFLOAT k 1 = -ERR value is not a valid float
            MSET a ohmytext b mynewtext; LCS {a} {b} = 'mytext'
            MSET a ohmytext b mynewtext; LCS {a} {b} LEN = 6
            MSET a ohmytext b mynewtext; LCS {a} {b} IDX MINMATCHLEN 4 WITHMATCHLEN = ['matches', [[[4, 7], [5, 8], 4]], 'len', 6]
            LCS {a} {b} = ''
            MSET a x b x; LCS a b LEN IDX = -ERR If you want both the length and indexes, please just use IDX.
            MSET a 1 c 3; MGET {a} {b} {c} = ['1', nil, '3']
            SET a x EX 100; MSET {a} 1 {b} 2 = +OK
            MSET a 1 b = -ERR wrong number of arguments for 'mset' command
            MSETNX {a} 1 {b} 2 = 1
            SET b x; MSETNX {a} 1 {b} 2 = 0
            PSETEX {k} 5000 v = +OK
            PSETEX k 0 v = -ERR invalid expire time in 'psetex' command
            SET {k} v = +OK
            SET k v EX 100; SET {k} w KEEPTTL = +OK
            SET k v; SET {k} w GET PX 100 = 'v'
            SET k v; SET {k} w NX = nil
            SET {k} w XX GET = nil
            SET {k} v EXAT 1 = +OK
            SET k v; SET k w NX XX = -ERR syntax error
            SET k v; SET k w EX 0 = -ERR invalid expire time in 'set' command
            SET k a; SETBIT {k} 0 1 = 0
            SETBIT {k} 100 0 = 0
            SET k a; SETBIT k 4294967296 1 = -ERR bit offset is not an integer or out of range
            SETEX {k} 50 v = +OK
            SETEX k soon v = -ERR value is not an integer or out of range
            SETNX {k} v = 1
            SET k v; SETNX {k} w = 0
            SET k hello; SETRANGE {k} 1 ipp = 5
            SETRANGE {k} 3 x = 4
            SETRANGE {k} 3 '' = 0
            SET k hello; SETRANGE {k} 3 '' = 5
            SET k hello; SETRANGE k -1 x = -ERR offset is out of range
            SET k hello; STRLEN {k} = 5
            STRLEN {k} = 0
            SET k hello; SUBSTR {k} 0 1 = 'he'
            """;

    static List<CommandHandler> commands() {
        return Provided.commands("io.miniredis.commands.strings");
    }

    @ParameterizedTest
    @MethodSource("commands")
    void commandIsHonest(CommandHandler handler) {
        CommandCheck check = CommandCheck.of(handler).examples(EXAMPLES);
        if (handler instanceof Mget || handler instanceof Lcs) {
            check.answersOtherTypes(); // as in Redis
        }
        check.verify();
    }

    @Test
    void typeIsHonest() {
        ValueTypeCheck.of(StringType.provider())
                .values(string("x"), string("12345"), string("x".repeat(45)), string("x".repeat(100_000)))
                .verify();
    }

    private static Slice string(String text) {
        return new Slice(text.getBytes(ISO_8859_1));
    }
}
