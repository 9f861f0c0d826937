package io.miniredis.api;

import java.util.Collection;
import java.util.List;

/**
 * An optional entry point of a plugin that needs more than a list of handlers: commands made at run time, work at start and
 * stop. A provider of this service is started before its commands can be called, and stopped when the server stops.
 */
public interface Plugin {

    /**
     * Called once, before the plugin's commands can be called.
     *
     * @throws Exception to refuse; the plugin is then not loaded and the log names the reason
     */
    default void start() throws Exception {}

    /**
     * Called once, when no command of the plugin can be called any more.
     *
     * @throws Exception is logged
     */
    default void stop() throws Exception {}

    /**
     * Commands beside those that are declared as services.
     *
     * @return their handlers
     */
    default Collection<CommandHandler> commands() {
        return List.of();
    }
}
