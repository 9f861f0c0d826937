package io.miniredis.engine;

import io.miniredis.api.CommandHandler;
import io.miniredis.api.Plugin;
import io.miniredis.api.ValueType;
import io.miniredis.api.eviction.EvictionPolicy;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The plugins that are loaded: takes them in, lets them go and exchanges them for others while the server works. Each change happens as a
 * whole, under all locks, or not at all; whatever can be refused is refused before. One change at a time, on a thread that serves no
 * client; the list may be read by any.
 */
final class Plugins {
    private static final Logger LOG = LoggerFactory.getLogger(Plugins.class);

    /** How long a plugin's commands may take to end when it is unloaded. */
    private static final long RUNS_MILLIS = 10_000;

    /** After how many keys others may have the lock. */
    private static final int KEYS_AT_A_TIME = 256;

    private final Engine engine;
    private final Staging staging = new Staging();
    private final PluginLoader loader = new PluginLoader(staging);
    private final ShardLocks locks;
    private final List<InstalledPlugin> installed = new CopyOnWriteArrayList<>();
    private final List<Unloaded> unloaded = new CopyOnWriteArrayList<>();

    /** Where plugins lie. */
    private Path folder = Path.of("");

    /** What a plugin is given when it is loaded. */
    record Given(Map<String, String> configuration, List<String> arguments) {
        static final Given NOTHING = new Given(Map.of(), List.of());
    }

    /** A plugin that is gone, but whose classes may not be. */
    record Unloaded(String name, String version, WeakReference<ClassLoader> loader) {}

    Plugins(Engine engine) {
        this.engine = engine;
        locks = engine.databases().newLocks();
    }

    /** Those that are loaded, in the order in which they were. */
    List<InstalledPlugin> installed() {
        return installed;
    }

    /** Those that were unloaded and whose class loader is not collected yet. */
    List<Unloaded> unloaded() {
        return unloaded;
    }

    /** Loads all that is in a folder, in the order of names. A folder that does not exist holds nothing. */
    synchronized void loadAll(Path newFolder) {
        folder = newFolder;
        for (Path source : candidates(newFolder)) {
            try {
                install(loader.load(source), engine.pluginConfiguration().atStart(source));
            } catch (Throwable e) { // a plugin may throw anything
                LOG.error("Plugin {} is not loaded: {}", source, PluginLoader.reason(e));
            }
        }
        engine.pluginConfiguration().unheard(installed).forEach(LOG::warn);
    }

