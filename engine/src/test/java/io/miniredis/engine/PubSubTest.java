package io.miniredis.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.miniredis.api.CommandSpec;
import io.miniredis.api.KeySpec;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Subscribing and publishing. Each reply was compared with redis-server 7.0.15. */
final class PubSubTest {
    private final TestEngine engine = TestEngine.create()
            .add(TestCommand.of(
                    CommandSpec.named("park").arity(2).write().keys(KeySpec.at(1, KeySpec.Access.RW)),
                    (context, args, reply) -> context.block(0, Bag.TYPE, args.key(1))))
            .add(TestCommand.of(
                    CommandSpec.named("shout").arity(2),
                    (context, args, reply) -> reply.integer((Long) context.call("PUBLISH", "a", args.utf8(1)))))
            .add(TestCommand.of(
                    CommandSpec.named("eavesdrop").arity(2).keys(KeySpec.at(1, KeySpec.Access.RO)),
                    (context, args, reply) -> context.call("SSUBSCRIBE", "a")))
            .start();
    private final TestClient publisher = engine.connect();
    private final TestClient client = engine.connect();

    @AfterEach
    void close() {
        engine.close();
    }

    private void assertInfo(String field, int value) {
        assertTrue(publisher.run("INFO stats").contains("\r\n" + field + ":" + value + "\r\n"), field);
    }

    @Test
    void aSubscriberHearsWhatIsPublished() {
        assertEquals("['subscribe', 'news', 1]", client.run("SUBSCRIBE news"));
        assertEquals("1", publisher.run("PUBLISH news hello"));
        assertEquals(List.of("['message', 'news', 'hello']"), client.hear());
        assertEquals("0", publisher.run("PUBLISH olds hello"));
        assertEquals(List.of(), client.hear());
    }

    @Test
    void subscriptionsAreConfirmedOneByOne() {
        assertEquals(
                List.of("['subscribe', 'a', 1]", "['subscribe', 'a', 1]", "['subscribe', 'b', 2]"),
                client.pipeline("SUBSCRIBE a a b"));
        assertEquals(List.of("['psubscribe', 'a*', 3]"), client.pipeline("PSUBSCRIBE a*"));
        assertEquals(List.of("['ssubscribe', 'a', 1]"), client.pipeline("SSUBSCRIBE a"));
        assertEquals(
                List.of("['unsubscribe', 'a', 2]", "['unsubscribe', 'no', 2]"), client.pipeline("UNSUBSCRIBE a no"));
        assertEquals(List.of("['unsubscribe', 'b', 1]"), client.pipeline("UNSUBSCRIBE"));
        assertEquals(List.of("['unsubscribe', nil, 1]"), client.pipeline("UNSUBSCRIBE"));
        assertEquals(List.of("['punsubscribe', 'a*', 0]"), client.pipeline("PUNSUBSCRIBE"));
        assertEquals(List.of("['punsubscribe', nil, 0]"), client.pipeline("PUNSUBSCRIBE"));
        assertEquals(List.of("['sunsubscribe', 'a', 0]"), client.pipeline("SUNSUBSCRIBE"));
        assertEquals(List.of("['sunsubscribe', nil, 0]"), client.pipeline("SUNSUBSCRIBE"));
    }

    @Test
    void patternsHearAllChannelsThatMatch() {
        client.pipeline("PSUBSCRIBE n?ws* [x]");
        assertEquals("1", publisher.run("PUBLISH news.art 1"));
        assertEquals("1", publisher.run("PUBLISH x 2"));
        assertEquals("0", publisher.run("PUBLISH old 3"));
        assertEquals(List.of("['pmessage', 'n?ws*', 'news.art', '1']", "['pmessage', '[x]', 'x', '2']"), client.hear());
    }

