package io.miniredis.api;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * What the server offers to a plugin as a whole, from {@link Plugin#start} until {@link Plugin#stop}. Made by the server, one for
 * each plugin. Thread-safe.
 */
public interface PluginContext {

    /**
     * The plugin's name: that of its main module.
     *
     * @return as MODULE LIST shows it
     */
    String name();

    /**
     * The plugin's version: that of its main module.
     *
     * @return empty if the module has none
     */
    String version();

    /**
     * What follows the path in {@code MODULE LOAD}, or {@code ARGS} in {@code MODULE LOADEX}, or the jar in the directive
     * {@code loadmodule}.
     *
     * @return the arguments in their order, immutable
     */
    List<String> arguments();

    /**
     * What was configured: the pairs after {@code CONFIG} in {@code MODULE LOADEX}, and the directives that begin with the plugin's
     * name and a dot.
     *
     * @return values by name, without the plugin's name in front, immutable; names from a configuration file are in lower case
     */
    Map<String, String> configuration();

    /**
     * Where the plugin writes what an operator should read. It goes to the server's log under the plugin's name.
     *
     * @return a logger, the same at every call
     */
    System.Logger logger();

    /**
     * Threads of the plugin's own, for work that must not keep the server's I/O threads: a few, each a daemon, with a bounded queue of
     * tasks before them. They end with the plugin. What they run has no keyspace; for that see {@link CommandContext#offload}.
     *
     * @return an executor whose {@code execute} throws {@link java.util.concurrent.RejectedExecutionException} when its queue is
     *     full or the plugin has stopped
     */
    Executor executor();

    /**
     * Has something done every so often on one of the plugin's {@linkplain #executor threads}, for the first time when a period has
     * passed. It never runs twice at a time: the next run begins a period after this one began, or as soon as this one has ended if
     * that is later. What was missed is not made up for. A task that throws is logged and counted, and runs again all the same; so
     * is one for which the executor's queue has no room. Tasks end with the plugin; one that runs then is waited for a moment, and
     * interrupted.
     *
     * @param period the time between the beginnings of two runs, counted in milliseconds rounded up
     * @param task what is to be done; it has no keyspace
     * @return to be closed to end it; a run that is under way goes on
     * @throws IllegalArgumentException if the period is not positive
     * @throws IllegalStateException if the plugin has stopped
     */
    Registration every(Duration period, Runnable task);

    /**
     * Adds a section to INFO, as Redis's modules do: {@code INFO everything}, {@code INFO modules} and {@code INFO} with the plugin's
     * name or the section's full name show it, with the plugin's name and {@code _} before the section's name and before each field.
     *
     * <p>The fields are asked for by the threads that run INFO, several at a time perhaps; they should be at hand. If that fails, the
     * section is left out, which is logged and counted. Line breaks become {@code _}.
     *
     * @param section letters, digits, and any of {@code _ . -}; empty for a section called as the plugin alone
     * @param fields values by name, shown in the map's order as {@link String#valueOf(Object)} shows them
     * @return to be closed to remove it
     * @throws IllegalArgumentException if the name has other characters
     * @throws IllegalStateException if the plugin has stopped
     */
    Registration info(String section, Supplier<? extends Map<String, ?>> fields);

    /**
     * Has a listener hear of all changes to keys from the moment on that the plugin's commands can be called, or from now on if they
     * can already. It hears of no more once the plugin is unloaded. While nobody listens, nothing is spent on events; each listener
     * adds its own time to each command that changes keys.
     *
     * @param listener hears of them on the threads that change keys
     * @return to be closed to hear no more; a call that is under way on another thread may end after that
     * @throws IllegalStateException if the plugin has stopped
     */
    Registration listen(KeyspaceListener listener);
}
