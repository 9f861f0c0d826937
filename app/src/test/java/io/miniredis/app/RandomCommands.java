package io.miniredis.app;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Commands that nobody would think of, the same ones for the same seed: few keys, so that they meet; values and numbers at
 * their limits; now and then an argument too many, too few or out of place.
 */
final class RandomCommands {
    /** K stands for a key, V for a value, I for an integer, T for a time, P for a pattern, O for an offset,
     * F for a float, B for the width of a bit field, S for how long to wait,
     * D for what DUMP has said; a bar separates alternatives. */
    private static final String[] TEMPLATES = {
        "SET K V",
        "SET K V NX|XX",
        "SET K V EX|PX|EXAT|PXAT T",
        "SET K V EX|PX|EXAT|PXAT T NX|XX|GET",
        "SET K V GET|KEEPTTL",
        "SET K V NX|XX|GET KEEPTTL|GET|EX",
        "SETEX|PSETEX K T V",
        "GET K",
        "MGET K K K",
        "MSET|MSETNX K V K V",
        "SETNX|GETSET|APPEND K V",
        "STRLEN|GETDEL|GETEX K",
        "GETEX K EX|PX|EXAT|PXAT T",
        "GETEX K PERSIST|KEEPTTL",
        "GETRANGE|SUBSTR K I I",
        "SETRANGE K O V",
        "INCRBYFLOAT K F",
        "LCS K K",
        "LCS K K LEN|IDX",
        "LCS K K IDX MINMATCHLEN I",
        "LCS K K IDX WITHMATCHLEN",
        "SETBIT K O 0|1|I",
        "GETBIT K O",
        "BITCOUNT K",
        "BITCOUNT K I I",
        "BITCOUNT K I I BIT|BYTE",
        "BITPOS K 0|1|I",
        "BITPOS K 0|1 I",
        "BITPOS K 0|1 I I",
        "BITPOS K 0|1 I I BIT|BYTE",
        "BITOP AND|OR|XOR|NOT K K",
        "BITOP AND|OR|XOR K K K",
        "BITFIELD K GET B O",
        "BITFIELD K SET B O I GET B O",
        "BITFIELD K OVERFLOW WRAP|SAT|FAIL INCRBY B O I",
        "BITFIELD K OVERFLOW WRAP|SAT|FAIL SET B O I INCRBY B O I",
        "BITFIELD_RO K GET B O",
        "RENAME|RENAMENX|COPY K K",
        "COPY K K REPLACE",
        "COPY K K DB I REPLACE",
        "MOVE K I",
        "SWAPDB I I",
        "EXPIRETIME|PEXPIRETIME K",
        "TOUCH K K",
        "OBJECT ENCODING|FREQ K",
        "INCR|DECR K",
        "INCRBY|DECRBY K I",
        "DEL|UNLINK|EXISTS K K",
        "DEL|UNLINK|EXISTS|TYPE|TTL|PERSIST|LLEN K",
        "EXPIRE|PEXPIRE|EXPIREAT|PEXPIREAT K T",
        "EXPIRE|PEXPIRE|EXPIREAT|PEXPIREAT K T NX|XX|GT|LT",
        "EXPIRE|PEXPIRE|EXPIREAT|PEXPIREAT K T NX|XX|GT|LT NX|XX|GT|LT",
        "LPUSH|RPUSH K V",
        "LPUSH|RPUSH K V V V",
        "LPUSH|RPUSH K V V V V V V V V V V",
        "LPOP|RPOP K",
        "LPOP|RPOP K I",
        "LRANGE K I I",
        "LRANGE K I I",
        "LPUSHX|RPUSHX K V",
        "LINDEX K I",
        "LSET K I V",
        "LINSERT K BEFORE|AFTER V V",
        "LREM K I V",
        "LTRIM K I I",
        "LPOS K V",
        "LPOS K V RANK|COUNT|MAXLEN I",
        "LPOS K V RANK|COUNT|MAXLEN I RANK|COUNT|MAXLEN I",
        "LMOVE K K LEFT|RIGHT LEFT|RIGHT",
        "RPOPLPUSH K K",
        "LMPOP 2 K K LEFT|RIGHT",
        "LMPOP 1 K LEFT|RIGHT COUNT I",
        "KEYS P",
        "DBSIZE",
        "SELECT I",
        "ECHO V",
        "PING V",
        "COMMAND GETKEYS SET|GET|MGET|MSET|LPUSH K V",
        "SCAN 0 MATCH|COUNT|TYPE nosuch|I",
        "FLUSHDB ASYNC|SYNC|V",
        "CLIENT SETNAME|GETNAME V",
    };

