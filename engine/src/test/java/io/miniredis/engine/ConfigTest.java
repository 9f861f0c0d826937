package io.miniredis.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** CONFIG GET, SET and RESETSTAT. */
final class ConfigTest {
    private final TestEngine engine = TestEngine.started();
    private final TestClient client = engine.connect();

    @AfterEach
    void close() {
        engine.close();
    }

    @Test
    void getShowsADirective() {
        assertEquals("{'save': ''}", client.run("CONFIG GET save"));
        assertEquals("{'appendonly': 'no'}", client.run("config get appendonly"));
    }

    @Test
    void getShowsNothingOfUnknownOnes() {
        assertEquals("{}", client.run("CONFIG GET colour"));
        assertEquals("{}", client.run("CONFIG GET colour*"));
    }

    @Test
    void getTakesPatterns() {
        assertEquals(
                "{'maxmemory': '0', 'maxmemory-policy': 'noeviction', 'maxmemory-samples': '5',"
                        + " 'maxmemory-eviction-tenacity': '10'}",
                client.run("CONFIG GET MAXM*"));
        assertEquals("{'port': '6379'}", client.run("CONFIG GET p[o]?t"));
    }

    @Test
    void getShowsEachOnce() {
        assertEquals(
                "{'timeout': '0', 'port': '6379'}", client.run("CONFIG GET timeout timeout p?rt port t*out TIMEOUT"));
    }

    @Test
    void getShowsANameAsItWasWritten() {
        assertEquals("{'TimeOut': '0'}", client.run("CONFIG GET TimeOut"));
    }

    @Test
    void getShowsAll() {
        String all = client.run("CONFIG GET *");
        for (Directive directive : engine.settings.directives()) {
            assertTrue(all.contains("'" + directive.name() + "': "), directive.name());
        }
    }

    @Test
    void setChangesSeveralAtOnce() {
        assertEquals("+OK", client.run("CONFIG SET MaxMemory 1mb timeout 7"));
        assertEquals("{'maxmemory': '1048576', 'timeout': '7'}", client.run("CONFIG GET maxmemory timeout"));
        assertEquals(7, engine.settings.timeoutSeconds());
    }

    @Test
    void setStoresTheWordOfTheList() {
        assertEquals("+OK", client.run("CONFIG SET maxmemory-policy Volatile-TTL"));
        assertEquals("{'maxmemory-policy': 'volatile-ttl'}", client.run("CONFIG GET maxmemory-policy"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "timeout 7 port 1 | port | can't set immutable config",
                "timeout 7 TimeOut 8 | timeout | duplicate parameter",
                "timeout 7 maxclients x | maxclients | argument couldn't be parsed into an integer",
                "timeout 7 MaxClients 0 | maxclients | argument must be between 1 and 1000000 inclusive",
                "timeout 7 maxmemory lots | maxmemory | argument must be a memory value",
                "timeout x databases 3 | databases | can't set immutable config"
            })
    void aRefusedSetNamesTheReasonAndChangesNothing(String changes, String name, String reason) {
        String before = client.run("CONFIG GET *");
        assertEquals(
                "-ERR CONFIG SET failed (possibly related to argument '" + name + "') - " + reason,
                client.run("CONFIG SET " + changes));
        assertEquals(before, client.run("CONFIG GET *"));
    }

    @Test
    void setOfAnUnknownDirectiveChangesNothing() {
        assertEquals(
                "-ERR Unknown option or number of arguments for CONFIG SET - 'Colour'",
                client.run("CONFIG SET timeout 7 Colour red"));
        assertEquals("{'timeout': '0'}", client.run("CONFIG GET timeout"));
    }

    @Test
    void setOfAnUnknownPolicyListsThoseThereAre() {
        assertEquals(
                "-ERR CONFIG SET failed (possibly related to argument 'maxmemory-policy') - argument(s) must be one of"
                        + " the following: allkeys-random, volatile-random, volatile-ttl, noeviction",
                client.run("CONFIG SET maxmemory-policy allkeys-best"));
    }

    @Test
    void setWithoutTheLastValueIsASyntaxError() {
        assertEquals("-ERR syntax error", client.run("CONFIG SET timeout 7 maxclients"));
        assertEquals("-ERR wrong number of arguments for 'config|set' command", client.run("CONFIG SET timeout"));
        assertEquals("{'timeout': '0'}", client.run("CONFIG GET timeout"));
    }

    @Test
    void wrongUseIsExplained() {
        assertEquals("-ERR wrong number of arguments for 'config|get' command", client.run("CONFIG GET"));
        assertEquals("-ERR wrong number of arguments for 'config' command", client.run("CONFIG"));
        assertEquals("-ERR unknown subcommand 'gEtt'. Try CONFIG HELP.", client.run("CONFIG gEtt"));
    }

    @Test
    void resetstatSetsCountsToZero() {
        client.run("SET k v");
        client.run("GET k");
        client.run("GET missing");
        client.run("nonsense");
        String before = client.run("INFO ALL");
        assertTrue(before.contains("cmdstat_get:calls=2,"), before);
        assertTrue(before.contains("\r\nerrorstat_ERR:count=1\r\n"), before);

        assertEquals("+OK", client.run("CONFIG RESETSTAT"));

        String after = client.run("INFO ALL");
        assertTrue(after.contains("\r\nkeyspace_hits:0\r\n"), after);
        assertTrue(after.contains("\r\nkeyspace_misses:0\r\n"), after);
        assertTrue(after.contains("\r\ntotal_error_replies:0\r\n"), after);
        assertTrue(after.contains("\r\ntotal_connections_received:0\r\n"), after);
        assertFalse(after.contains("cmdstat_get"), after);
        assertFalse(after.contains("errorstat"), after);
        assertTrue(after.contains("db0:keys=1,"), after);

        client.run("GET k");
        assertTrue(client.run("INFO STATS").contains("\r\nkeyspace_hits:1\r\n"));
        assertTrue(client.run("INFO COMMANDSTATS").contains("cmdstat_get:calls=1,"));
    }

    @Test
    void rewriteHasTheFileWritten() {
        assertEquals("+OK", client.run("CONFIG REWRITE"));
        assertEquals(1, engine.host.rewrites.get());
    }

    @Test
    void rewriteSaysWhyItFailed() {
        engine.host.rewriteFailure = new java.io.IOException("the disk is full");
        assertEquals("-ERR Rewriting config file: the disk is full", client.run("CONFIG REWRITE"));
    }

    @Test
    void rewriteNeedsAFile() {
        engine.host.configFile = "";
        assertEquals("-ERR The server is running without a config file", client.run("CONFIG REWRITE"));
        assertEquals(0, engine.host.rewrites.get());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "50 99 99.9 | 50 99 99.9",
                "1e1 +5 0 100 | 10 5 0 100",
                "33.333333333 | 33.333333",
            })
    void percentilesAreShownInTheirShortestForm(String given, String shown) {
        assertEquals("+OK", client.send("CONFIG", "SET", "latency-tracking-info-percentiles", given));
        assertEquals(
                "{'latency-tracking-info-percentiles': '" + shown + "'}",
                client.run("CONFIG GET latency-tracking-info-percentiles"));
    }
}
