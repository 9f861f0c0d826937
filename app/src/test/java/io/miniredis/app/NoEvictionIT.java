package io.miniredis.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.miniredis.testkit.TestClient;
import io.miniredis.testkit.TestServer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** At the limit, without a policy, each command that needs memory is refused and has changed nothing: none of several keys, and no value. */
final class NoEvictionIT {
    private static final String OOM = "-OOM command not allowed when used memory > 'maxmemory'.";

    /** Each would change something if there were room; P stands for what DUMP says of a list. */
    private static final List<String> COMMANDS = List.of(
            "APPEND s more",
            "BITFIELD s SET u8 0 1 SET u8 800 2",
            "BITOP OR new s t",
            "BITOP NOT s t",
            "BLMOVE l m LEFT RIGHT 0",
            "BRPOPLPUSH l m 0",
            "COPY s new",
            "COPY l s REPLACE",
            "DECR n",
            "DECRBY n 5",
            "GETSET s other",
            "INCR n",
            "INCRBY n 5",
            "INCRBYFLOAT n 0.5",
            "LINSERT l BEFORE b new",
            "LMOVE l m LEFT RIGHT",
            "LMOVE l l LEFT RIGHT",
            "LPUSH l x y z",
            "LPUSHX l x y z",
            "LSET l 0 changed",
            "MSET s 1 t 2 new 3",
            "MSETNX one 1 two 2",
            "PSETEX s 100000 other",
            "RESTORE new 0 P",
            "RESTORE s 0 P REPLACE",
            "RPOPLPUSH l m",
            "RPUSH l x y z",
            "RPUSHX l x y z",
            "SET s other",
            "SET s other GET",
            "SETBIT s 8 1",
            "SETEX s 100 other",
            "SETNX new other",
            "SETRANGE s 100 other",
            "SORT numbers STORE new",
            "SORT numbers STORE s");

    private TestServer server;
    private TestClient client;
    private String dump;

    @BeforeEach
    void start() {
        server = TestServer.start();
        client = server.connect();
        send("SET s " + "value".repeat(20));
        send("SET t text EX 1000");
        send("SET n 12");
        send("RPUSH l a b c");
        send("RPUSH m d");
        send("RPUSH numbers 3 1 2");
        String shown = send("DUMP l");
        dump = shown.substring(1, shown.length() - 1);
    }

    @AfterEach
    void close() {
        server.close();
    }

    static Stream<String> commands() {
        return COMMANDS.stream();
    }

    private String send(String command) {
        return client.send(Arrays.stream(command.split(" ", -1))
                .map(word -> word.equals("P") ? dump : word)
                .toArray(String[]::new));
    }

    private void limit(String bytes) {
        assertEquals("+OK", send("CONFIG SET maxmemory " + bytes));
    }

    private String usedBytes() {
        Matcher used = Pattern.compile("used_memory:(\\d+)").matcher(send("INFO memory"));
        assertTrue(used.find());
        return used.group(1);
    }

    /** All that is there to be seen of all keys. */
    private List<String> contents() {
        List<String> contents = new ArrayList<>(List.of(usedBytes(), send("DBSIZE")));
        for (String key : List.of("s", "t", "n", "l", "m", "numbers", "new", "one", "two")) {
            for (String question : List.of("DUMP", "PTTL", "OBJECT ENCODING", "MEMORY USAGE")) {
                contents.add(question + " " + key + ": " + send(question + " " + key));
            }
        }
        return contents;
    }

    @ParameterizedTest
    @MethodSource("commands")
    void whatIsRefusedHasChangedNothing(String command) {
        List<String> before = contents();
        limit(usedBytes());
        assertEquals(OOM, send(command));
        assertEquals(before, contents());
        limit("0");
        send(command);
        assertNotEquals(before, contents(), "the command changes nothing anyway");
    }

    @ParameterizedTest
    @MethodSource("commands")
    void norHasATransactionThatIsRefused(String command) {
        List<String> before = contents();
        send("MULTI");
        assertEquals("+QUEUED", send("SETRANGE s 0 first"));
        assertEquals("+QUEUED", send(command));
        try (TestClient administrator = server.connect()) {
            administrator.send("CONFIG", "SET", "maxmemory", before.get(0));
        }
        assertEquals("-EXECABORT Transaction discarded because of: " + OOM.substring(1), send("EXEC"));
        assertEquals(before, contents());
        send("MULTI");
        assertEquals(OOM, send(command));
        assertEquals("-EXECABORT Transaction discarded because of previous errors.", send("EXEC"));
        assertEquals(before, contents());
    }

    @Test
    void noneIsMissing() {
        Set<String> named = new TreeSet<>();
        COMMANDS.forEach(command -> named.add(command.split(" ", -1)[0].toLowerCase(Locale.ROOT)));
        Set<String> needMemory = new TreeSet<>();
        Matcher command = Pattern.compile("\\['([a-z_]+)', -?\\d+, \\[([^]]*)]").matcher(send("COMMAND"));
        while (command.find()) {
            if (command.group(2).contains("denyoom")) {
                needMemory.add(command.group(1));
            }
        }
        assertEquals(needMemory, named);
    }
}