    private static final String[] MORE_TEMPLATES = {
        "LPUSHX|RPUSHX K V",
        "LPUSHX|RPUSHX K V V",
        "LINDEX K I",
        "LSET K I V",
        "LINSERT K BEFORE|AFTER V V",
        "LREM K I V",
        "LTRIM K I I",
        "LPOS K V",
        "LPOS K V RANK|COUNT|MAXLEN I",
        "LPOS K V RANK|COUNT|MAXLEN I RANK|COUNT|MAXLEN I",
        "LMOVE K K LEFT|RIGHT LEFT|RIGHT",
        "RPOPLPUSH K K",
        "LMPOP 1 K LEFT|RIGHT",
        "LMPOP 2|I K K LEFT|RIGHT",
        "LMPOP 2 K K LEFT|RIGHT COUNT I",
        "BLPOP|BRPOP K S",
        "BLPOP|BRPOP K K S",
        "BLMOVE K K LEFT|RIGHT LEFT|RIGHT S",
        "BRPOPLPUSH K K S",
        "BLMPOP S 1 K LEFT|RIGHT",
        "BLMPOP S 2 K K LEFT|RIGHT COUNT I",
        "MULTI",
        "EXEC",
        "EXEC",
        "DISCARD",
        "WATCH K",
        "WATCH K K",
        "UNWATCH",
        "SORT|SORT_RO K",
        "SORT|SORT_RO K ALPHA|ASC|DESC",
        "SORT|SORT_RO K ALPHA LIMIT I I",
        "SORT|SORT_RO K LIMIT I I DESC",
        "SORT|SORT_RO K BY nosort GET # GET K",
        "SORT|SORT_RO K ALPHA BY *|a GET *|#",
        "SORT K ALPHA STORE K",
        "SORT K STORE K",
        "DUMP K",
        "RESTORE K T D",
        "RESTORE K 0 D",
        "RESTORE K 0 D REPLACE",
        "RESTORE K T D REPLACE|ABSTTL ABSTTL|REPLACE",
        "PTTL K",
        "RANDOMKEY",
        "OBJECT ENCODING|REFCOUNT K",
        "SCAN 0 COUNT I",
        "SCAN 0 MATCH P COUNT 1|10",
        "SCAN 0 TYPE string|list|nosuch COUNT 1000",
        "FLUSHALL",
        "MOVE K 0|1",
        "SELECT 0|1",
        "SWAPDB 0 1",
        "COPY K K DB 0|1",
    };

    /** Commands whose second word says which. */
    private static final Set<String> CONTAINERS = Set.of("OBJECT", "CLIENT", "COMMAND");

    private static final String[] KEYS = {"a", "b", "c", "d", "list", "\u00ff\u0000\r\n", ""};
    private static final String[] VALUES = {
        "",
        "0",
        "1",
        "-1",
        "42",
        "9223372036854775807",
        "-9223372036854775808",
        "9223372036854775808",
        "01",
        "+1",
        "-0",
        " 1",
        "1.0",
        "1e3",
        "abc",
        "\u00ff\u0000\r\n",
        "x".repeat(63),
        "y".repeat(64),
        "z".repeat(300),
        "w".repeat(9000)
    };
    private static final String[] INTEGERS = {
        "0",
        "1",
        "2",
        "3",
        "7",
        "-1",
        "-2",
        "-7",
        "100",
        "-100",
        "9223372036854775807",
        "-9223372036854775808",
        "9223372036854775808",
        "4294967296",
        "-4294967297",
        "abc",
        "",
        "1.5",
        " 1",
        "01"
    };
    private static final String[] OFFSETS = {
        "0",
        "1",
        "7",
        "8",
        "13",
        "100",
        "1000",
        "#0",
        "#3",
        "#100",
        "-1",
        "4294967296",
        "4294967295000",
        "abc",
        "9223372036854775807"
    };
    private static final String[] FLOATS = {
        "0",
        "1",
        "0.1",
        "-0.1",
        "1e3",
        "3.14159265358979",
        "1e20",
        "-1e-20",
        "0.333333333333",
        "inf",
        "nan",
        "",
        "x",
        "1e5000",
        "0x1p4"
    };
    private static final String[] WIDTHS = {
        "u1", "u2", "u8", "i8", "i5", "u16", "i16", "u31", "i32", "u63", "i64", "u64", "i65", "u0", "x8"
    };
    private static final String[] TIMES = {
        "1000000",
        "2000000",
        "33177117420",
        "33177117420123",
        "0",
        "-1",
        "-100",
        "9223372036854775807",
        "9223372036854775",
        "9223372036854776",
        "-9223372036854775808",
        "9223372036854775808",
        "abc",
        ""
    };
    /** Seconds and milliseconds, from now on or in the life of {@link Rival#START_MILLIS}. */
    private static final String[] SOON = {
        "1",
        "2",
        "5",
        "10",
        "100",
        "1000",
        "1001",
        "5000",
        "60000",
        "1699999999",
        "1700000000",
        "1700000001",
        "1700000005",
        "1700000000123",
        "1700000000124",
        "1700000001123",
        "1700000005000"
    };

