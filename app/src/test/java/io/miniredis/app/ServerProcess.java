package io.miniredis.app;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A server in a process of its own: the image, or a real Redis to compare with. Whatever a test waits for, it waits for at most
 * {@link #LIMIT_SECONDS}. Closing it stops the process.
 */
final class ServerProcess implements AutoCloseable {
    static final Path IMAGE = Path.of(System.getProperty("miniredis.image", "target/miniredis"));

    private static final long LIMIT_SECONDS = 60;
    private static final Pattern READY = Pattern.compile("Ready to accept connections(?:.*?(\\d+)\\D*)?$");

    private final Process process;
    private final Queue<String> output = new ConcurrentLinkedQueue<>();
    private final Queue<String> errors = new ConcurrentLinkedQueue<>();
    private final List<Thread> readers = new ArrayList<>();
    /** Done with the last number on the ready line, -1 if there is none; cancelled if the output ends before. */
    private final CompletableFuture<Integer> ready = new CompletableFuture<>();

    private int port;

    private ServerProcess(List<String> command, Map<String, String> environment) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().keySet().removeIf(name -> name.startsWith("MINIREDIS_") || name.startsWith("JAVA_TOOL_"));
        builder.environment().putAll(environment);
        process = builder.start();
        read(process.inputReader(UTF_8), output);
        read(process.errorReader(UTF_8), errors);
    }

    /** Starts the image with these options, and with these variables alone of those that it looks at; does not wait. */
    static ServerProcess launch(Map<String, String> environment, String... options) throws IOException {
        return launchFrom(IMAGE, environment, options);
    }

    /** The same, from a copy of the image. */
    static ServerProcess launchFrom(Path image, Map<String, String> environment, String... options) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(image.resolve("bin").resolve("miniredis").toString());
        command.addAll(List.of(options));
        return new ServerProcess(command, environment);
    }

    /** Starts the image on any free port of 127.0.0.1, and waits until it is ready. */
    static ServerProcess start(String... options) throws Exception {
        String[] all = new String[options.length + 2];
        System.arraycopy(options, 0, all, 2, options.length);
        all[0] = "--port";
        all[1] = "0";
        return launch(Map.of(), all).awaitReady();
    }

    /** Starts a real Redis on a free port of 127.0.0.1, and waits until it is ready. */
    static ServerProcess startRedis() throws Exception {
        return startRedis(Map.of());
    }

    /** The same, with these variables and more options. */
    static ServerProcess startRedis(Map<String, String> environment, String... options) throws Exception {
        for (int attempt = 1; ; attempt++) {
            int port = freePort();
            // What tests have it save does not lie about, nor is it loaded by the next one.
            String folder = Files.createTempDirectory(Path.of("target"), "redis")
                    .toAbsolutePath()
                    .toString();
            List<String> command = new ArrayList<>(List.of("redis-server", "--bind", "127.0.0.1", "--port", "" + port));
            command.addAll(List.of("--save", "", "--dir", folder));
            command.addAll(List.of(options));
            ServerProcess server = new ServerProcess(command, environment);
            try {
                server.awaitReady();
                server.port = port;
                return server;
            } catch (AssertionError e) {
                // Somebody else may have taken the port in between.
                if (attempt == 5) {
                    throw e;
                }
            }
        }
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private void read(BufferedReader from, Queue<String> to) {
        Thread reader = new Thread(() -> {
            try (from) {
                for (String line = from.readLine(); line != null; line = from.readLine()) {
                    to.add(line + "\n");
                    Matcher matcher = READY.matcher(line);
                    if (matcher.find()) {
                        ready.complete(matcher.group(1) == null ? -1 : Integer.parseInt(matcher.group(1)));
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } finally {
                if (to == output) {
                    ready.cancel(false);
                }
            }
        });
        reader.setDaemon(true);
        reader.start();
        readers.add(reader);
    }

    /** Waits for the line that says that the server is ready. */
    ServerProcess awaitReady() throws Exception {
        try {
            port = ready.get(LIMIT_SECONDS, TimeUnit.SECONDS);
            return this;
        } catch (ExecutionException | TimeoutException | CancellationException e) {
            close();
            throw new AssertionError("the server is not ready:\n" + output() + errors(), e);
        }
    }

    /** Waits for the process to end by itself. */
    int exitCode() throws InterruptedException {
        if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
            throw new AssertionError("the server did not end:\n" + output() + errors());
        }
        for (Thread reader : readers) {
            reader.join();
        }
        return process.exitValue();
    }

    /** Sends a signal, such as {@code INT}. */
    void signal(String name) throws Exception {
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .start()
                .waitFor();
    }

    /** Asks the process's JVM something, by a command of the JDK's tool of that name. */
    String jcmd(String command) throws Exception {
        Path tool = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        Process asked = new ProcessBuilder(tool.toString(), Long.toString(process.pid()), command)
                .redirectErrorStream(true)
                .start();
        String answer = new String(asked.getInputStream().readAllBytes(), UTF_8);
        if (asked.waitFor() != 0) {
            throw new AssertionError(answer);
        }
        return answer;
    }

    /** Sends a signal as soon as something is so; fails if the process ends before. */
    void signalWhen(Callable<Boolean> condition, String name) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
        while (!condition.call()) {
            if (process.waitFor(10, TimeUnit.MILLISECONDS) || System.nanoTime() - deadline > 0) {
                close();
                throw new AssertionError("the server did not get there:\n" + output() + errors());
            }
        }
        signal(name);
    }

    /** The port that it listens on. */
    int port() {
        return port;
    }

    /** What it has written to standard output so far; all of it once {@link #exitCode} has returned. */
    String output() {
        return String.join("", output);
    }

    /** The same of standard error. */
    String errors() {
        return String.join("", errors);
    }

    @Override
    public void close() {
        process.toHandle().destroy(); // Process.destroy would close what it says under the hands of its readers
        try {
            if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
