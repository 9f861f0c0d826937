package io.miniredis.engine;

import io.miniredis.api.PluginContext;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** What the server offers to one plugin, until it is stopped. Thread-safe. */
final class PluginServices implements PluginContext {
    /** How many threads a plugin has at most, and how many tasks may wait for one. */
    private static final int THREADS = 4;

    private static final int QUEUED_TASKS = 1024;

    private static final long IDLE_SECONDS = 10;
    private static final long STOP_SECONDS = 2;

    private final String name;
    private final String version;
    private final List<String> arguments;
    private final Map<String, String> configuration;
    private final System.Logger logger;
    private final ThreadPoolExecutor executor;

    /** @param loader the plugin's class loader, in which its threads look for classes */
    PluginServices(
            String name,
            String version,
            ClassLoader loader,
            List<String> arguments,
            Map<String, String> configuration) {
        this.name = name;
        this.version = version;
        this.arguments = List.copyOf(arguments);
        this.configuration = Map.copyOf(configuration);
        logger = new PluginLogger(name);
        executor = threads(name, loader, THREADS, QUEUED_TASKS);
    }

    /** A pool of daemon threads that end when they have nothing to do. */
    static ThreadPoolExecutor threads(String name, ClassLoader loader, int most, int queuedTasks) {
        AtomicInteger number = new AtomicInteger();
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                most, most, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(queuedTasks), task -> {
                    Thread thread = new Thread(task, "plugin-" + name + "-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    thread.setContextClassLoader(loader);
                    return thread;
                });
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    /** Ends the plugin's threads, interrupting them if they take long. */
    void stop() {
        executor.shutdown();
        try {
            if (!executor.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
                executor.shutdownNow();
                executor.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            executor.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String version() {
        return version;
    }

    @Override
    public List<String> arguments() {
        return arguments;
    }

    @Override
    public Map<String, String> configuration() {
        return configuration;
    }

    @Override
    public System.Logger logger() {
        return logger;
    }

    @Override
    public Executor executor() {
        return executor;
    }
}
