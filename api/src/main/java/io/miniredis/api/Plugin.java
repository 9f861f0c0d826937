package io.miniredis.api;

import io.miniredis.api.eviction.EvictionPolicy;
import java.util.Collection;
import java.util.List;

/**
 * An optional entry point of a plugin that needs more than providers of single services: work at start and stop, configuration,
 * threads, or commands, types and policies made at run time. A provider of this service is started before its commands can be called,
 * and stopped when the plugin is unloaded or the server stops.
 *
 * <p>The server calls its methods one at a time, on a thread that serves no client, so they may take a while.
 */
public interface Plugin {

    /**
     * Called once, before the plugin's commands can be called.
     *
     * @param context what the server offers, until {@link #stop}
     * @throws Exception to refuse; the plugin is then not loaded, and whoever asked for it is told the reason
     */
    default void start(PluginContext context) throws Exception {}

    /**
     * Called once, when no command of the plugin can be called any more.
     *
     * @throws Exception is logged
     */
    default void stop() throws Exception {}

    /**
     * Commands beside those that are declared as services. Asked for once, before {@link #start}.
     *
     * @return their handlers
     */
    default Collection<CommandHandler> commands() {
        return List.of();
    }

    /**
     * Value types beside those that are declared as services. Asked for once, before {@link #start}.
     *
     * @return the types
     */
    default Collection<ValueType<?>> types() {
        return List.of();
    }

    /**
     * Eviction policies beside those that are declared as services. Asked for once, before {@link #start}.
     *
     * @return the policies
     */
    default Collection<EvictionPolicy> evictionPolicies() {
        return List.of();
    }
}
