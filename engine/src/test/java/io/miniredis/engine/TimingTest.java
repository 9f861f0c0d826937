package io.miniredis.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.miniredis.api.Args;
import io.miniredis.api.CommandException;
import io.miniredis.api.CommandFlag;
import io.miniredis.api.CommandSpec;
import io.miniredis.api.Reply;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** SLOWLOG and LATENCY, and how the time is taken for them. {@code WORK n} and {@code QUICK n} take n microseconds. */
final class TimingTest extends CommandTestCase {
    private static final long START_SECONDS = ManualTicker.START_MILLIS / 1000;

    TimingTest() {
        super(withCommands(TestEngine.create()));
    }

    private static TestEngine withCommands(TestEngine engine) {
        TestCommand.Body takesTime = (context, args, reply) -> takeTime(engine, args, reply);
        return engine.add(
                TestCommand.of(CommandSpec.named("work").arity(-2), takesTime),
                TestCommand.of(CommandSpec.named("quick").arity(-2).fast().complexity("O(1)"), takesTime),
                TestCommand.of(
                        CommandSpec.named("element").arity(-2).fast().complexity("O(1) for each element"), takesTime),
                TestCommand.of(CommandSpec.named("hidden").arity(-2).flags(CommandFlag.SKIP_SLOWLOG), takesTime));
    }

    private static void takeTime(TestEngine engine, Args args, Reply reply) throws CommandException {
        engine.ticker.advanceNanos(args.integer(1) * 1000);
        reply.ok();
    }

    /** The entries of the slow log: microseconds and arguments. */
    private List<String> slow() {
        return engine.engine().slowLog().newest(-1).stream()
                .map(entry -> entry.micros() + " " + entry.arguments())
                .toList();
    }

    // ---- which commands are slow ----

    @Test
    void aSlowCommandIsLogged() {
        run("CLIENT SETNAME joe");
        pass(5000);
        run("WORK 10000");
        run("WORK 9999");
        assertEquals(
                "[[0, " + (START_SECONDS + 5) + ", 10000, ['WORK', '10000'], '127.0.0.1:50000', 'joe']]",
                run("SLOWLOG GET"));
        assertEquals("1", run("SLOWLOG LEN"));
    }

    @Test
    void theSlowOneOfAPipelineIsNamed() {
        client.pipeline("WORK 1", "WORK 2", "WORK 20000", "WORK 3", "WORK 30000");
        assertEquals(List.of("30000 [WORK, 30000]", "20000 [WORK, 20000]"), slow());
    }

    @Test
    void ofTwoThatTakeTurnsTheSlowOneIsNamed() {
        client.pipeline("QUICK 1", "WORK 2", "QUICK 20000", "WORK 3", "QUICK 4", "PING", "QUICK 5", "QUICK 6");
        assertEquals(List.of("20000 [QUICK, 20000]"), slow());
    }

    @Test
    void aQuickOneByItselfIsMeasured() {
        run("QUICK 20000");
        assertEquals(List.of("20000 [QUICK, 20000]"), slow());
    }

    @Test
    void manyThatAreNotSlowAreNotSlowTogether() {
        client.pipeline("WORK 6000", "WORK 6000", "QUICK 6000", "QUICK 6000", "QUICK 6000");
        assertEquals(List.of(), slow());
    }

    @Test
    void whatIsNotKnownToBeOneIsNotLogged() {
        run("CONFIG SET latency-monitor-threshold 5");
        client.pipeline("QUICK 1", "QUICK 20000", "QUICK 1");
        assertEquals(List.of(), slow());
        assertEquals("[['fast-command', " + START_SECONDS + ", 20, 20]]", run("LATENCY LATEST"));
    }

    @Test
    void withAFineThresholdEachQuickOneIsMeasured() {
        run("CONFIG SET slowlog-log-slower-than 500");
        client.pipeline("QUICK 499", "QUICK 500", "QUICK 1", "QUICK 700");
        assertEquals(List.of("700 [QUICK, 700]", "500 [QUICK, 500]"), slow());
    }

    @Test
    void quickWithFewArgumentsIsMeasuredWithMany() {
        client.pipeline("ELEMENT 1 a", "ELEMENT 20000 a b c", "ELEMENT 1 a", "ELEMENT 1 a");
        assertEquals("20000 [ELEMENT, 20000, a, b, c]", slow().get(0));
    }

    @Test
    void zeroLogsAllAndMinusOneNone() {
        run("CONFIG SET slowlog-log-slower-than 0");
        client.pipeline("QUICK 0", "WORK 0");
        assertEquals(List.of("0 [WORK, 0]", "0 [QUICK, 0]"), slow().subList(0, 2));
        run("CONFIG SET slowlog-log-slower-than -1");
        run("SLOWLOG RESET");
        run("WORK 90000000");
        assertEquals(List.of(), slow());
    }

