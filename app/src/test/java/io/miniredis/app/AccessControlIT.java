package io.miniredis.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisAccessControlException;

/**
 * Users and what they may do. The larger part gives random rules, right and wrong ones, to a real Redis and to the image, and compares
 * what both say of the user and of random commands that it might send. How a Redis of this version prints rules about commands depends on
 * all of its commands, so these are compared by what they mean: the real Redis is given the image's rules and must print the same for them.
 */
final class AccessControlIT {
    private static final int STEPS = Integer.getInteger("acl.steps", 400);

    @AutoClose
    private static ServerProcess redis;

    @AutoClose
    private static ServerProcess image;

    /** Names of commands and subcommands that both have, and how many arguments they take. */
    private static List<String> commands;

    private static List<Integer> arities;

    @TempDir
    private Path folder;

    @BeforeAll
    static void startServers() throws Exception {
        RedisTools.require("redis-server");
        redis = ServerProcess.startRedis();
        image = ServerProcess.start();
        try (RawClient theirs = new RawClient(redis.port());
                RawClient ours = new RawClient(image.port())) {
            RedisTools.requireVersion(theirs.call("INFO", "server").raw());
            Set<String> common = new TreeSet<>(texts(theirs.call("COMMAND", "LIST")));
            common.retainAll(texts(ours.call("COMMAND", "LIST")));
            commands = List.copyOf(common);
            arities = new ArrayList<>();
            for (String command : commands) {
                String info = ours.call("COMMAND", "INFO", command).raw();
                arities.add(Integer.parseInt(info.lines().toList().get(4).substring(1)));
            }
        }
    }

    private static List<String> texts(RawReply reply) {
        return reply.elements().stream().map(AccessControlIT::text).toList();
    }

    /** What a bulk string holds. */
    private static String text(RawReply bulk) {
        int begin = bulk.raw().indexOf("\r\n") + 2;
        return bulk.raw().substring(begin, bulk.raw().length() - 2);
    }

    /** Random rules and commands. */
    private static final class RandomRules {
        private static final List<String> PATTERNS =
                List.of("*", "a*", "b?", "[ab]c", "k1", "k2", "ab", "", "foo:*", "a", "\u00ff*");
        private static final List<String> ACCESSES = List.of("R", "W", "RW", "WR", "r", "w", "", "RR", "X");
        private static final List<String> CATEGORIES = List.of(
                "keyspace read write set sortedset list hash string bitmap stream pubsub admin fast slow blocking dangerous connection transaction"
                        .split(" ", -1));
        private static final List<String> OF_SELECTORS = List.of(
                "allkeys resetkeys allchannels resetchannels allcommands nocommands +@all -@all ~* &*".split(" ", -1));
        private static final List<String> WRONG = List.of(
                "+nosuch -nosuch +@nosuch +config|nosuch -get|x +get| +config| +config|get|x +| | + - % get & ~ %R %RWX~a +@ +get|a|b on off >x"
                        .split(" ", -1));
        private static final List<String> OF_USERS = List.of(
                ("on off nopass resetpass reset clearselectors sanitize-payload skip-sanitize-payload >p1 >p2 <p1 <p2 > < # ! #aa !aa"
                                + " #" + "a".repeat(64) + " !" + "a".repeat(64) + " #" + "A".repeat(64) + " () foo ")
                        .split(" ", -1));
        private static final List<String> WORDS =
                List.of("a ab k1 k2 bc foo:1 0 1 GET STORE BY get u8 2 SET zz OVERFLOW WRAP STREAMS x*".split(" ", -1));

        private final Random random;

        RandomRules(long seed) {
            random = new Random(seed);
        }

        <T> T oneOf(List<T> all) {
            return all.get(random.nextInt(all.size()));
        }

        List<String> some() {
            List<String> rules = new ArrayList<>();
            for (int i = 1 + random.nextInt(5); i > 0; i--) {
                rules.add(inAnyCase(ofUser()));
            }
            return rules;
        }

        private String inAnyCase(String rule) {
            return random.nextInt(5) > 0
                    ? rule
                    : rule.chars()
                            .mapToObj(c -> random.nextBoolean() && c < 128 ? Character.toUpperCase((char) c) : (char) c)
                            .map(String::valueOf)
                            .collect(Collectors.joining());
        }

        private String ofUser() {
            int kind = random.nextInt(10);
            if (kind < 2) {
                return oneOf(OF_USERS);
            }
            if (kind < 4) {
                List<String> rules = new ArrayList<>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    rules.add(ofSelector());
                }
                return "(" + String.join(" ", rules) + ")";
            }
            return ofSelector();
        }

