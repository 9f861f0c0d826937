package io.miniredis.engine;

import java.util.List;

/**
 * A plugin at work.
 *
 * @param found what it provides
 * @param given with what it was loaded
 * @param services what the server offers to it
 * @param commands its commands, in the command table
 */
record InstalledPlugin(PluginLoader.Found found, Plugins.Given given, PluginServices services, List<Command> commands) {
    String name() {
        return found.name();
    }
}
