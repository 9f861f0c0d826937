package io.miniredis.engine;

import java.util.Set;
import java.util.concurrent.TimeUnit;

/** What INFO says of plugins: what they cost, in the section of modules, and what they say themselves, in sections of their own. */
final class PluginInfo {
    private final Worker worker;
    private final Engine engine;
    private final StringBuilder text;

    PluginInfo(Worker worker, StringBuilder text) {
        this.worker = worker;
        this.text = text;
        engine = worker.engine;
    }

    /** A line for each plugin, and for each that was unloaded and whose classes are still there. */
    void modules() {
        engine.plugins().installed().forEach(this::costs);
        engine.plugins().unloaded().forEach(this::unloaded);
    }

    private void costs(InstalledPlugin plugin) {
        Metrics.Plugin costs = Metrics.Plugin.of(engine, plugin, worker.locks);
        PluginServices services = plugin.services();
        text.append("plugin_").append(plugin.name());
        text.append(":calls=").append(costs.calls());
        text.append(",errors=").append(costs.errors());
        text.append(",rejected=").append(costs.rejected());
        text.append(",usec=").append(TimeUnit.NANOSECONDS.toMicros(costs.nanos()));
        text.append(",longest_usec=").append(TimeUnit.NANOSECONDS.toMicros(costs.longestNanos()));
        text.append(",bytes=").append(costs.bytes());
        text.append(",failed_tasks=").append(services.failedTasks());
        text.append(",failed_listeners=").append(services.failedListeners());
        text.append(",failed_infos=").append(services.failedInfos()).append("\r\n");
    }

    private void unloaded(Plugins.Unloaded gone) {
        text.append("plugin_unloaded:name=").append(gone.name());
        text.append(",ver=").append(gone.version());
        text.append(",held_by=").append(String.join("|", Plugins.holders(gone))).append("\r\n");
    }

    /** The sections that plugins add; all of them, or those of certain names. */
    void sections(boolean all, Set<String> names) {
        worker.locks.releaseAll(); // what plugins do then holds nobody up
        engine.plugins()
                .installed()
                .forEach(plugin -> plugin.services().infoSections().writeTo(text, all ? null : names));
    }
}