        private String ofSelector() {
            String sign = random.nextBoolean() ? "+" : "-";
            return switch (random.nextInt(10)) {
                case 0 -> "~" + oneOf(PATTERNS);
                case 1, 2 -> "%" + oneOf(ACCESSES) + "~" + oneOf(PATTERNS);
                case 3 -> random.nextBoolean() ? "&" + oneOf(PATTERNS) : oneOf(OF_SELECTORS);
                case 4, 5 -> sign + "@" + oneOf(CATEGORIES);
                case 6 -> random.nextInt(3) > 0 ? "+" + oneOf(commands) + "|" + oneOf(WORDS) : oneOf(WRONG);
                default -> sign + oneOf(commands);
            };
        }

        /** A command with arguments, mostly as many as it takes. */
        List<String> command() {
            int number = random.nextInt(commands.size());
            int arity = arities.get(number);
            List<String> words =
                    new ArrayList<>(Arrays.asList(commands.get(number).split("\\|", -1)));
            int count = arity > 0 ? arity : random.nextInt(4) - arity;
            while (words.size() < count) {
                words.add(oneOf(WORDS));
            }
            return words;
        }

        /** Each command with the fewest arguments that it takes. */
        static List<List<String>> allCommands() {
            List<List<String>> all = new ArrayList<>();
            for (int i = 0; i < commands.size(); i++) {
                List<String> words =
                        new ArrayList<>(Arrays.asList(commands.get(i).split("\\|", -1)));
                while (words.size() < Math.abs(arities.get(i))) {
                    words.add("k1");
                }
                all.add(words);
            }
            return all;
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void redisAndTheImageFollowTheSameRules(long seed) throws IOException {
        RandomRules random = new RandomRules(seed);
        try (RawClient theirs = new RawClient(redis.port());
                RawClient ours = new RawClient(image.port())) {
            for (int step = 0; step < STEPS; step++) {
                String user = "u" + step % 3;
                if (step % 40 < 3) {
                    both(theirs, ours, List.of("ACL", "DELUSER", user), "");
                }
                List<String> rules = random.some();
                String seen = "seed " + seed + ", step " + step + ": " + rules;
                both(theirs, ours, words("ACL", "SETUSER", user, rules), seen);
                compareUser(theirs, ours, user, seen);
                for (int i = 0; i < 10; i++) {
                    both(theirs, ours, words("ACL", "DRYRUN", user, random.command()), seen);
                }
                if (step % 20 == 0) {
                    for (List<String> command : RandomRules.allCommands()) {
                        both(theirs, ours, words("ACL", "DRYRUN", user, command), seen);
                    }
                }
            }
        }
    }

    private static List<String> words(String first, String second, String third, List<String> others) {
        List<String> words = new ArrayList<>(List.of(first, second, third));
        words.addAll(others);
        return words;
    }

    private static RawReply say(RawClient client, List<String> words) {
        client.send(RawClient.encode(words));
        return client.read();
    }

    private static void both(RawClient theirs, RawClient ours, List<String> words, String seen) {
        String expected = say(theirs, words).toString();
        assertEquals(expected, say(ours, words).toString(), seen + "; " + words);
    }

    private static void compareUser(RawClient theirs, RawClient ours, String user, String seen) {
        RawReply expected = theirs.call("ACL", "GETUSER", user);
        RawReply actual = ours.call("ACL", "GETUSER", user);
        assertEquals(expected.elements().size(), actual.elements().size(), seen);
        compareFields(theirs, expected.elements(), actual.elements(), seen);
    }

    /** The fields of a user, or of one of its selectors, which are names and values in turn. */
    private static void compareFields(RawClient theirs, List<RawReply> expected, List<RawReply> actual, String seen) {
        for (int i = 0; i < expected.size(); i += 2) {
            String field = text(expected.get(i));
            assertEquals(field, text(actual.get(i)), seen);
            RawReply expectedValue = expected.get(i + 1);
            RawReply actualValue = actual.get(i + 1);
            if (field.equals("commands")) {
                assertEquals(sorted(text(expectedValue)), meaning(theirs, text(actualValue)), seen);
            } else if (field.equals("selectors")) {
                assertEquals(
                        expectedValue.elements().size(), actualValue.elements().size(), seen);
                for (int s = 0; s < expectedValue.elements().size(); s++) {
                    compareFields(
                            theirs,
                            expectedValue.elements().get(s).elements(),
                            actualValue.elements().get(s).elements(),
                            seen);
                }
            } else {
                assertEquals(expectedValue.toString(), actualValue.toString(), seen + "; " + field);
            }
        }
    }

    private static List<String> sorted(String rules) {
        return Arrays.stream(rules.split(" ", -1)).sorted().toList();
    }

    /** How a real Redis prints rules about commands, in no order, since that changes from start to start. */
    private static List<String> meaning(RawClient theirs, String rules) {
        theirs.call("ACL", "DELUSER", "copy");
        RawReply set = say(theirs, words("ACL", "SETUSER", "copy", List.of(rules.split(" ", -1))));
        assertEquals("+OK\r\n", set.raw(), rules);
        return sorted(text(theirs.call("ACL", "GETUSER", "copy").elements().get(5)));
    }

    /** A plugin whose commands say what they are by their specs alone. */
    private static Path plugin(Path jar, Path work) throws Exception {
        return new PluginSources()
                .file(
                        "module-info.java",
                        "module demo.vault { requires io.miniredis.api;"
                                + " provides io.miniredis.api.CommandHandler with demo.vault.Peek, demo.vault.Seal; }")
                .file(
                        "demo/vault/Peek.java",
                        source("Peek", ".readOnly().keys(KeySpec.at(1, KeySpec.Access.RO, KeySpec.Access.ACCESS))"))
                .file(
                        "demo/vault/Seal.java",
                        source(
                                "Seal",
                                ".write().flags(CommandFlag.ADMIN).keys(KeySpec.at(1, KeySpec.Access.RW, KeySpec.Access.UPDATE)).channels(ChannelSpec.at(2))"))
                .write(jar, work);
    }

    private static String source(String name, String facts) {
        return """
                package demo.vault;
                import io.miniredis.api.*;
                public final class NAME implements CommandHandler {
                    private static final CommandSpec SPEC = CommandSpec.named("vault.LOWER").arity(-2)FACTS.build();
                    @Override public CommandSpec spec() { return SPEC; }
                    @Override public void execute(CommandContext context, Args args, Reply reply) { reply.ok(); }
                }
                """.replace("NAME", name)
                .replace("LOWER", name.toLowerCase(Locale.ROOT))
                .replace("FACTS", facts);
    }

    @Test
    void whatRulesSayCountsForThePluginsCommandsThatComeAndGo() throws Exception {
        Path plugins = Files.createDirectory(folder.resolve("plugins"));
        try (ServerProcess server = ServerProcess.start("--plugins-dir", plugins.toString());
                RawClient admin = new RawClient(server.port());
                RawClient reader = new RawClient(server.port());
                RawClient keeper = new RawClient(server.port())) {
            admin.call("ACL", "SETUSER", "reader", "on", "nopass", "+@read", "~open:*");
            admin.call("ACL", "SETUSER", "keeper", "on", "nopass", "+@all", "-@admin", "~*");
            reader.call("AUTH", "reader", "x");
            keeper.call("AUTH", "keeper", "x");
            plugin(plugins.resolve("vault.jar"), folder);
            assertEquals("+OK\r\n", admin.call("MODULE", "LOAD", "vault.jar").raw());
            String noKey = "-NOPERM this user has no permissions to access one of the keys used as arguments\r\n";
            for (int round = 0; round < 2; round++) {
                assertEquals("+OK\r\n", reader.call("VAULT.PEEK", "open:a").raw());
                assertEquals(noKey, reader.call("VAULT.PEEK", "secret").raw());
                assertEquals(
                        noPermission("vault.seal"),
                        reader.call("VAULT.SEAL", "open:a").raw());
                assertEquals("+OK\r\n", keeper.call("VAULT.PEEK", "secret").raw());
                assertEquals(
                        noPermission("vault.seal"),
                        keeper.call("VAULT.SEAL", "secret").raw());
                assertEquals(
                        "+OK\r\n", admin.call("MODULE", "RELOAD", "demo.vault").raw());
            }
            admin.call("ACL", "SETUSER", "keeper", "+vault.seal", "&ch");
            admin.call("ACL", "SETUSER", "keeper", "resetkeys", "~v*");
            assertEquals("+OK\r\n", keeper.call("VAULT.SEAL", "v", "ch").raw());
            assertEquals(
                    "-NOPERM this user has no permissions to access one of the channels used as arguments\r\n",
                    keeper.call("VAULT.SEAL", "v", "other").raw());
            assertEquals("+OK\r\n", admin.call("MODULE", "UNLOAD", "demo.vault").raw());
            assertTrue(keeper.call("VAULT.SEAL", "v").raw().startsWith("-ERR unknown command"));
            assertEquals("+OK\r\n", admin.call("MODULE", "LOAD", "vault.jar").raw());
            assertEquals("+OK\r\n", keeper.call("VAULT.SEAL", "v", "ch").raw());
            assertEquals(
                    noPermission("vault.seal"),
                    reader.call("VAULT.SEAL", "open:a").raw());
        }
    }

    private static String noPermission(String command) {
        return "-NOPERM this user has no permissions to run the '" + command + "' command\r\n";
    }

    @Test
    void clientsAuthenticateAsUsersOfTheFile() throws Exception {
        Path users = folder.resolve("users.acl");
        Files.writeString(users, "user default on >secret ~* &* +@all\nuser ann on >pw ~a* +@read +@connection\n");
        try (ServerProcess server = ServerProcess.start("--aclfile", users.toString())) {
            DefaultJedisClientConfig.Builder config = DefaultJedisClientConfig.builder();
            HostAndPort address = new HostAndPort("127.0.0.1", server.port());
            try (Jedis ann =
                            new Jedis(address, config.user("ann").password("pw").build());
                    Jedis admin = new Jedis(
                            address,
                            DefaultJedisClientConfig.builder()
                                    .password("secret")
                                    .build())) {
                assertEquals("ann", admin.aclUsers().get(0));
                assertEquals(null, ann.get("a"));
                assertThrows(JedisAccessControlException.class, () -> ann.get("b"));
                assertThrows(JedisAccessControlException.class, () -> ann.set("a", "v"));
                admin.aclSetUser("ann", "+set");
                assertEquals("OK", ann.set("a", "v"));
                admin.aclSave();
                assertTrue(Files.readString(users).contains(" -@all +@read +@connection +set\n"));
            }
            assertEquals("PONG", cli(server, "--user", "ann", "--pass", "pw", "PING"));
            assertEquals("NOAUTH Authentication required.", cli(server, "GET", "a"));
            assertEquals("v", cli(server, "-a", "secret", "GET", "a"));
            assertFalse(server.output().contains("secret"), server.output());
        }
    }

    private static String cli(ServerProcess server, String... words) throws Exception {
        List<String> command = new ArrayList<>(List.of("redis-cli", "--no-auth-warning", "-p", "" + server.port()));
        command.addAll(List.of(words));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        process.waitFor();
        return output.strip();
    }

    @Test
    void strangersMayOnlySendSmallRequests() throws Exception {
        try (ServerProcess server = ServerProcess.start("--requirepass", "pw")) {
            List<String> requests = List.of("*11\r\n", "*1\r\n$16385\r\n");
            List<String> replies = new ArrayList<>();
            for (String request : requests) {
                try (RawClient client = new RawClient(server.port())) {
                    client.send(request);
                    replies.add(client.read().raw() + client.read().raw());
                }
            }
            String closed = RawReply.CLOSED.raw();
            assertAll(
                    () -> assertEquals(
                            "-ERR Protocol error: unauthenticated multibulk length\r\n" + closed, replies.get(0)),
                    () -> assertEquals(
                            "-ERR Protocol error: unauthenticated bulk length\r\n" + closed, replies.get(1)));
            try (RawClient client = new RawClient(server.port())) {
                String large = "x".repeat(20_000);
                client.send(RawClient.encode(List.of("AUTH", "pw")) + RawClient.encode(List.of("SET", "k", large)));
                assertEquals("+OK\r\n", client.read().raw());
                assertEquals("+OK\r\n", client.read().raw());
            }
        }
    }

    @Test
    void usersStandInTheConfigurationFile() throws Exception {
        Path file = folder.resolve("redis.conf");
        Files.writeString(file, "requirepass pw\nuser ann on >secret ~* +get (~x +set)\n");
        try (ServerProcess server = ServerProcess.launch(Map.of(), file.toString(), "--port", "0")
                        .awaitReady();
                RawClient client = new RawClient(server.port())) {
            assertEquals("+OK\r\n", client.call("AUTH", "ann", "secret").raw());
            assertEquals("+OK\r\n", client.call("SET", "x", "v").raw());
            assertEquals(noPermission("del"), client.call("DEL", "x").raw());
            assertEquals("+OK\r\n", client.call("AUTH", "pw").raw());
        }
        Files.writeString(file, "port 0\nuser ann on >secret +nosuch\n");
        try (ServerProcess server = ServerProcess.launch(Map.of(), file.toString())) {
            assertEquals(1, server.exitCode());
            assertTrue(
                    server.errors().contains("redis.conf:2: Error in ACL SETUSER modifier '+nosuch'"), server.errors());
            assertFalse(server.errors().contains("secret"), server.errors());
        }
    }
}
