package io.miniredis.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.miniredis.api.CommandException;
import io.miniredis.api.CommandSpec;
import io.miniredis.api.Key;
import io.miniredis.api.KeySpec;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a command that waits may do, and what it gets wrong. */
final class BlockingTest extends CommandTestCase {
    private static final List<Key> READY = new ArrayList<>();

    private static CommandSpec.Builder command(String name) {
        return CommandSpec.named(name).arity(2).write().keys(KeySpec.at(1, KeySpec.Access.RW));
    }

    private static final TestCommand AWAIT = TestCommand.of(command("await"), (context, args, reply) -> {
        READY.add(context.readyKey());
        if (context.keyspace().exists(args.key(1))) {
            reply.simple("CAME");
        } else if (!context.block(1000, Bag.TYPE, args.key(1))) {
            reply.simple("NOW");
        }
    });

    private static final TestCommand CHANGES_ITS_MIND = TestCommand.of(command("fickle"), (context, args, reply) -> {
        context.block(0, Bag.TYPE, args.key(1));
        throw new CommandException("ERR no after all");
    });

    private static final TestCommand TALKS = TestCommand.of(command("talk"), (context, args, reply) -> {
        reply.integer(1);
        context.block(0, Bag.TYPE, args.key(1));
    });

    private static final TestCommand BACKWARDS = TestCommand.of(command("backwards"), (context, args, reply) -> {
        context.block(-1, Bag.TYPE, args.key(1));
    });

    private static final TestCommand UNTYPED = TestCommand.of(command("untyped"), (context, args, reply) -> {
        context.block(0, null, args.key(1));
    });

    private final TestClient other = engine.connect();

    BlockingTest() {
        super(TestEngine.create().add(AWAIT, CHANGES_ITS_MIND, TALKS, BACKWARDS, UNTYPED));
        READY.clear();
    }

    private static List<String> receive(TestClient waiting) {
        waiting.session.resume(waiting.replies);
        return waiting.replies.take();
    }

    private int waiters() {
        return engine.engine().waiters().count();
    }

    @Test
    void runsAgainAndIsToldForWhichKey() {
        assertEquals(List.of(), client.pipeline("await k"));
        assertTrue(client.session.isWaiting());
        assertEquals(List.of(), receive(client));
        other.run("PUSH k x");
        assertEquals(List.of("+CAME"), receive(client));
        assertFalse(client.session.isWaiting());
        assertEquals(2, READY.size());
        assertNull(READY.get(0));
        assertEquals(0, waiters());
    }

    @Test
    void isCountedOnceInCommandstats() {
        client.pipeline("await k");
        other.run("PUSH k x");
        receive(client);
        assertTrue(other.run("INFO commandstats").contains("cmdstat_await:calls=1,"));
    }

    @Test
    void answersWithANullArrayInTheEnd() {
        client.pipeline("await k");
        pass(1001);
        engine.engine().timeOutWaiters();
        assertEquals(List.of("nil-array"), receive(client));
        assertEquals(0, waiters());
    }

    @Test
    void answersAtOnceInATransaction() {
        assertEquals(List.of("+OK", "+QUEUED", "*1", "+NOW"), client.pipeline("MULTI", "await k", "EXEC"));
    }

    @Test
    void whoFailsAfterAskingToWaitDoesNotWait() {
        assertEquals(List.of("-ERR no after all", "0"), client.pipeline("fickle k", "EXISTS k"));
        assertFalse(client.session.isWaiting());
        assertEquals(0, waiters());
    }

    @Test
    void aReplyBesideIsWithdrawn() {
        assertEquals(List.of(), client.pipeline("talk k"));
        assertTrue(client.session.isWaiting());
    }

    @Test
    void negativeTimesAndKeysWithoutATypeAreBugs() {
        assertTrue(client.run("backwards k").startsWith("-ERR internal error in 'backwards' of test"));
        assertTrue(client.run("untyped k").startsWith("-ERR internal error in 'untyped' of test"));
        assertEquals(0, waiters());
    }

    @Test
    void infoAndClientListShowWhoWaits() {
        client.pipeline("await k");
        assertTrue(other.run("INFO clients").contains("blocked_clients:1"));
        assertTrue(other.run("CLIENT LIST").contains(" flags=b "));
        client.session.disconnected();
        assertEquals(0, waiters());
    }
}
