package io.miniredis.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A server at work: a process of ours on a free port of this machine, in an empty folder of its own. Closing it ends the process;
 * so does the end of this program, however it comes.
 */
final class Server implements AutoCloseable {
    private static final int START_MILLIS = 60_000;
    private static final Set<Server> RUNNING = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> RUNNING.forEach(Server::close)));
    }

    private final ServerSpec spec;
    private final int port;
    private final Path folder;
    private final ProcessTree processes;
    /** From the start of the process to its first PONG. */
    private final long startNanos;

    private Server(ServerSpec spec, int port, Path folder, Process process, long begunNanos) {
        this.spec = spec;
        this.port = port;
        this.folder = folder;
        processes = new ProcessTree(process);
        RUNNING.add(this);
        awaitPong();
        startNanos = System.nanoTime() - begunNanos;
    }

    /**
     * Starts a server and waits until it answers.
     *
     * @param prefix words before the command, such as those that pin it to a core
     * @param environment variables to add
     */
    static Server start(ServerSpec spec, List<String> prefix, Map<String, String> environment) {
        try {
            int port = freePort();
            Path folder = Files.createTempDirectory("bench-");
            List<String> command = new ArrayList<>(prefix);
            command.addAll(spec.commandOn(port));
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("output").toFile());
            builder.environment().putAll(environment);
            long begun = System.nanoTime();
            Process process = builder.start();
            process.getOutputStream().close();
            return new Server(spec, port, folder, process, begun);
        } catch (IOException e) {
            throw new BenchFailure("cannot start " + spec.name(), e);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private void awaitPong() {
        long deadline = System.nanoTime() + START_MILLIS * 1_000_000L;
        while (System.nanoTime() < deadline && processes.isAlive()) {
            try (RespClient client = new RespClient(port)) {
                if ("PONG".equals(client.call("PING"))) {
                    return;
                }
            } catch (IOException e) {
                Tools.sleep(1);
            }
        }
        String output = output();
        close();
        throw new BenchFailure(spec.name() + " does not answer. It said: " + output);
    }

    private String output() {
        try {
            return Files.readString(folder.resolve("output")).strip();
        } catch (IOException e) {
            return "(" + e.getMessage() + ")";
        }
    }

    String name() {
        return spec.name();
    }

    int port() {
        return port;
    }

    long startNanos() {
        return startNanos;
    }

    ProcessTree processes() {
        return processes;
    }

    /** A new connection to it. */
    RespClient connect() {
        try {
            return new RespClient(port);
        } catch (IOException e) {
            throw new BenchFailure("cannot connect to " + name(), e);
        }
    }

    /** Something done by a client of its own. */
    interface Work<T> {
        /** Does it. */
        T with(RespClient client) throws IOException;
    }

    /** Something done by a client of its own, of which nothing comes. */
    interface Task {
        /** Does it. */
        void with(RespClient client) throws IOException;
    }

    /** Does something on a connection of its own, of which nothing comes. */
    void tell(Task task) {
        ask(client -> {
            task.with(client);
            return null;
        });
    }

    /** Does something on a connection of its own. */
    <T> T ask(Work<T> work) {
        try (RespClient client = connect()) {
            return work.with(client);
        } catch (IOException e) {
            throw new BenchFailure(name() + " failed", e);
        }
    }

    /** What it is: product, version and Java, as far as it says. */
    String description() {
        return ask(client -> {
            Map<String, String> info = client.info();
            StringBuilder text = new StringBuilder(name()).append(" is ");
            if (info.containsKey("miniredis_version")) {
                text.append("miniRedis ").append(info.get("miniredis_version"));
            } else if (info.containsKey("valkey_version")) {
                text.append("Valkey ").append(info.get("valkey_version"));
            } else {
                text.append("Redis ").append(info.getOrDefault("redis_version", "of unknown version"));
            }
            if (info.containsKey("java_version")) {
                text.append(" on Java ").append(info.get("java_version"));
            }
            return text.toString();
        });
    }

    @Override
    public void close() {
        processes.stop();
        RUNNING.remove(this);
        Tools.deleteFolder(folder);
    }
}