    @Test
    void aClientHearsAMessageForEachSubscription() {
        client.pipeline("SUBSCRIBE a", "PSUBSCRIBE *");
        assertEquals("2", publisher.run("PUBLISH a 1"));
        assertEquals(List.of("['message', 'a', '1']", "['pmessage', '*', 'a', '1']"), client.hear());
    }

    @Test
    void shardChannelsAreChannelsOfTheirOwn() {
        client.pipeline("SSUBSCRIBE a", "PSUBSCRIBE *");
        assertEquals("1", publisher.run("SPUBLISH a 1"));
        assertEquals(List.of("['smessage', 'a', '1']"), client.hear());
        assertEquals("1", publisher.run("PUBLISH a 1"));
        assertEquals(List.of("['pmessage', '*', 'a', '1']"), client.hear());
    }

    @Test
    void aCommandMayPublishButNotSubscribe() {
        client.run("HELLO 3");
        client.run("SUBSCRIBE a");
        assertEquals("1", publisher.run("SHOUT hello"));
        assertEquals(List.of(">['message', 'a', 'hello']"), client.hear());
        assertEquals(List.of(">['message', 'a', 'me']", "1"), client.pipeline("SHOUT me"));
        assertEquals("-ERR 'ssubscribe' cannot be called by another command", client.run("EAVESDROP k"));
    }

    @Test
    void databasesDoNotMatter() {
        client.run("SELECT 3");
        client.run("SUBSCRIBE a");
        publisher.run("SELECT 5");
        assertEquals("1", publisher.run("PUBLISH a 1"));
    }

    @Test
    void anyBytesAreAChannelAndAMessage() {
        client.send("SUBSCRIBE", "\u00ff\r\n\0");
        publisher.send("PUBLISH", "\u00ff\r\n\0", "\0\n\u00fe");
        assertEquals(List.of("['message', '\\xff\\x0d\\x0a\\x00', '\\x00\\x0a\\xfe']"), client.hear());
    }

    @Test
    void whoPublishesToItselfHearsThatBeforeTheReply() {
        client.run("HELLO 3");
        client.pipeline("SUBSCRIBE a", "PSUBSCRIBE a", "SSUBSCRIBE a");
        assertEquals(
                List.of(
                        "+PONG",
                        ">['message', 'a', '1']",
                        ">['pmessage', 'a', 'a', '1']",
                        "2",
                        ">['smessage', 'a', '2']",
                        "1",
                        "+PONG"),
                client.pipeline("PING", "PUBLISH a 1", "SPUBLISH a 2", "PING"));
        assertEquals(List.of(), client.hear());
    }

    @Test
    void whatCameEarlierComesFirst() {
        client.run("HELLO 3");
        client.run("SUBSCRIBE a");
        publisher.run("PUBLISH a 1");
        publisher.run("PUBLISH a 2");
        assertEquals(
                List.of(
                        ">['message', 'a', '1']",
                        ">['message', 'a', '2']",
                        "+PONG",
                        ">['message', 'a', '3']",
                        "1",
                        ">['unsubscribe', 'a', 0]",
                        "0"),
                client.pipeline("PING", "PUBLISH a 3", "UNSUBSCRIBE a", "PUBLISH a 4"));
    }

    @Test
    void inATransactionMessagesComeWhereTheyArise() {
        client.run("HELLO 3");
        assertEquals(
                List.of(
                        "+OK",
                        "+QUEUED",
                        "+QUEUED",
                        "+QUEUED",
                        "+QUEUED",
                        "*4",
                        ">['subscribe', 'a', 1]",
                        ">['subscribe', 'b', 2]",
                        ">['message', 'b', '1']",
                        "1",
                        ">['unsubscribe', 'b', 1]",
                        "+OK"),
                client.pipeline("MULTI", "SUBSCRIBE a b", "PUBLISH b 1", "UNSUBSCRIBE b", "SET k v", "EXEC"));
    }

