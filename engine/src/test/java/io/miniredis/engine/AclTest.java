package io.miniredis.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.miniredis.api.ChannelSpec;
import io.miniredis.api.CommandCategory;
import io.miniredis.api.CommandFlag;
import io.miniredis.api.CommandHandler;
import io.miniredis.api.CommandSpec;
import io.miniredis.api.KeySpec;
import io.miniredis.api.KeySpec.Access;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code ACL}, and what users may do. */
final class AclTest extends CommandTestCase {
    private static final String NO_KEY =
            "-NOPERM this user has no permissions to access one of the keys used as arguments";
    private static final String NO_CHANNEL =
            "-NOPERM this user has no permissions to access one of the channels used as arguments";

    AclTest() {
        super(TestEngine.create()
                .add(
                        command(CommandSpec.named("look").keys(KeySpec.at(1, Access.RO, Access.ACCESS))),
                        command(CommandSpec.named("change").keys(KeySpec.at(1, Access.RW, Access.UPDATE))),
                        command(CommandSpec.named("both").keys(KeySpec.at(1, Access.RW, Access.ACCESS, Access.INSERT))),
                        command(CommandSpec.named("carry")
                                .keys(
                                        KeySpec.at(1, Access.RW, Access.ACCESS, Access.DELETE),
                                        KeySpec.at(2, Access.OW, Access.UPDATE))),
                        command(CommandSpec.named("say").channels(ChannelSpec.at(1))),
                        command(CommandSpec.named("hear").channels(ChannelSpec.range(1, -1, 1))),
                        command(CommandSpec.named("overhear")
                                .channels(ChannelSpec.range(1, -1, 1).asPatterns()))));
    }

    private static CommandHandler command(CommandSpec.Builder spec) {
        return TestCommand.of(spec.arity(-2), (context, args, reply) -> reply.ok());
    }

    /** What a user with these rules is answered. */
    private String as(String rules, String command) {
        assertEquals("+OK", run("ACL SETUSER u reset on nopass " + rules));
        TestClient user = engine.connect();
        assertEquals("+OK", user.run("AUTH u x"));
        return user.run(command);
    }

    private static String noCommand(String name) {
        return "-NOPERM this user has no permissions to run the '" + name + "' command";
    }

    @Test
    void thereIsADefaultUserWhoMayDoAnything() {
        assertEquals("['user default on nopass ~* &* +@all']", run("ACL LIST"));
        assertEquals("['default']", run("ACL USERS"));
        assertEquals(
                "{'flags': ~['on', 'nopass'], 'passwords': [], 'commands': '+@all', 'keys': '~*', 'channels': '&*',"
                        + " 'selectors': []}",
                run("ACL GETUSER default"));
        assertEquals("-ERR The 'default' user cannot be removed", run("ACL DELUSER default"));
    }

    @Test
    void aNewUserMayDoNothing() {
        run("ACL SETUSER bob");
        assertEquals("['user bob off resetchannels -@all', 'user default on nopass ~* &* +@all']", run("ACL LIST"));
        assertEquals(noCommand("get"), as("", "GET k"));
        assertEquals("nil", run("ACL GETUSER nobody"));
    }