    private static final String[] DUMPS = {Step.OWN_DUMP, Step.OWN_DUMP, Step.OTHER_DUMP, "abc"};

    /** Seconds. */
    private static final String[] TIMEOUTS = {"0", "0", "1", "5", "0.1", "0.001", "1e2", "-1", "abc", "inf", "1e300", ""
    };

    private static final String[] PATTERNS = {
        "*", "?", "a", "[a-c]", "[^a-c]", "*a*", "l*t", "", "[", "[a", "\\a", "\\", "??*", "[^]", "[]"
    };

    private final Random random;
    private final String[] templates;
    private final String[] times;
    private final String[] keys;
    private final String[] dumps;

    RandomCommands(long seed) {
        this(new Random(seed), TEMPLATES, TIMES, KEYS, DUMPS);
    }

    private RandomCommands(Random random, String[] templates, String[] times, String[] keys, String[] dumps) {
        this.random = random;
        this.templates = templates;
        this.times = times;
        this.keys = keys;
        this.dumps = dumps;
    }

    /** The same and some more, but of those keys and dumps, and without the commands of some names. */
    static RandomCommands ofKeys(Random random, String[] keys, String[] dumps, String[] more, Set<String> without) {
        Stream<String> usual = Stream.of(TEMPLATES, MORE_TEMPLATES)
                .flatMap(Arrays::stream)
                .flatMap(template -> ofEachCommand(template, name -> !without.contains(name)));
        String[] templates = Stream.concat(usual, Arrays.stream(more)).toArray(String[]::new);
        return new RandomCommands(random, templates, allTimes(), keys, dumps);
    }

    private static String[] allTimes() {
        return Stream.of(SOON, TIMES).flatMap(Arrays::stream).toArray(String[]::new);
    }

    /**
     * For servers whose clock stands still until it is moved: times that come soon, and commands that are about several clients or
     * of which not every server has all.
     *
     * @param has whether there is a command, {@code get} or {@code object|encoding}; the others are left out
     */
    static RandomCommands atStandstill(Random random, Predicate<String> has) {
        String[] templates = Stream.of(TEMPLATES, MORE_TEMPLATES)
                .flatMap(Arrays::stream)
                .flatMap(template -> ofEachCommand(template, has))
                .toArray(String[]::new);
        return new RandomCommands(random, templates, allTimes(), KEYS, DUMPS);
    }

    /** The template written out for each of its commands that there is. */
    private static Stream<String> ofEachCommand(String template, Predicate<String> has) {
        String[] words = template.split(" ", 3);
        String rest = template.substring(words[0].length());
        if (CONTAINERS.contains(words[0])) {
            String end = words.length > 2 ? " " + words[2] : "";
            return Stream.of(words[1].split("\\|", -1))
                    .filter(subcommand -> has.test((words[0] + "|" + subcommand).toLowerCase(Locale.ROOT)))
                    .map(subcommand -> words[0] + " " + subcommand + end);
        }
        return Stream.of(words[0].split("\\|", -1))
                .filter(name -> has.test(name.toLowerCase(Locale.ROOT)))
                .map(name -> name + rest);
    }

    /** The words of the next command, their bytes one char each. */
    List<String> next() {
        List<String> words = next(pick(templates));
        if (random.nextInt(20) == 0) {
            spoil(words);
        }
        if (random.nextInt(10) == 0) {
            words.set(0, words.get(0).toLowerCase(Locale.ROOT));
        }
        return words;
    }

    /** A command of this template. */
    List<String> next(String template) {
        List<String> words = new ArrayList<>();
        for (String word : template.split(" ", -1)) {
            words.add(fill(pick(word.split("\\|", -1))));
        }
        return words;
    }

    /** One of the keys, the first ones more often if there are many, so that commands meet. */
    String key() {
        return keys.length == KEYS.length ? pick(keys) : keys[(int) (Math.pow(random.nextDouble(), 3) * keys.length)];
    }

    private String fill(String word) {
        return switch (word) {
            case "K" -> key();
            case "V" -> pick(VALUES);
            case "I" -> pick(INTEGERS);
            case "T" -> pick(times);
            case "S" -> pick(TIMEOUTS);
            case "P" -> pick(PATTERNS);
            case "O" -> pick(OFFSETS);
            case "F" -> pick(FLOATS);
            case "B" -> pick(WIDTHS);
            case "D" -> pick(dumps);
            default -> word;
        };
    }

    private void spoil(List<String> words) {
        int at = 1 + random.nextInt(words.size());
        switch (random.nextInt(3)) {
            case 0 -> words.add(at, pick(VALUES));
            case 1 -> words.add(at, words.get(at - 1));
            default -> {
                if (at < words.size()) {
                    words.remove(at);
                }
            }
        }
    }

    private String pick(String[] choices) {
        return choices[random.nextInt(choices.length)];
    }
}
