package io.miniredis.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Checks that a plugin's jar can be loaded into a server that works, and leaves nothing behind when it is unloaded.
 *
 * <pre>
 *   JarCheck.of(Path.of("target", "hello-1.0.jar"))
 *           .runs("DEMO.HELLO", "World").answers("'Hello, World'")
 *           .verify();
 * </pre>
 *
 * <ul>
 *   <li>{@code MODULE LOAD} accepts it;
 *   <li>its commands run;
 *   <li>after {@code MODULE UNLOAD} they are unknown, and the plugin's classes are collected as garbage: no thread, no static field of
 *       the JDK, no other library holds on to them;
 *   <li>it can be loaded and unloaded once more.
 * </ul>
 *
 * <p>This happens in a JVM of its own, which has the server's modules from the module path or class path of the tests and nothing else of it;
 * so it does not matter that the plugin's classes are there. What is wrong is thrown as an {@link AssertionError} whose message
 * begins with the jar's name. Not thread-safe.
 */
public final class JarCheck {
    /** How often garbage is collected before classes count as held. */
    private static final int COLLECTIONS = 20;

    private final Path jar;
    private final Map<String, String> directives = new LinkedHashMap<>(Map.of("enable-module-command", "yes"));
    private final List<Run> runs = new ArrayList<>();
    private List<String> arguments = List.of();

    /** A command, and what it answers; null if anything but an error will do. */
    private record Run(List<String> command, boolean isOfPlugin, String answer) {
        @Override
        public String toString() {
            return String.join(" ", command);
        }
    }

    private JarCheck(Path jar) {
        this.jar = jar;
    }

    /**
     * Begins the check of a jar.
     *
     * @param jar a jar, or a folder with a jar and those that it needs
     * @return a check that runs no commands
     */
    public static JarCheck of(Path jar) {
        return new JarCheck(jar);
    }

    /**
     * Sets a directive of the server.
     *
     * @param directive its name
     * @param value its value, as in a configuration file
     * @return this check
     */
    public JarCheck set(String directive, String value) {
        directives.put(directive, value);
        return this;
    }

    /**
     * Says what the plugin is loaded with.
     *
     * @param args what follows the path in {@code MODULE LOAD}
     * @return this check
     */
    public JarCheck arguments(String... args) {
        arguments = List.of(args);
        return this;
    }

    /**
     * Adds a command of the plugin to be run. It must not be refused.
     *
     * @param command its name and arguments
     * @return this check
     */
    public JarCheck runs(String... command) {
        runs.add(new Run(List.of(command), true, null));
        return this;
    }

    /**
     * Adds a command of the server to be run, in its turn: one that chooses the plugin's eviction policy, say. It must not be refused.
     *
     * @param command its name and arguments
     * @return this check
     */
    public JarCheck sends(String... command) {
        runs.add(new Run(List.of(command), false, null));
        return this;
    }

    /**
     * Says what the last command answers in RESP2; anything but an error will do, if this is not called.
     *
     * @param reply the reply, as {@link TestClient} shows it
     * @return this check
     */
    public JarCheck answers(String reply) {
        if (runs.isEmpty()) {
            throw new IllegalStateException("there is no command yet that this could be about");
        }
        int last = runs.size() - 1;
        runs.set(last, new Run(runs.get(last).command, runs.get(last).isOfPlugin, reply));
        return this;
    }

    /**
     * Runs the check. Takes a second or two.
     *
     * @throws AssertionError that says what is wrong
     * @throws UncheckedIOException if the jar cannot be read or copied, or no JVM can be started
     */
    public void verify() {
        String failure = JarCheckProcess.run(this::writeTo);
        if (!failure.isEmpty()) {
            throw new AssertionError(failure);
        }
    }

