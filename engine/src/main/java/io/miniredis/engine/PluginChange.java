package io.miniredis.engine;

import io.miniredis.api.CommandContext;
import io.miniredis.api.CommandException;

/** What MODULE LOAD, UNLOAD and the like share: a change of the plugins, made off the I/O thread while the client waits. */
@FunctionalInterface
interface PluginChange {
    void of(Plugins plugins) throws PluginRefused;

    /**
     * Makes a change and answers OK, or an error that says why it cannot be made.
     *
     * @param what for the error: "Error ..."
     */
    static void make(CommandContext context, String what, PluginChange change) throws CommandException {
        Worker worker = Worker.of(context);
        checkAllowed(worker);
        context.offload(
                () -> {
                    try {
                        change.of(worker.engine.plugins());
                        return null;
                    } catch (PluginRefused e) {
                        throw new CommandException("ERR Error " + what + ": " + e.getMessage());
                    }
                },
                (later, args, reply, nothing) -> reply.ok());
    }

    private static void checkAllowed(Worker worker) throws CommandException {
        if (!worker.isAllowed("enable-module-command")) {
            throw new CommandException("ERR MODULE command not allowed. If the enable-module-command option is set to"
                    + " \"local\", you can run it from a local connection, otherwise you need to set this"
                    + " option in the configuration file, and then restart the server.");
        }
    }
}