    @Test
    void whatIsRefusedIsNotLogged() {
        run("CONFIG SET slowlog-log-slower-than 0");
        run("SLOWLOG RESET");
        client.pipeline("WORK", "NOSUCH 1");
        assertEquals(List.of("0 [SLOWLOG, RESET]"), slow());
    }

    @Test
    void commandsOfATransactionAreLoggedEachByItself() {
        client.pipeline("MULTI", "WORK 20000", "WORK 1", "QUICK 30000", "EXEC");
        assertEquals(List.of("30000 [QUICK, 30000]", "20000 [WORK, 20000]"), slow());
    }

    @Test
    void someCommandsAreNeverLogged() {
        run("HIDDEN 20000");
        assertEquals(List.of(), slow());
    }

    @Test
    void waitingIsNotSlow() {
        TestClient other = engine.connect();
        assertEquals(List.of(), other.pipeline("WAIT 1 60000"));
        pass(60_001);
        engine.engine().timeOutWaiters();
        other.session.resume(other.replies);
        assertEquals(List.of("0"), other.replies.take());
        assertEquals(List.of(), slow());
    }

    // ---- what is shown of them ----

    @Test
    void longRequestsAreShortened() {
        String bytes = "x".repeat(130);
        String many = " a".repeat(40);
        run("WORK 10000 " + bytes + many);
        List<String> shown = engine.engine().slowLog().newest(1).get(0).arguments();
        assertEquals(32, shown.size());
        assertEquals("x".repeat(128) + "... (2 more bytes)", shown.get(2));
        assertEquals("... (12 more arguments)", shown.get(31));
    }