    /** As {@link #verify}, in this JVM, which has the server on its module path, and not the plugin. */
    void verifyHere() {
        Path folder = null;
        try {
            folder = Files.createTempDirectory("miniredis-jar-check");
            TestServer.Setup setup = TestServer.setup().plugins(folder);
            directives.forEach(setup::set);
            try (TestServer server = setup.start()) {
                copy(jar, folder.resolve(jar.getFileName())); // not before, or it would be loaded at the start
                check(server);
                check(server);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(jar + " cannot be copied", e);
        } finally {
            delete(folder);
        }
    }

    private void writeTo(DataOutput out) throws IOException {
        out.writeUTF(jar.toAbsolutePath().toString());
        write(out, arguments);
        write(out, new ArrayList<>(directives.keySet()));
        write(out, new ArrayList<>(directives.values()));
        out.writeInt(runs.size());
        for (Run run : runs) {
            write(out, run.command);
            out.writeBoolean(run.isOfPlugin);
            out.writeBoolean(run.answer != null);
            out.writeUTF(run.answer == null ? "" : run.answer);
        }
    }

    private static void write(DataOutput out, List<String> texts) throws IOException {
        out.writeInt(texts.size());
        for (String text : texts) {
            out.writeUTF(text);
        }
    }

    /** What {@link #writeTo} wrote. */
    static JarCheck readFrom(DataInput in) throws IOException {
        JarCheck check = new JarCheck(Path.of(in.readUTF()));
        check.arguments = read(in);
        List<String> names = read(in);
        List<String> values = read(in);
        for (int i = 0; i < names.size(); i++) {
            check.set(names.get(i), values.get(i));
        }
        for (int left = in.readInt(); left > 0; left--) {
            List<String> command = read(in);
            boolean isOfPlugin = in.readBoolean();
            boolean hasAnswer = in.readBoolean();
            String answer = in.readUTF();
            check.runs.add(new Run(command, isOfPlugin, hasAnswer ? answer : null));
        }
        return check;
    }

    private static List<String> read(DataInput in) throws IOException {
        List<String> texts = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            texts.add(in.readUTF());
        }
        return texts;
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
    }

    static void delete(Path folder) {
        if (folder == null) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : (Iterable<Path>) files.sorted(Comparator.reverseOrder())::iterator) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(folder + " cannot be deleted", e);
        }
    }

    private void check(TestServer server) {
        try (TestClient client = server.connect()) {
            load(client);
            String name = nameOfOnly(client);
            runs.forEach(run -> check(client, run));
            expectOk("be unloaded", send(client, "MODULE", "UNLOAD", name));
            runs.stream().filter(Run::isOfPlugin).forEach(run -> checkUnknown(client, run));
            expectOk("be followed by FLUSHALL", client.send("FLUSHALL"));
        }
        checkCollected(server);
    }

    private void load(TestClient client) {
        List<String> command = new ArrayList<>(
                List.of("MODULE", "LOAD", bytes(jar.getFileName().toString())));
        command.addAll(arguments);
        expectOk("be loaded", send(client, command.toArray(new String[0])));
    }

    /** As the client takes text: each byte a character. */
    private static String bytes(String text) {
        return new String(text.getBytes(UTF_8), ISO_8859_1);
    }

    /** Commands may have work offloaded. */
    private static String send(TestClient client, String... command) {
        String reply = client.send(command);
        return reply.equals(TestClient.WAITING) ? client.await() : reply;
    }

    private void expectOk(String what, String reply) {
        if (!reply.equals("+OK")) {
            fail("cannot " + what + ": " + reply);
        }
    }

    private static String nameOfOnly(TestClient client) {
        ReplyValue list = ReplyValue.ofOne(client.exchange(TestClient.request("MODULE", "LIST")));
        return list.values().get(0).values().get(1).text();
    }

    private void check(TestClient client, Run run) {
        String reply = send(client, run.command.toArray(new String[0]));
        if (reply.startsWith("-") && run.answer == null) {
            fail(run + " is refused: " + reply);
        }
        if (run.answer != null && !run.answer.equals(reply)) {
            fail(run + " answers " + reply + ", not " + run.answer);
        }
    }

    private void checkUnknown(TestClient client, Run run) {
        String reply = client.send(run.command.toArray(new String[0]));
        if (!reply.startsWith("-ERR unknown command")) {
            fail(run + " is no command of this plugin: without it the answer is " + reply);
        }
    }

    private void checkCollected(TestServer server) {
        List<String> remainders = server.remainders();
        for (int i = 0; i < COLLECTIONS && !remainders.isEmpty(); i++) {
            System.gc();
            remainders = server.remainders();
        }
        if (!remainders.isEmpty()) {
            fail("its classes stay in memory when it is unloaded: " + String.join("; ", remainders));
        }
    }

    private void fail(String what) {
        throw new AssertionError(jar.getFileName() + ": " + what);
    }
}
