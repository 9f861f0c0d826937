package io.miniredis.engine;

import java.util.Comparator;
import java.util.TreeSet;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * What plugins have done every so often. A thread, which there is only when there is something to be done, hands over what is due to
 * the plugin's own threads. All fields are guarded by this object's monitor, within which nothing else is locked and no plugin is called.
 */
final class Schedule implements Runnable {
    private final Ticker ticker;

    /** Those that do not run. */
    private final TreeSet<Task> waiting = new TreeSet<>(
            Comparator.comparingLong((Task task) -> task.dueNanos).thenComparingLong(task -> task.number));

    /** Whether there may be a thread; without one, {@link #runDue} is called by who moves the clock. */
    private boolean started;

    private Thread thread;
    private long tasks;
    /** How many have been handed over and not ended. */
    private int running;

    /** Something to be done, again and again, but never twice at a time. */
    final class Task {
        private final PluginServices plugin;
        private final Runnable work;
        private final long periodNanos;
        private final long number;
        private long dueNanos;
        private boolean cancelled;

        private Task(PluginServices plugin, Runnable work, long periodNanos, long number) {
            this.plugin = plugin;
            this.work = work;
            this.periodNanos = periodNanos;
            this.number = number;
        }

        /** Has it run no more. */
        void cancel() {
            synchronized (Schedule.this) {
                cancelled = true;
                waiting.remove(this);
            }
        }

        private void run() {
            try {
                work.run();
            } catch (Throwable e) { // a plugin may throw anything
                plugin.taskFailed(e);
            } finally {
                ended(this);
            }
        }
    }

    Schedule(Ticker ticker) {
        this.ticker = ticker;
    }

    /** Has work done for the first time when a period has passed. */
    synchronized Task add(PluginServices plugin, Runnable work, long periodNanos) {
        Task task = new Task(plugin, work, periodNanos, tasks++);
        await(task, ticker.nanos());
        return task;
    }

    private void await(Task task, long sinceNanos) {
        task.dueNanos = sinceNanos + task.periodNanos;
        waiting.add(task);
        startThread();
        notifyAll();
    }

    /** Lets time alone decide when tasks run. */
    synchronized void start() {
        started = true;
        startThread();
    }

    private void startThread() {
        if (started && thread == null && !waiting.isEmpty()) {
            thread = new Thread(this, "miniredis-tasks");
            thread.setDaemon(true);
            thread.start();
        }
    }

    synchronized void stop() {
        started = false;
        if (thread != null) {
            thread.interrupt();
        }
    }

    /** Runs what is due, until it is interrupted. */
    @Override
    public void run() {
        try {
            while (true) {
                awaitDue();
                runDue();
            }
        } catch (InterruptedException stopped) {
            // so it ends
        }
    }

    private synchronized void awaitDue() throws InterruptedException {
        for (long millis = millisLeft(); millis > 0; millis = millisLeft()) {
            wait(millis);
        }
    }

    /** Until the first is due, rounded up; 0 if it is. */
    private long millisLeft() {
        if (waiting.isEmpty()) {
            return Long.MAX_VALUE;
        }
        long nanos = waiting.first().dueNanos - ticker.nanos();
        return nanos <= 0 ? 0 : (nanos - 1) / 1_000_000 + 1;
    }

    /** Hands over what is due. */
    void runDue() {
        for (Task task = takeDue(); task != null; task = takeDue()) {
            try {
                task.plugin.executor().execute(task::run);
            } catch (RejectedExecutionException e) {
                task.plugin.taskFailed(e);
                ended(task);
            }
        }
    }

    private synchronized Task takeDue() {
        if (waiting.isEmpty() || waiting.first().dueNanos - ticker.nanos() > 0) {
            return null;
        }
        Task task = waiting.pollFirst();
        task.dueNanos = ticker.nanos();
        running++;
        return task;
    }

    /** The next run is due a period after this one was. If it took longer than that, at once. */
    private synchronized void ended(Task task) {
        running--;
        if (!task.cancelled) {
            await(task, task.dueNanos);
        }
        notifyAll();
    }

    /**
     * Waits until what was handed over has ended.
     *
     * @return whether it has
     */
    synchronized boolean awaitEnded(long millis) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        while (running > 0) {
            long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            if (left <= 0) {
                return false;
            }
            wait(left);
        }
        return true;
    }
}