    @ParameterizedTest
    @CsvSource({
        "+@read +@write, -@all +@read +@write",
        "+get +get, -@all +get",
        "+get -get +get, -@all +get",
        "+config -config|get +config, -@all +config",
        "+config|get +config|set -config, -@all -config",
        "+get +@all, +@all",
        "+ping|a +PING|B +ping|A, -@all +ping|B +ping|A",
        "+@all -@admin +CONFIG|GET, +@all -@admin +config|get",
    })
    void rulesAboutCommandsAreKeptAsGiven(String rules, String shown) {
        assertEquals("+OK", run("ACL SETUSER u " + rules));
        assertEquals("'user u off resetchannels " + shown + "'", run("ACL LIST").replaceAll("^.*, |]$", ""));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "+nosuch; Error in ACL SETUSER modifier '+nosuch': Unknown command or category name in ACL",
                "+@nosuch; Error in ACL SETUSER modifier '+@nosuch': Unknown command or category name in ACL",
                "-get|x; Error in ACL SETUSER modifier '-get|x': Unknown command or category name in ACL",
                "+config|get|x; Error in ACL SETUSER modifier '+config|get|x': Allowing first-arg of a subcommand is not"
                        + " supported",
                "+get|; Error in ACL SETUSER modifier '+get|': Syntax error",
                "get; Error in ACL SETUSER modifier 'get': Syntax error",
                "%~k; Error in ACL SETUSER modifier '%~k': Syntax error",
                "%; Error in ACL SETUSER modifier '%': Syntax error",
                "<zz; Error in ACL SETUSER modifier '<zz': The password you are trying to remove from the user does not exist",
                "#zz; Error in ACL SETUSER modifier '#zz': The password hash must be exactly 64 characters and contain only"
                        + " lowercase hexadecimal characters",
                "allkeys ~x; Error in ACL SETUSER modifier '~x': Adding a pattern after the * pattern (or the 'allkeys'"
                        + " flag) is not valid and does not have any effect. Try 'resetkeys' to start with an empty list of patterns",
                "allchannels &x; Error in ACL SETUSER modifier '&x': Adding a pattern after the * pattern (or the"
                        + " 'allchannels' flag) is not valid and does not have any effect. Try 'resetchannels' to start with an empty"
                        + " list of channels",
                "(+get; Unmatched parenthesis in acl selector starting at '(+get'.",
                "(+@nosuch); Error in ACL SETUSER modifier '(+@nosuch)': Unknown command or category name in ACL",
            })
    void aRuleThatCannotBeFollowedChangesNothing(String rules, String error) {
        run("ACL SETUSER u on ~a");
        String before = run("ACL LIST");
        assertEquals("-ERR " + error, run("ACL SETUSER u +ping >x " + rules));
        assertEquals(before, run("ACL LIST"));
        assertTrue(run("ACL SETUSER other off " + rules).startsWith("-ERR "));
        assertEquals(before, run("ACL LIST"));
    }

    @Test
    void aNameHasNoBlanks() {
        assertEquals(
                "-ERR Usernames can't contain spaces or null characters", client.send("ACL", "SETUSER", "a b", "on"));
        assertEquals("['default']", run("ACL USERS"));
    }

    @Test
    void commandsAndSubcommandsAreAllowedOneByOne() {
        assertEquals("+OK", as("+look ~*", "LOOK k"));
        assertEquals(noCommand("change"), as("+look ~*", "CHANGE k"));
        assertEquals("{'port': '6379'}", as("+config|get", "CONFIG GET port"));
        assertEquals(noCommand("config|set"), as("+config|get", "CONFIG SET timeout 1"));
        assertEquals(noCommand("config|set"), as("+config -config|set", "CONFIG SET timeout 1"));
        assertEquals("+PONG", as("+@all -@dangerous", "PING"));
        assertEquals(noCommand("config|get"), as("+@all -@dangerous", "CONFIG GET port"));
        assertEquals("'hi'", as("+ping|HI", "PING hi"));
        assertEquals(noCommand("ping"), as("+ping|hi", "PING ho"));
        assertEquals(noCommand("ping"), as("+ping|hi -ping", "PING hi"));
    }

    @ParameterizedTest
    @CsvSource({
        "%R~k*, LOOK, true",
        "%R~k*, CHANGE, false",
        "%R~k*, BOTH, false",
        "%W~k*, LOOK, false",
        "%W~k*, CHANGE, true",
        "%W~k*, BOTH, false",
        "%RW~k*, BOTH, true",
        "~k*, BOTH, true",
        "~j*, LOOK, false",
        "allkeys, BOTH, true",
    })
    void keysAreAllowedToBeReadOrWritten(String rule, String command, boolean allowed) {
        assertEquals(allowed ? "+OK" : NO_KEY, as("+@all " + rule, command + " k1"));
    }

    @Test
    void eachKeyIsLookedAtByWhatTheCommandDoesToIt() {
        assertEquals("+OK", as("+@all %RW~a %W~b", "CARRY a b"));
        assertEquals(NO_KEY, as("+@all %RW~a %R~b", "CARRY a b"));
        assertEquals(NO_KEY, as("+@all %W~a %W~b", "CARRY a b"));
    }

    @Test
    void aCommandNeedsASelectorThatAllowsAllOfIt() {
        assertEquals("+OK", as("+look ~a (+look ~b)", "LOOK b"));
        assertEquals(NO_KEY, as("+look ~a (+change ~b)", "LOOK b"));
        assertEquals(noCommand("both"), as("+look ~a (+change ~b)", "BOTH b"));
        assertEquals(NO_KEY, as("+carry ~a (+carry ~b)", "CARRY a b"));
        assertEquals("+OK", as("+look ~a ( +change ~b )", "CHANGE b"));
        assertEquals(noCommand("change"), as("(+change ~b) clearselectors", "CHANGE b"));
    }

    @Test
    void channelsAreAllowedByPattern() {
        assertEquals("+OK", as("+@all &news.*", "SAY news.a"));
        assertEquals(NO_CHANNEL, as("+@all &news.*", "SAY old"));
        assertEquals("+OK", as("+@all &news.*", "HEAR news.a news.b"));
        assertEquals(NO_CHANNEL, as("+@all &news.*", "HEAR news.a old"));
        assertEquals("+OK", as("+@all &news.*", "OVERHEAR news.*"));
        assertEquals(NO_CHANNEL, as("+@all &news.*", "OVERHEAR news.a"));
        assertEquals("+OK", as("+@all allchannels", "OVERHEAR *"));
        assertEquals(NO_CHANNEL, as("+@all", "SAY x"));
    }

    @Test
    void newUsersMayHaveAllChannels() {
        run("CONFIG SET acl-pubsub-default allchannels");
        run("ACL SETUSER bob (+say)");
        assertEquals("'user bob off &* -@all (&* -@all +say)'", run("ACL LIST").replaceAll("^.|, .*$", ""));
    }

    @Test
    void whatChangesCountsFromTheNextCommandOn() {
        run("ACL SETUSER u on nopass +@all ~*");
        TestClient user = engine.connect();
        user.run("AUTH u x");
        assertEquals("+OK", user.run("LOOK k"));
        run("ACL SETUSER u -look");
        assertEquals(noCommand("look"), user.run("LOOK k"));
        assertEquals(
                List.of("+OK", noCommand("ping"), noCommand("acl|setuser")),
                user.pipeline("ACL SETUSER u -@all", "PING", "ACL SETUSER u +@all"));
    }

    @Test
    void whoseUserIsGoneIsCutOff() {
        run("ACL SETUSER u on nopass +@all ~*");
        TestClient first = engine.connect();
        TestClient second = engine.connect();
        first.run("AUTH u x");
        second.run("AUTH u x");
        assertEquals(List.of("1"), first.pipeline("ACL DELUSER u nobody", "PING"));
        assertTrue(first.connection.closedAfterReply);
        assertTrue(second.connection.closed);
        assertFalse(client.connection.closed);
    }

    @Test
    void whoListensToWhatIsNotAllowedAnyMoreIsCutOff() {
        run("ACL SETUSER u on nopass +@all ~* resetchannels &news &sports &we*");
        TestClient news = listener("SUBSCRIBE news");
        TestClient sports = listener("SUBSCRIBE sports");
        TestClient pattern = listener("PSUBSCRIBE we*");
        TestClient shard = listener("SSUBSCRIBE news");
        TestClient other = engine.connect();
        other.run("SUBSCRIBE news");
        run("ACL SETUSER u -@all +@pubsub &music");
        assertFalse(news.connection.closed);
        run("ACL SETUSER u resetchannels &sports &*");
        assertFalse(news.connection.closed);
        run("ACL SETUSER u resetchannels &sports &weather");
        assertTrue(news.connection.closed);
        assertFalse(sports.connection.closed);
        assertTrue(pattern.connection.closed);
        assertTrue(shard.connection.closed);
        assertFalse(other.connection.closed);
    }

    private TestClient listener(String subscribing) {
        TestClient listener = engine.connect();
        listener.run("AUTH u x");
        listener.run(subscribing);
        return listener;
    }

    @Test
    void queuedCommandsAreLookedAtTwice() {
        run("ACL SETUSER u on nopass +@all ~k");
        TestClient user = engine.connect();
        user.run("AUTH u x");
        assertEquals(
                List.of("+OK", NO_KEY, "-EXECABORT Transaction discarded because of previous errors."),
                user.pipeline("MULTI", "LOOK x", "EXEC"));
        user.pipeline("MULTI", "LOOK k", "PING", "CHANGE k");
        run("ACL SETUSER u -ping resetkeys");
        String beginning =
                "-NOPERM ACLs rules changed between the moment the transaction was accumulated and the EXEC call."
                        + " This command is no longer allowed for the following reason: no permission to ";
        assertEquals(
                List.of(
                        "*3",
                        beginning + "touch the specified keys",
                        beginning + "execute the command or subcommand",
                        beginning + "touch the specified keys"),
                user.pipeline("EXEC"));
        user.pipeline("MULTI");
        run("ACL SETUSER u -exec");
        assertEquals(
                "-EXECABORT Transaction discarded because of: NOPERM this user has no permissions to run the 'exec' command",
                user.run("EXEC"));
    }

    @Test
    void aCalledCommandNeedsThePermissionToo() throws Exception {
        CommandSpec.Builder relay =
                CommandSpec.named("relay").arity(-2).keys(KeySpec.at(1, Access.RW, Access.ACCESS, Access.UPDATE));
        engine.engine()
                .install(TestEngine.provided(
                        "relay",
                        List.of(TestCommand.of(
                                relay,
                                (context, args, reply) ->
                                        reply.bulk(String.valueOf(context.call("change", args.slice(1)))))),
                        List.of(),
                        List.of(),
                        List.of()));
        assertEquals("'OK'", as("+relay +change ~k", "RELAY k"));
        assertEquals(noCommand("change"), as("+relay ~k", "RELAY k"));
        assertTrue(run("ACL LOG 1").contains("'context': 'module', 'object': 'change'"), run("ACL LOG 1"));
    }

    @Test
    void rulesCountForCommandsThatComeLater() {
        run("ACL SETUSER all on nopass +@all -@admin");
        run("ACL SETUSER reader on nopass +@read");
        TestClient all = engine.connect();
        TestClient reader = engine.connect();
        all.run("AUTH all x");
        reader.run("AUTH reader x");
        engine.engine()
                .install(TestEngine.provided(
                        "late",
                        List.of(
                                command(CommandSpec.named("late.any")),
                                command(CommandSpec.named("late.read").readOnly()),
                                command(CommandSpec.named("late.admin")
                                        .flags(CommandFlag.ADMIN)
                                        .categories(CommandCategory.KEYSPACE))),
                        List.of(),
                        List.of(),
                        List.of()));
        assertEquals("+OK", all.run("LATE.ANY x"));
        assertEquals("+OK", all.run("LATE.READ x"));
        assertEquals(noCommand("late.admin"), all.run("LATE.ADMIN x"));
        assertEquals(noCommand("late.any"), reader.run("LATE.ANY x"));
        assertEquals("+OK", reader.run("LATE.READ x"));
    }

    @Test
    void dryRunSaysWhatIsNotAllowed() {
        run("ACL SETUSER u +look ~k +say +config|get");
        assertEquals("+OK", run("ACL DRYRUN u LOOK k"));
        assertEquals("'This user has no permissions to access the 'x' key'", run("ACL DRYRUN u LOOK x"));
        assertEquals("'This user has no permissions to access the 'c' channel'", run("ACL DRYRUN u SAY c"));
        assertEquals(
                "'This user has no permissions to run the 'config|set' command'", run("ACL DRYRUN u CONFIG SET a b"));
        assertEquals("-ERR User 'nobody' not found", run("ACL DRYRUN nobody LOOK k"));
        assertEquals("-ERR Command 'nosuch' not found", run("ACL DRYRUN u nosuch k"));
        assertEquals("-ERR wrong number of arguments for 'look' command", run("ACL DRYRUN u LOOK"));
        assertEquals("[]", run("ACL LOG"));
    }

    @Test
    void refusalsAreLogged() {
        as("+look ~k", "LOOK x");
        pass(1500);
        as("+look ~k", "LOOK x");
        as("+look ~k", "CHANGE k");
        pass(250);
        run("AUTH u2 y");
        String log = run("ACL LOG").replaceAll("'id=[^']*'", "ID");
        assertEquals(
                "[{'count': 1, 'reason': 'auth', 'context': 'toplevel', 'object': 'AUTH', 'username': 'u2',"
                        + " 'age-seconds': 0.0, 'client-info': ID},"
                        + " {'count': 1, 'reason': 'command', 'context': 'toplevel', 'object': 'change', 'username': 'u',"
                        + " 'age-seconds': 0.25, 'client-info': ID},"
                        + " {'count': 2, 'reason': 'key', 'context': 'toplevel', 'object': 'x', 'username': 'u',"
                        + " 'age-seconds': 0.25, 'client-info': ID}]",
                log);
        pass(60_001);
        as("+look ~k", "LOOK x");
        assertTrue(run("ACL LOG 1").startsWith("[{'count': 1, 'reason': 'key'"), run("ACL LOG 1"));
        run("CONFIG SET acllog-max-len 1");
        as("+look ~k", "LOOK y");
        assertEquals(run("ACL LOG 1"), run("ACL LOG"));
        assertEquals("+OK", run("ACL LOG reset"));
        assertEquals("[]", run("ACL LOG"));
    }

    @Test
    void categoriesListTheirCommands() {
        assertTrue(run("ACL CAT").startsWith("['keyspace', 'read', 'write', 'set', "), run("ACL CAT"));
        assertTrue(run("ACL CAT Transaction").contains("'multi'"));
        assertFalse(run("ACL CAT transaction").contains("'get'"));
        assertEquals("-ERR Unknown category 'nosuch'", run("ACL CAT nosuch"));
    }

    @Test
    void generatedPasswordsHaveAsManyBitsAsAskedFor() {
        assertEquals(66, run("ACL GENPASS").length());
        assertEquals(4, run("ACL GENPASS 5").length());
        assertNotEquals(run("ACL GENPASS"), run("ACL GENPASS"));
        String error =
                "-ERR ACL GENPASS argument must be the number of bits for the output password, a positive number up to"
                        + " 4096";
        assertEquals(error, run("ACL GENPASS 0"));
        assertEquals(error, run("ACL GENPASS 4097"));
        assertEquals(
                "-ERR unknown subcommand or wrong number of arguments for 'genpass'. Try ACL HELP.",
                run("ACL genpass 1 2"));
    }
}
