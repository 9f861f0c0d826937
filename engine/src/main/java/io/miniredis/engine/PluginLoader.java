package io.miniredis.engine;

import io.miniredis.api.CommandHandler;
import io.miniredis.api.Plugin;
import io.miniredis.api.ValueType;
import io.miniredis.api.eviction.EvictionPolicy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.module.Configuration;
import java.lang.module.FindException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.lang.module.ResolutionException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds plugins: each jar, or folder of jars, in the plugins folder gets a module layer and a class loader of its own, above
 * the image's layer. Jars are loaded from a copy, so that replacing one under a running server does no harm. What cannot be
 * loaded is named in the log with the reason, and the others are loaded all the same.
 *
 * <p>The plugin's modules are the finder that is asked <em>after</em> the image's layer, so a plugin cannot put another class
 * in the place of one of the server's. The price is that a module of the image's name would be ignored without a word;
 * therefore names are checked first.
 */
final class PluginLoader {
    private static final Logger LOG = LoggerFactory.getLogger(PluginLoader.class);

    /** What one jar or folder provides. */
    record Found(
            String name,
            String version,
            Path source,
            List<CommandHandler> handlers,
            List<ValueType<?>> types,
            List<EvictionPolicy> policies,
            List<Plugin> plugins) {}

    /** Where the copies lie; null while there are none. */
    private Path staging;

    /** Loads all that is in a folder, in the order of names. A folder that does not exist holds nothing. */
    List<Found> load(Path folder) {
        List<Found> found = new ArrayList<>();
        for (Path source : candidates(folder)) {
            try {
                found.add(loadOne(source));
            } catch (Throwable e) { // a plugin's constructor may throw anything
                LOG.error("Plugin {} is not loaded: {}", source, reason(e));
            }
        }
        return found;
    }

    private static List<Path> candidates(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(entry -> isJar(entry) || Files.isDirectory(entry))
                    .sorted()
                    .collect(Collectors.toList());
        } catch (IOException e) {
            LOG.error("The plugins folder {} cannot be read: {}", folder, reason(e));
            return List.of();
        }
    }

    private static boolean isJar(Path path) {
        return path.getFileName().toString().endsWith(".jar");
    }

    private Found loadOne(Path source) throws IOException {
        Path copy = stage(source);
        ModuleFinder finder = ModuleFinder.of(copy);
        Set<ModuleReference> modules = read(finder, copy);
        if (modules.isEmpty()) {
            throw new FindException("there is no jar in it");
        }
        ModuleLayer parent = parentLayer();
        for (ModuleReference module : modules) {
            refuseDuplicate(module.descriptor(), parent);
        }
        Set<String> names =
                modules.stream().map(module -> module.descriptor().name()).collect(Collectors.toSet());
        Configuration configuration = parent.configuration().resolve(ModuleFinder.of(), finder, names);
        ModuleLayer layer = ModuleLayer.defineModulesWithOneLoader(
                        configuration, List.of(parent), ClassLoader.getPlatformClassLoader())
                .layer();
        return providers(source, layer, modules);
    }

    /** Reads the jars. What is wrong with one of them is said without the place of the copy, which would only mislead. */
    private static Set<ModuleReference> read(ModuleFinder finder, Path copy) {
        try {
            return finder.findAll();
        } catch (FindException e) {
            String place = copy.toString();
            throw new FindException(reason(e)
                    .replace(place + copy.getFileSystem().getSeparator(), "")
                    .replace(place, "it"));
        }
    }

    private static ModuleLayer parentLayer() {
        ModuleLayer own = PluginLoader.class.getModule().getLayer();
        return own == null ? ModuleLayer.boot() : own;
    }

    private static void refuseDuplicate(ModuleDescriptor module, ModuleLayer parent) {
        Optional<Module> known = parent.findModule(module.name());
        if (known.isPresent()) {
            throw new FindException("it contains the module " + module.name() + ", which the server has already");
        }
    }

    private static Found providers(Path source, ModuleLayer layer, Set<ModuleReference> modules) {
        Found found = new Found(
                mainModule(modules).name(),
                mainModule(modules).rawVersion().orElse(""),
                source,
                own(layer, CommandHandler.class),
                new ArrayList<>(),
                own(layer, EvictionPolicy.class),
                own(layer, Plugin.class));
        own(layer, ValueType.class).forEach(found.types::add);
        found.plugins.forEach(plugin -> found.handlers.addAll(plugin.commands()));
        if (found.handlers.isEmpty() && found.types.isEmpty() && found.policies.isEmpty() && found.plugins.isEmpty()) {
            throw new FindException("it provides no command, value type, eviction policy or plugin");
        }
        return found;
    }

    /** The module that the plugin is called after: the first, by name, that provides something. */
    private static ModuleDescriptor mainModule(Set<ModuleReference> modules) {
        Comparator<ModuleDescriptor> providersFirst =
                Comparator.comparing(module -> module.provides().isEmpty());
        return modules.stream()
                .map(ModuleReference::descriptor)
                .min(providersFirst.thenComparing(ModuleDescriptor::name))
                .orElseThrow();
    }

    /** The service loader walks the parent layers too; what they provide is not the plugin's. */
    private static <S> List<S> own(ModuleLayer layer, Class<S> service) {
        return ServiceLoader.load(layer, service).stream()
                .filter(provider -> provider.type().getModule().getLayer() == layer)
                .map(ServiceLoader.Provider::get)
                .collect(Collectors.toCollection(ArrayList::new));
    }

    private Path stage(Path source) throws IOException {
        if (staging == null) {
            staging = Files.createTempDirectory("miniredis-plugins");
        }
        Path target = Files.createTempDirectory(staging, "plugin");
        if (isJar(source)) {
            Files.copy(source, target.resolve(source.getFileName()));
            return target;
        }
        try (Stream<Path> files = Files.list(source)) {
            for (Path jar : files.filter(PluginLoader::isJar).collect(Collectors.toList())) {
                Files.copy(jar, target.resolve(jar.getFileName()));
            }
        }
        return target;
    }

    /** Removes the copies. */
    void close() {
        if (staging == null) {
            return;
        }
        try (Stream<Path> files = Files.walk(staging)) {
            files.sorted(Comparator.reverseOrder()).forEach(PluginLoader::delete);
        } catch (IOException | UncheckedIOException e) {
            LOG.warn("The copies of plugins in {} remain: {}", staging, reason(e));
        }
    }

    private static void delete(Path path) {
        try {
            Files.delete(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Why something failed, in one line for people. */
    static String reason(Throwable e) {
        Throwable cause = e;
        boolean wrapped = e instanceof FindException
                || e instanceof ResolutionException
                || e instanceof ServiceConfigurationError;
        if (wrapped && e.getCause() != null) {
            return e.getMessage() + " (" + reason(e.getCause()) + ")";
        }
        String message = cause.getMessage();
        boolean plain = cause instanceof IllegalArgumentException
                || cause instanceof ServiceConfigurationError
                || cause instanceof LayerInstantiationException
                || cause instanceof FindException
                || cause instanceof ResolutionException;
        if (plain && message != null) {
            return message;
        }
        return cause.getClass().getName() + (message == null ? "" : ": " + message);
    }
}