    @Test
    void whoQueuesCommandsHearsMessagesBetween() {
        client.run("HELLO 3");
        client.run("SUBSCRIBE a");
        assertEquals(List.of("+OK", "+QUEUED"), client.pipeline("MULTI", "SET k v"));
        publisher.run("PUBLISH a 1");
        assertEquals(List.of(">['message', 'a', '1']"), client.hear());
        assertEquals(List.of("*1", "+OK"), client.pipeline("EXEC"));
    }

    @Test
    void inResp2ASubscriberMaySayLittle() {
        client.run("SUBSCRIBE a");
        String only = "': only (P|S)SUBSCRIBE / (P|S)UNSUBSCRIBE / PING / QUIT / RESET are allowed in this context";
        assertEquals("-ERR Can't execute 'get" + only, client.run("GET k"));
        assertEquals("-ERR Can't execute 'client|list" + only, client.run("CLIENT LIST"));
        assertEquals("-ERR Can't execute 'multi" + only, client.run("MULTI"));
        assertEquals("-ERR wrong number of arguments for 'get' command", client.run("GET"));
        assertEquals("['pong', '']", client.run("PING"));
        assertEquals("['pong', 'x']", client.run("PING x"));
        assertEquals("-ERR wrong number of arguments for 'ping' command", client.run("PING x y"));
        assertEquals("['unsubscribe', 'a', 0]", client.run("UNSUBSCRIBE"));
        assertEquals("nil", client.run("GET k"));
        assertEquals("+PONG", client.run("PING"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"SUBSCRIBE a", "PSUBSCRIBE a", "SSUBSCRIBE a"})
    void anySubscriptionRestricts(String subscribe) {
        client.run(subscribe);
        assertTrue(client.run("GET k").startsWith("-ERR Can't execute 'get'"));
        assertEquals("+RESET", client.run("RESET"));
        assertEquals("nil", client.run("GET k"));
        assertEquals("0", publisher.run("PUBLISH a 1"));
    }

    @Test
    void inResp3ASubscriberMaySayAnything() {
        client.run("HELLO 3");
        client.run("SUBSCRIBE a");
        assertEquals("+PONG", client.run("PING"));
        client.run("HELLO 2");
        assertTrue(client.run("GET k").startsWith("-ERR Can't execute 'get'"));
        assertTrue(client.run("HELLO 3").startsWith("-ERR Can't execute 'hello'"));
    }

    @Test
    void aMessageIsInTheProtocolOfWhoHearsIt() {
        client.run("HELLO 3");
        client.run("SUBSCRIBE a");
        TestClient old = engine.connect();
        old.run("SUBSCRIBE a");
        assertEquals("2", publisher.run("PUBLISH a 1"));
        assertEquals(List.of(">['message', 'a', '1']"), client.hear());
        assertEquals(List.of("['message', 'a', '1']"), old.hear());
    }

    @Test
    void whoWaitsForAKeyHearsMessages() {
        client.run("HELLO 3");
        client.run("SUBSCRIBE a");
        assertEquals(List.of(), client.pipeline("PARK k"));
        publisher.run("PUBLISH a 1");
        assertEquals(List.of(">['message', 'a', '1']"), client.hear());
        assertTrue(client.session.isWaiting());
        client.session.disconnected();
        assertEquals("0", publisher.run("PUBLISH a 1"));
    }

    @Test
    void whoIsGoneLeavesNothingBehind() {
        client.pipeline("SUBSCRIBE a b", "PSUBSCRIBE p*", "SSUBSCRIBE s");
        assertInfo("pubsub_channels", 2);
        assertInfo("pubsub_patterns", 1);
        assertInfo("pubsubshard_channels", 1);
        publisher.run("PUBLISH a " + "x".repeat(1000));
        assertTrue(engine.engine().outboxes().waitingBytes() > 1000);
        client.session.disconnected();
        assertInfo("pubsub_channels", 0);
        assertInfo("pubsub_patterns", 0);
        assertInfo("pubsubshard_channels", 0);
        assertEquals(0, engine.engine().outboxes().waitingBytes());
    }

    @Test
    void aRunOfPublishingWakesOnce() {
        client.run("SUBSCRIBE a");
        assertEquals(0, client.connection.wakes());
        publisher.pipeline("PUBLISH a 1", "PUBLISH a 2", "PUBLISH a 3");
        assertEquals(1, client.connection.wakes());
        publisher.run("PUBLISH a 4");
        assertEquals(0, client.connection.wakes(), "it was woken already");
        assertEquals(4, client.hear().size());
        publisher.run("PUBLISH a 5");
        assertEquals(1, client.connection.wakes());
    }

    @Test
    void muchIsHeardBitByBitUnlessTheClientSpeaks() {
        client.run("HELLO 3");
        client.run("SUBSCRIBE a");
        for (int i = 0; i < 100; i++) {
            publisher.run("PUBLISH a " + "x".repeat(1000));
        }
        client.connection.wakes();
        int some = client.hear().size();
        assertTrue(some > 20 && some < 50, some + " messages");
        assertEquals(1, client.connection.wakes(), "to hear the rest");
        List<String> rest = client.pipeline("PING");
        assertEquals(100 - some + 1, rest.size());
        assertEquals("+PONG", rest.get(rest.size() - 1));
    }

    @Test
    void clientListShowsSubscriptions() {
        client.run("HELLO 3");
        client.pipeline("SUBSCRIBE a b", "PSUBSCRIBE p", "SSUBSCRIBE s");
        publisher.run("PUBLISH a 12345");
        String line = publisher.run("CLIENT LIST TYPE pubsub");
        assertTrue(line.contains(" flags=P db=0 sub=2 psub=1 ssub=1 multi=-1 "), line);
        assertTrue(line.contains(" obl=5 oll=1 omem=31 "), line);
        assertEquals(1, line.lines().count());
        assertEquals(1, publisher.run("CLIENT LIST TYPE normal").lines().count());
        assertEquals("txt:", publisher.run("CLIENT LIST TYPE replica"));
    }

    @Test
    void pubsubTellsWhatThereIs() {
        client.pipeline("SUBSCRIBE abc", "PSUBSCRIBE p* q*", "SSUBSCRIBE s1 s2");
        TestClient other = engine.connect();
        other.pipeline("SUBSCRIBE abc", "PSUBSCRIBE p*");
        assertEquals("['abc']", publisher.run("PUBSUB CHANNELS"));
        assertEquals("['abc']", publisher.run("PUBSUB CHANNELS a*"));
        assertEquals("[]", publisher.run("PUBSUB CHANNELS b*"));
        assertEquals("2", publisher.run("PUBSUB NUMPAT"));
        assertEquals("['abc', 2, 'no', 0]", publisher.run("PUBSUB NUMSUB abc no"));
        assertEquals("[]", publisher.run("PUBSUB NUMSUB"));
        assertEquals("['s1']", publisher.run("PUBSUB SHARDCHANNELS *1"));
        assertEquals("['s2', 1]", publisher.run("PUBSUB SHARDNUMSUB s2"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            value = {
                "PUBSUB # -ERR wrong number of arguments for 'pubsub' command",
                "PUBSUB NUMPAT x # -ERR wrong number of arguments for 'pubsub|numpat' command",
                "PUBSUB CHANNELS x y # -ERR unknown subcommand or wrong number of arguments for 'CHANNELS'. Try PUBSUB HELP.",
                "PUBSUB X # -ERR unknown subcommand 'X'. Try PUBSUB HELP.",
                "SUBSCRIBE # -ERR wrong number of arguments for 'subscribe' command",
                "PUBLISH a # -ERR wrong number of arguments for 'publish' command",
                "COMMAND GETKEYS SPUBLISH a b # -ERR The command has no key arguments",
            },
            quoteCharacter = '`')
    void mistakesAreExplained(String command, String reply) {
        assertEquals(reply, publisher.run(command));
    }
}