    private static List<Path> candidates(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(entry -> Staging.isJar(entry) || Files.isDirectory(entry))
                    .sorted()
                    .collect(Collectors.toList());
        } catch (IOException e) {
            LOG.error("The plugins folder {} cannot be read: {}", folder, PluginLoader.reason(e));
            return List.of();
        }
    }

    /**
     * Loads a plugin.
     *
     * @param path of a jar or folder in the plugins folder
     * @throws PluginRefused with the reason; nothing has changed
     */
    synchronized void load(String path, Given given) throws PluginRefused {
        Path source = inFolder(path);
        try {
            install(loader.load(source), given);
        } catch (Throwable e) { // a plugin may throw anything
            LOG.error("Plugin {} is not loaded: {}", source, PluginLoader.reason(e));
            throw new PluginRefused(PluginLoader.reason(e), e);
        }
    }

    /** Only what lies in the plugins folder may be loaded, however it is spelled. */
    private Path inFolder(String path) throws PluginRefused {
        try {
            Path home = folder.toRealPath();
            Path source = home.resolve(path).toRealPath();
            if (!home.equals(source.getParent())) {
                throw new PluginRefused("it is not in the plugins folder " + folder, null);
            }
            if (!Staging.isJar(source) && !Files.isDirectory(source)) {
                throw new PluginRefused("it is neither a jar nor a folder", null);
            }
            return folder.resolve(source.getFileName());
        } catch (IOException | InvalidPathException e) {
            throw new PluginRefused("there is no such file in the plugins folder " + folder, e);
        }
    }

    /** Takes a plugin in. Throws whatever the plugin does; then nothing has changed. */
    synchronized InstalledPlugin install(PluginLoader.Found found, Given given) throws Exception {
        for (InstalledPlugin other : installed) {
            if (other.name().equals(found.name())) {
                throw new IllegalArgumentException("a plugin of the name " + found.name() + " is loaded already, from "
                        + other.found().source());
            }
        }
        InstalledPlugin plugin =
                exchange(null, found, engine.pluginConfiguration().with(found.name(), given));
        engine.note(plugin);
        return plugin;
    }

    /**
     * Unloads a plugin. Its commands end first; values of its types stay, parked.
     *
     * @throws PluginRefused with the reason; nothing has changed
     */
    synchronized void unload(String name) throws PluginRefused {
        InstalledPlugin plugin = named(name);
        try {
            engine.evictions().check(policiesOf(plugin), List.of());
        } catch (IllegalArgumentException e) {
            throw new PluginRefused(e.getMessage(), e);
        }
        swap(plugin, null, engine.commands().exchange(plugin.commands(), List.of()));
        retire(plugin);
        LOG.info("Plugin {} is unloaded", name);
    }

    /**
     * Loads a plugin anew from where it came, and has it take the place of the one that is there. No moment is without one.
     *
     * @throws PluginRefused with the reason; nothing has changed
     */
    synchronized void reload(String name) throws PluginRefused {
        InstalledPlugin old = named(name);
        InstalledPlugin plugin;
        try {
            PluginLoader.Found found = loader.load(old.found().source());
            if (!found.name().equals(name)) {
                throw new IllegalArgumentException("its name is now " + found.name());
            }
            plugin = exchange(old, found, old.given());
        } catch (Throwable e) { // a plugin may throw anything
            LOG.error("Plugin {} is not reloaded: {}", name, PluginLoader.reason(e));
            throw new PluginRefused(PluginLoader.reason(e), e);
        }
        retire(old);
        engine.note(plugin);
    }

    private InstalledPlugin named(String name) throws PluginRefused {
        return installed.stream()
                .filter(plugin -> plugin.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new PluginRefused("no such module with that name", null));
    }

    /** Puts what was found in the place of a plugin, or of nothing if that is null. */
    private InstalledPlugin exchange(InstalledPlugin old, PluginLoader.Found found, Given given) throws Exception {
        PluginServices services = new PluginServices(
                engine, found.name(), found.version(), found.loader(), given.arguments(), given.configuration());
        boolean done = false;
        try {
            Origin origin = new Origin(found.name(), true, services.executor());
            List<Command> commands = new ArrayList<>();
            for (CommandHandler handler : found.handlers()) {
                commands.add(engine.newCommand(handler, origin));
            }
            InstalledPlugin plugin = new InstalledPlugin(found, given, services, commands);
            CommandTable table = engine.commands().exchange(commandsOf(old), commands);
            engine.types().check(typesOf(old), found.types());
            engine.evictions().check(policiesOf(old), found.policies());
            start(plugin);
            swap(old, plugin, table);
            done = true;
            return plugin;
        } finally {
            if (!done) {
                services.stop();
                staging.remove(found.copy());
            }
        }
    }

    private static Collection<Command> commandsOf(InstalledPlugin plugin) {
        return plugin == null ? List.of() : plugin.commands();
    }

    private static Collection<ValueType<?>> typesOf(InstalledPlugin plugin) {
        return plugin == null ? List.of() : plugin.found().types();
    }

    private static Collection<EvictionPolicy> policiesOf(InstalledPlugin plugin) {
        return plugin == null ? List.of() : plugin.found().policies();
    }

    /** Exchanges two plugins, either of which may be null, at one moment for everyone. */
    private void swap(InstalledPlugin old, InstalledPlugin plugin, CommandTable table) {
        locks.acquireAll();
        try {
            engine.types().exchange(typesOf(old), typesOf(plugin));
            if (engine.types().areCounted()) {
                engine.databases().countTypes(engine.types());
            }
            engine.evictions().exchange(policiesOf(old), policiesOf(plugin));
            for (Command command : commandsOf(old)) {
                engine.endWaiting(command);
                command.withdraw(table.find(command.name, 0, command.name.length));
                engine.resetStats(command);
            }
            engine.commands(table);
            if (old != null) {
                old.services().end();
            }
            if (plugin != null) {
                plugin.services().begin();
            }
            if (old == null) {
                installed.add(plugin);
            } else if (plugin == null) {
                installed.remove(old);
            } else {
                installed.set(installed.indexOf(old), plugin);
            }
        } finally {
            locks.releaseAll();
        }
        engine.policiesChanged(locks);
        renewValues();
    }

    /** Ends what there still is of a plugin whose place is taken. */
    private void retire(InstalledPlugin old) {
        if (!engine.awaitRuns(RUNS_MILLIS)) {
            LOG.warn("A command of plugin {} still runs", old.name());
        }
        stop(old);
        staging.remove(old.found().copy());
        if (old.found().loader() != null) {
            unloaded.add(new Unloaded(
                    old.name(),
                    old.found().version(),
                    new WeakReference<>(old.found().loader())));
        }
    }

    /** Parks the values whose types are gone, and brings those back whose types have come. */
    private void renewValues() {
        if (!engine.types().isRenewing()) {
            return;
        }
        boolean complete = true;
        for (int number = 0; number < engine.databases().shards(); number++) {
            locks.acquire(number);
            Shard shard = engine.databases().shard(number);
            for (KeyTable table : shard.tables()) {
                complete &= renewValues(number, table);
            }
        }
        if (complete) {
            locks.acquireAll();
            engine.types().renewedAll();
        }
        locks.releaseAll();
    }

    /** What others put into the table meanwhile was renewed when they found it. */
    private boolean renewValues(int shard, KeyTable table) {
        boolean[] complete = {true};
        long cursor = 0;
        while (cursor < KeyTable.END) {
            locks.acquire(shard);
            cursor = table.scan(
                    cursor,
                    KEYS_AT_A_TIME,
                    (segment, slot) -> complete[0] &= engine.types().renew(table, segment, slot));
            locks.releaseAll();
        }
        return complete[0];
    }

    /** Starts all entry points of a plugin, or stops those again that had been started. */
    private static void start(InstalledPlugin plugin) throws Exception {
        List<Plugin> entries = plugin.found().plugins();
        int running = 0;
        try {
            for (Plugin entry : entries) {
                entry.start(plugin.services());
                running++;
            }
        } finally {
            if (running < entries.size()) {
                stop(entries.subList(0, running));
            }
        }
    }

    private static void stop(InstalledPlugin plugin) {
        plugin.services().end();
        stop(plugin.found().plugins());
        plugin.services().stop();
    }

    /** The last one started stops first. */
    private static void stop(List<Plugin> entries) {
        for (int i = entries.size() - 1; i >= 0; i--) {
            Plugin entry = entries.get(i);
            try {
                entry.stop();
            } catch (Throwable e) { // as above
                LOG.warn("Plugin {} did not stop cleanly", entry.getClass().getName(), e);
            }
        }
    }

    /** Says of which plugins that were unloaded the classes are gone now. */
    void reportCollected() {
        unloaded.removeIf(gone -> {
            boolean collected = gone.loader.get() == null;
            if (collected) {
                LOG.info("Plugin {} is gone: its class loader was collected", gone.name);
            }
            return collected;
        });
    }

    /** The threads that keep the classes of a plugin from being collected, as far as one can see. */
    static List<String> holders(Unloaded gone) {
        ClassLoader loader = gone.loader.get();
        List<String> names = new ArrayList<>();
        if (loader != null) {
            for (Thread thread : Thread.getAllStackTraces().keySet()) {
                if (thread.getContextClassLoader() == loader
                        || thread.getClass().getClassLoader() == loader) {
                    names.add(thread.getName());
                }
            }
        }
        return names;
    }

    /** A plugin that is not collected, and what keeps it, as far as one can see. */
    static String describe(Unloaded gone) {
        List<String> holders = holders(gone);
        return holders.isEmpty() ? gone.name : gone.name + ", by the threads " + holders;
    }

    /** Stops all plugins, the last one loaded first. */
    synchronized void close() {
        for (int i = installed.size() - 1; i >= 0; i--) {
            stop(installed.get(i));
        }
        staging.close();
    }
}
