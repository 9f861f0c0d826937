package io.miniredis.engine;

import io.miniredis.api.KeyspaceListener;
import io.miniredis.api.PluginContext;
import io.miniredis.api.Registration;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the server offers to one plugin, until it is stopped. Thread-safe. */
final class PluginServices implements PluginContext {
    private static final Logger LOG = LoggerFactory.getLogger(PluginServices.class);

    /** How many threads a plugin has at most, and how many tasks may wait for one. */
    private static final int THREADS = 4;

    private static final int QUEUED_TASKS = 1024;

    private static final long NANOS_PER_MILLI = 1_000_000;

    private static final long IDLE_SECONDS = 10;
    private static final long STOP_SECONDS = 2;

    private final String name;
    private final String version;
    private final List<String> arguments;
    private final Map<String, String> configuration;
    private final System.Logger logger;
    private final ThreadPoolExecutor executor;
    private final Engine engine;
    private final Listeners listeners;
    private final List<Listeners.Listener> ownListeners = new ArrayList<>();
    private final List<Schedule.Task> tasks = new ArrayList<>();
    private final AtomicLong failedTasks = new AtomicLong();
    private final AtomicLong failedListeners = new AtomicLong();
    private final InfoSections infoSections = new InfoSections(this);
    private final AtomicLong failedInfos = new AtomicLong();
    private Stage stage = Stage.STARTING;

    /** Where a plugin is in its life. */
    private enum Stage {
        STARTING,
        AT_WORK,
        ENDED
    }

    /** @param loader the plugin's class loader, in which its threads look for classes */
    PluginServices(
            Engine engine,
            String name,
            String version,
            ClassLoader loader,
            List<String> arguments,
            Map<String, String> configuration) {
        this.engine = engine;
        listeners = engine.listeners();
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

    /** Lets the plugin hear of changes to keys, now that its commands can be called. */
    synchronized void begin() {
        stage = Stage.AT_WORK;
        ownListeners.forEach(listeners::add);
    }

    /** Takes back what was arranged, now that the plugin's commands can be called no more. Under all locks, so that no listener runs. */
    synchronized void end() {
        stage = Stage.ENDED;
        ownListeners.forEach(listeners::remove);
        ownListeners.clear();
        tasks.forEach(Schedule.Task::cancel);
        tasks.clear();
        infoSections.clear();
    }

    @Override
    public synchronized Registration info(String section, Supplier<? extends Map<String, ?>> fields) {
        checkNotEnded();
        return infoSections.add(section, Objects.requireNonNull(fields));
    }

    InfoSections infoSections() {
        return infoSections;
    }

    /** Notes what went wrong when INFO asked the plugin. */
    void infoFailed(Throwable e) {
        failed("section of INFO", failedInfos.incrementAndGet(), e);
    }

    long failedInfos() {
        return failedInfos.get();
    }

    @Override
    public synchronized Registration every(Duration period, Runnable task) {
        if (period.isNegative() || period.isZero()) {
            throw new IllegalArgumentException("a period of " + period);
        }
        checkNotEnded();
        Schedule.Task added = engine.schedule().add(this, Objects.requireNonNull(task), nanos(period));
        tasks.add(added);
        return () -> cancel(added);
    }

    private synchronized void cancel(Schedule.Task task) {
        tasks.remove(task);
        task.cancel();
    }

    /** In whole milliseconds, up to a time that nobody lives to see. */
    private static long nanos(Duration period) {
        Duration most = Duration.ofNanos(Long.MAX_VALUE / 4);
        long nanos = (period.compareTo(most) > 0 ? most : period).toNanos();
        return (nanos + NANOS_PER_MILLI - 1) / NANOS_PER_MILLI * NANOS_PER_MILLI;
    }

    /** Notes what a periodic task threw, or why it could not run. */
    void taskFailed(Throwable e) {
        failed("periodic task", failedTasks.incrementAndGet(), e);
    }

    long failedTasks() {
        return failedTasks.get();
    }

    @Override
    public synchronized Registration listen(KeyspaceListener listener) {
        checkNotEnded();
        Listeners.Listener own = new Listeners.Listener(Objects.requireNonNull(listener), this::listenerFailed);
        ownListeners.add(own);
        if (stage == Stage.AT_WORK) {
            listeners.add(own);
        }
        return () -> ignore(own);
    }

    private synchronized void ignore(Listeners.Listener own) {
        ownListeners.remove(own);
        listeners.remove(own);
    }

    private void checkNotEnded() {
        if (stage == Stage.ENDED) {
            throw new IllegalStateException("the plugin " + name + " has stopped");
        }
    }

    /** Notes what a listener threw. */
    void listenerFailed(Throwable e) {
        failed("listener of changes to keys", failedListeners.incrementAndGet(), e);
    }

    long failedListeners() {
        return failedListeners.get();
    }

    /** Says in the log that something failed the first time, the second, the fourth and so on, lest it fill the disk. */
    private void failed(String what, long times, Throwable e) {
        if (Long.bitCount(times) == 1) {
            LOG.error("A {} of plugin {} failed, {} times so far", what, name, times, e);
        }
    }

    /** Ends the plugin's threads, interrupting them if they take long. */
    void stop() {
        end();
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
