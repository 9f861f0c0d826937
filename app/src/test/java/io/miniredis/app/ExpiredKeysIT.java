package io.miniredis.app;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What all commands make of keys that have expired and lie in memory still. Neither a real Redis nor our server looks for such keys by
 * itself here, and their clocks stand still. Each command meets an expired string {@code k}, an expired list {@code l}, a string {@code s}
 * and a list {@code m}; the replies must be the same, and so must what {@code DBSIZE} counts before and afterwards.
 */
final class ExpiredKeysIT {
    @TempDir
    static Path folder;

    @AutoClose
    private static FrozenRedis redis;

    @AutoClose
    private static InProcess ours;

    @BeforeAll
    static void startServers() throws Exception {
        RedisTools.require("redis-server");
        redis = new FrozenRedis(RedisTools.requireFaketime(), folder);
        RedisTools.requireVersion(redis.info());
        ours = new InProcess("enable-debug-command", "yes");
        ours.expireLazily();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DBSIZE",
                "EXISTS k l s k",
                "TYPE k",
                "TTL k; PTTL k; EXPIRETIME k; PEXPIRETIME k",
                "TOUCH k s l",
                "KEYS *; DBSIZE; GET k",
                "SCAN 0 COUNT 1000; DBSIZE; GET k",
                "SCAN 0 COUNT 1000 TYPE string; DBSIZE",
                "SCAN 0 COUNT 1000 MATCH k; DBSIZE",
                "DEL s m; RANDOMKEY; DBSIZE",
                "OBJECT ENCODING k; OBJECT REFCOUNT k; OBJECT IDLETIME k",
                "DUMP k",
                "GET k; DBSIZE; MGET k s l; DBSIZE",
                "GETDEL k; GETEX l; GETEX k PERSIST; GETEX k EX 10",
                "GETSET k v; TTL k; DBSIZE",
                "SET k v NX; TTL k",
                "SET k v XX; DBSIZE",
                "SET k v KEEPTTL; TTL k",
                "SET k v GET; SET l v GET; TTL l",
                "SETNX k v; TTL k; MSETNX l v s v; MSETNX l v n v; TTL l",
                "MSET k v l v; TTL k; TTL l",
                "APPEND k x; TTL k; GET k; STRLEN l",
                "SETRANGE k 2 x; GET k; GETRANGE l 0 -1; SUBSTR l 0 -1",
                "INCR k; TTL k; DECR l; TYPE l; INCRBYFLOAT n 1",
                "SETBIT k 7 1; GET k; TTL k; GETBIT l 3; BITCOUNT l; BITPOS l 1; BITFIELD l GET u8 0; DBSIZE",
                "BITFIELD l SET u8 0 65; GET l; TTL l",
                "BITOP OR d k l; DBSIZE; EXISTS d",
                "BITOP OR d k s; GET d; DBSIZE",
                "BITOP OR k s; TTL k; GET k",
                "LCS k s; LCS k l LEN",
                "EXPIRE k 100; PEXPIRE l 100; PERSIST k; DBSIZE",
                "EXPIRE k 100 XX; EXPIREAT k 1 LT",
                "PERSIST k; EXISTS k",
                "DEL k l s; DBSIZE",
                "UNLINK k l m; DBSIZE",
                "RENAME k x; DBSIZE",
                "RENAME s k; TTL k; GET k; DBSIZE",
                "RENAMENX s k; TTL k; GET k; DBSIZE",
                "RENAMENX k x; RENAMENX l s",
                "COPY k x; DBSIZE",
                "COPY s k; TTL k; GET k; COPY m l REPLACE; LRANGE l 0 -1; TTL l; DBSIZE",
                "COPY s k DB 1; SELECT 1; TTL k; DBSIZE",
                "MOVE k 1; SELECT 1; DBSIZE; EXISTS k",
                "SELECT 1; SET k w; SELECT 0; MOVE s 1; SELECT 1; SET s w PX 5; DBSIZE",
                "SELECT 1; SET k other; SELECT 0; SWAPDB 0 1; GET k; DBSIZE; SELECT 1; DBSIZE; GET k; DBSIZE",
                "DUMP s; RESTORE k 0 <its dump>; TTL k; GET k; RESTORE l 0 <its dump> REPLACE; GET l; DBSIZE",
                "LLEN l; LRANGE l 0 -1; LINDEX l 0; LPOS l a; DBSIZE",
                "LPUSHX l x; RPUSHX l x; LSET l 0 x; LINSERT l BEFORE a x; LREM l 0 a; LTRIM l 0 0; DBSIZE",
                "LPUSH l x; TTL l; LRANGE l 0 -1",
                "LPOP l; RPOP l 2; LMPOP 2 l m LEFT; DBSIZE",
                "LMOVE l m LEFT LEFT; LMOVE m l LEFT LEFT; TTL l; LRANGE l 0 -1",
                "RPOPLPUSH l m; RPOPLPUSH m l; TTL l",
                "BLPOP l m 0; DBSIZE",
                "SORT l ALPHA; SORT_RO l; DBSIZE",
                "SORT l STORE d; DBSIZE; SORT m ALPHA STORE l; TTL l; LRANGE l 0 -1; DBSIZE",
                "MSET w_a 2 w_b 1 d_a x d_b y; PEXPIRE w_a 5; PEXPIRE d_b 5; @10; SORT m BY w_* GET d_* GET #; DBSIZE",
                "WATCH k; MULTI; PING; EXEC",
                "WATCH k l; SET k new; MULTI; PING; EXEC",
                "WATCH k; 1 SET k new; MULTI; PING; EXEC",
                "WATCH k; 1 GET k; MULTI; PING; EXEC",
                "WATCH k; 1 DEL k; MULTI; PING; EXEC",
                "WATCH k; 1 EXPIRE k 100; MULTI; PING; EXEC",
                "WATCH k; 1 SET k x PX 5; @10; MULTI; PING; EXEC",
                "EXPIRE s 1; WATCH s; @1001; MULTI; PING; EXEC; EXISTS s",
                "EXPIRE s 1; WATCH s; @1001; 1 GET s; MULTI; PING; EXEC",
                "EXPIRE s 1; WATCH s; @1000; MULTI; GET s; EXEC",
                "EXPIRE s 1; WATCH s; @999; PERSIST s; @2000; MULTI; GET s; EXEC",
                "EXPIRE s 1; WATCH s; @1001; UNWATCH; MULTI; GET s; EXEC",
                "EXPIRE s 1; MULTI; GET s; TTL s; @1001; GET s; DBSIZE; EXEC",
                "WATCH k; 1 FLUSHALL; MULTI; PING; EXEC",
                "WATCH k; 1 SWAPDB 0 1; MULTI; PING; EXEC",
                "WATCH k; 1 RENAME s k; MULTI; PING; EXEC",
                "MULTI; SET x 1 PX 1; PTTL x; PEXPIRE x -1; EXISTS x; SET k 1 KEEPTTL; PTTL k; EXEC",
                "1 BLPOP l 0; RPUSH l z; LLEN l; DBSIZE",
                "1 BLPOP l 0; RENAME m l; LLEN l; TTL l",
                "1 BLMOVE m l LEFT LEFT 0; TTL l; LRANGE l 0 -1; DBSIZE",
                "1 BLPOP q 0; MULTI; RPUSH q a; PEXPIRE q 0; EXEC; RPUSH q b",
                "1 BLPOP q 0; SELECT 1; RPUSH q a; PEXPIRE q 5; @10; SWAPDB 0 1; RPUSH q b; SELECT 0; RPUSH q c",
                "FLUSHDB; DBSIZE; SET k v; TTL k",
                "GET k; SET k v; TTL k; PTTL k; DBSIZE",
                "PEXPIREAT s 1700000000200; @67; GET s; PTTL s; TTL s; @1; GET s; DBSIZE",
                "PEXPIRE s 499; TTL s; PEXPIRE s 500; TTL s; PEXPIRE s 1499; TTL s; PEXPIRE s 1500; TTL s; EXPIRETIME s",
            })
    void redisAndOurServerAgreeOnWhatHasExpired(String commands) throws Exception {
        List<Step> steps = new ArrayList<>(List.of(
                Step.say(0, "MSET", "k", "5", "s", "text"),
                Step.say(0, "RPUSH", "l", "a", "b"),
                Step.say(0, "RPUSH", "m", "b", "a"),
                Step.say(0, "PEXPIRE", "k", "5"),
                Step.say(0, "PEXPIRE", "l", "5"),
                Step.pass(6)));
        for (String command : commands.split("; ", -1)) {
            steps.add(step(command));
        }
        if (commands.contains("WATCH")) {
            steps.add(Step.say(0, Comparison.SCAN_ALL)); // our server removes at once what Redis only notes as expired
        }
        steps.add(Step.say(0, "DBSIZE"));
        for (boolean resp3 : new boolean[] {false, true}) {
            List<Comparison.Exchange> exchanges = new Comparison(redis, ours, true).run(new Sequence(resp3, steps));
            String different = exchanges.stream()
                    .filter(exchange -> !exchange.agrees())
                    .map(Comparison.Exchange::toString)
                    .collect(joining("\n"));
            assertEquals("", different);
        }
    }

    /** A command of client 0; of another one, if it begins with a number; or so many milliseconds, after an at sign. */
    private static Step step(String text) {
        if (text.startsWith("@")) {
            return Step.pass(Long.parseLong(text.substring(1)));
        }
        List<String> words = Arrays.asList(text.replace(Step.OWN_DUMP, "D").split(" ", -1));
        words.replaceAll(word -> word.equals("D") ? Step.OWN_DUMP : word);
        boolean isOther = words.get(0).equals("1");
        return Step.say(isOther ? 1 : 0, isOther ? words.subList(1, words.size()) : words);
    }
}