    @Test
    void bytesStayAsTheyAre() {
        client.send("WORK", "10000", "\u00ff\u0001");
        assertTrue(run("SLOWLOG GET").contains("'\\xff\\x01'"), run("SLOWLOG GET"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "AUTH 1 secret | [AUTH, (redacted), (redacted)]",
                "HELLO 3 AUTH joe secret SETNAME x | [HELLO, 3, AUTH, (redacted), (redacted), SETNAME, x]",
                "CONFIG SET RequirePass secret timeout 3 | [CONFIG, SET, RequirePass, (redacted), timeout, 3]",
                "ACL SETUSER joe >secret | [ACL, SETUSER, (redacted), (redacted)]",
                "SET auth secret | [SET, auth, secret]",
            })
    void secretsAreHidden(String request, String shown) {
        List<String> words = List.of(request.split(" ", -1));
        String name = words.get(0).matches("CONFIG|ACL") ? words.get(0) + "|" + words.get(1) : words.get(0);
        List<String> redacted = new java.util.ArrayList<>(words);
        Redaction.of(name.toLowerCase(java.util.Locale.ROOT), words).stream()
                .forEach(i -> redacted.set(i, Redaction.SHOWN));
        assertEquals(shown, redacted.toString());
    }

    @Test
    void theLogShowsNoSecret() {
        run("CONFIG SET slowlog-log-slower-than 0");
        run("AUTH default secret");
        assertEquals("0 [AUTH, (redacted), (redacted)]", slow().get(0));
        run("ACL SETUSER joe on >secret");
        assertEquals("0 [ACL, SETUSER, (redacted), (redacted), (redacted)]", slow().get(0));
    }

    @Test
    void theLogKeepsTheNewest() {
        run("CONFIG SET slowlog-max-len 3");
        for (int i = 1; i <= 5; i++) {
            run("WORK " + i + "0000");
        }
        assertEquals(List.of("50000 [WORK, 50000]", "40000 [WORK, 40000]", "30000 [WORK, 30000]"), slow());
        assertTrue(run("SLOWLOG GET 1").startsWith("[[4, "), run("SLOWLOG GET 1"));
        assertEquals("[]", run("SLOWLOG GET 0"));
        assertEquals(3, run("SLOWLOG GET -1").split("'WORK'", -1).length - 1);
        assertEquals("+OK", run("SLOWLOG RESET"));
        assertEquals("0", run("SLOWLOG LEN"));
        run("WORK 10000");
        assertTrue(run("SLOWLOG GET").startsWith("[[5, "), "numbers go on after a reset");
    }

    @ParameterizedTest
    @CsvSource({"-2", "x", "9223372036854775808", "1.5"})
    void getRefusesOtherCounts(String count) {
        assertEquals("-ERR count should be greater than or equal to -1", run("SLOWLOG GET " + count));
    }

    // ---- LATENCY ----

    @Test
    void theMonitorIsOffByDefault() {
        run("WORK 9000000");
        assertEquals("[]", run("LATENCY LATEST"));
        assertTrue(run("LATENCY DOCTOR").contains("latency-monitor-threshold"), run("LATENCY DOCTOR"));
    }

    @Test
    void theWorstOfEachSecondIsKept() {
        run("CONFIG SET latency-monitor-threshold 10");
        client.pipeline("WORK 20000", "WORK 30000", "WORK 10000", "WORK 9999");
        pass(1000);
        run("WORK 15000");
        run("QUICK 50000");
        long second = START_SECONDS + 1;
        assertEquals(
                "[['command', " + second + ", 15, 30], ['fast-command', " + second + ", 50, 50]]",
                run("LATENCY LATEST"));
        assertEquals("[[" + START_SECONDS + ", 30], [" + second + ", 15]]", run("LATENCY HISTORY command"));
        assertEquals("[]", run("LATENCY HISTORY nosuch"));
    }

    @Test
    void noMoreThanSoManySamplesAreKept() {
        run("CONFIG SET latency-monitor-threshold 1");
        run("WORK 99000");
        for (int i = 0; i < 200; i++) {
            pass(1000);
            run("WORK 1000");
        }
        LatencyMonitor.Event event = engine.engine().latencyMonitor().event("command");
        assertEquals(160, event.samples().size());
        assertEquals(99, event.maxMillis());
        assertEquals(new LatencyMonitor.Sample(START_SECONDS + 200, 1), event.latest());
    }

    @Test
    void resetForgets() {
        run("CONFIG SET latency-monitor-threshold 1");
        client.pipeline("WORK 2000", "QUICK 2000");
        assertEquals("1", run("LATENCY RESET command nosuch command"));
        assertFalse(run("LATENCY LATEST").contains("'command'"));
        assertEquals("1", run("LATENCY RESET"));
        assertEquals("0", run("LATENCY RESET"));
        assertEquals("[]", run("LATENCY LATEST"));
    }

    @Test
    void graphDrawsTheSamples() {
        run("CONFIG SET latency-monitor-threshold 1");
        run("WORK 10000");
        pass(61_000);
        run("WORK 40000");
        pass(7000);
        assertEquals(
                "txt:command - high 40 ms, low 10 ms (all time high 40 ms)\n" + "-".repeat(80)
                        + "\n #\n #\n #\n##\n17\nms\n",
                run("LATENCY GRAPH command"));
        assertEquals("-ERR No samples available for event 'nosuch'", run("LATENCY GRAPH nosuch"));
    }

    @Test
    void doctorNamesWhatTookLong() {
        run("CONFIG SET latency-monitor-threshold 1");
        assertTrue(run("LATENCY DOCTOR").contains("Nothing has taken 1 ms"), run("LATENCY DOCTOR"));
        run("WORK 10000");
        String diagnosis = run("LATENCY DOCTOR");
        assertTrue(diagnosis.contains("command: 1 seconds in which something took long, 10 ms on average"), diagnosis);
        assertTrue(diagnosis.contains("slowlog-log-slower-than 1000"), diagnosis);
    }

    @Test
    void histogramShowsHowLongCallsTook() {
        run("CONFIG RESETSTAT");
        client.pipeline("WORK 10", "WORK 10", "WORK 100", "WORK", "NOSUCH");
        assertEquals(
                "{'work': {'calls': 3, 'histogram_usec': {16: 2, 132: 3}}}", run("LATENCY HISTOGRAM work nosuch size"));
        assertTrue(run("LATENCY HISTOGRAM").contains("'config|resetstat': {'calls': 1"), run("LATENCY HISTOGRAM"));
        assertTrue(run("LATENCY HISTOGRAM config").startsWith("{'config|resetstat'"), run("LATENCY HISTOGRAM config"));
        run("CONFIG RESETSTAT");
        assertEquals("{}", run("LATENCY HISTOGRAM work"));
    }

    @Test
    void theTimeOfARunIsDividedEvenly() {
        client.pipeline("QUICK 1", "QUICK 39", "QUICK 2", "QUICK 38");
        assertEquals("{'quick': {'calls': 4, 'histogram_usec': {33: 4}}}", run("LATENCY HISTOGRAM quick"));
    }

    @Test
    void withoutTrackingNothingIsCounted() {
        run("CONFIG SET latency-tracking no");
        run("WORK 10");
        assertEquals("{}", run("LATENCY HISTOGRAM work"));
    }

    @Test
    void theClockIsReadOnceForARunOfQuickCalls() {
        engine.ticker.slowDown(1);
        long before = engine.ticker.nanos();
        client.pipeline("QUICK 0", "QUICK 0", "QUICK 0", "QUICK 0", "QUICK 0", "QUICK 0");
        assertEquals(3, engine.ticker.nanos() - before, "two readings, and the test's own");
        before = engine.ticker.nanos();
        client.pipeline("WORK 0", "WORK 0", "WORK 0", "WORK 0", "WORK 0", "WORK 0");
        assertEquals(8, engine.ticker.nanos() - before, "one before and one after each, and the test's own");
    }
}
