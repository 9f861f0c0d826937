package io.miniredis.engine;

import io.miniredis.api.CommandHandler;
import io.miniredis.api.Plugin;
import io.miniredis.api.ValueType;
import io.miniredis.api.eviction.EvictionPolicy;
import java.io.File;
import java.io.IOException;
import java.lang.module.Configuration;
import java.lang.module.FindException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleDescriptor.Requires;
import java.lang.module.ModuleDescriptor.Version;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.lang.module.ResolutionException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.function.Predicate;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;

/**
 * Turns a jar, or a folder of jars, into providers: in a module layer and a class loader of its own, above the image's layer, from
 * a copy. Jars that are no modules become automatic ones; those that cannot even be that are taken on a class path of their own.
 *
 * <p>The plugin's modules are the finder that is asked <em>after</em> the image's layer, so a plugin cannot put another class
 * in the place of one of the server's. The price is that a module of the image's name would be ignored without a word;
 * therefore names are checked first.
 */
final class PluginLoader {
    /** The name of the api's module and of its first package. */
    private static final String API = CommandHandler.class.getPackageName();

    /** What one jar or folder provides. */
    record Found(
            String name,
            String version,
            Path source,
            Path copy,
            ClassLoader loader,
            List<CommandHandler> handlers,
            List<ValueType<?>> types,
            List<EvictionPolicy> policies,
            List<Plugin> plugins) {}

    private final Staging staging;

    PluginLoader(Staging staging) {
        this.staging = staging;
    }

    /** Loads a jar or a folder of jars. */
    Found load(Path source) throws IOException {
        Path copy = staging.copy(source);
        try {
            return load(source, copy);
        } catch (Throwable e) { // a plugin's constructor may throw anything
            staging.remove(copy);
            throw e;
        }
    }

    private static Found load(Path source, Path copy) throws IOException {
        try {
            return loadModules(source, copy);
        } catch (FindException | ResolutionException | LayerInstantiationException e) {
            if (!isForClassPath(copy)) {
                throw e;
            }
            try {
                return loadClassPath(source, copy);
            } catch (NothingProvided | ServiceConfigurationError unfit) {
                e.addSuppressed(unfit);
                throw e;
            }
        }
    }

    private static Found loadModules(Path source, Path copy) {
        ModuleFinder finder = ModuleFinder.of(copy);
        Set<ModuleReference> modules = read(finder, copy);
        if (modules.isEmpty()) {
            throw new FindException("there is no jar in it");
        }
        ModuleLayer parent = parentLayer();
        for (ModuleReference module : modules) {
            refuseDuplicate(module.descriptor(), parent);
            checkApiVersion(module.descriptor());
        }
        Set<String> names =
                modules.stream().map(module -> module.descriptor().name()).collect(Collectors.toSet());
        Configuration configuration = parent.configuration().resolve(ModuleFinder.of(), finder, names);
        ModuleLayer layer = ModuleLayer.defineModulesWithOneLoader(
                        configuration, List.of(parent), ClassLoader.getPlatformClassLoader())
                .layer();
        ModuleDescriptor main = mainModule(modules);
        return found(
                main.name(), main.rawVersion().orElse(""), source, copy, layer.findLoader(main.name()), new Services() {
                    @Override
                    public <S> List<S> of(Class<S> service) {
                        return own(
                                ServiceLoader.load(layer, service),
                                type -> type.getModule().getLayer() == layer);
                    }
                });
    }

    /** Reads the jars. What is wrong with one of them is said without the place of the copy, which would only mislead. */
    private static Set<ModuleReference> read(ModuleFinder finder, Path copy) {
        try {
            return finder.findAll();
        } catch (FindException e) {
            String place = copy.toString();
            throw new FindException(
                    reason(e).replace(place + File.separatorChar, "").replace(place, "it"));
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

    /** Refuses what was compiled against an api that this server does not have yet, or has no more. */
    private static void checkApiVersion(ModuleDescriptor module) {
        ModuleDescriptor own = CommandHandler.class.getModule().getDescriptor();
        if (own == null) {
            throw new FindException("it is a module, and the api is on the class path here, where no module sees it");
        }
        Optional<Version> has = own.version();
        Optional<Version> wants = module.requires().stream()
                .filter(requires -> requires.name().equals(API))
                .findFirst()
                .flatMap(Requires::compiledVersion);
        if (has.isPresent() && wants.isPresent() && !ApiVersion.of(has.get()).serves(ApiVersion.of(wants.get()))) {
            throw new FindException("module " + module.name() + " was compiled against version " + wants.get() + " of "
                    + API + ", and this server has " + has.get());
        }
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

    /** Whether no jar says that it is a module, and none brings classes that only the server may have. */
    private static boolean isForClassPath(Path copy) throws IOException {
        for (Path path : Staging.jars(copy)) {
            try (JarFile jar = new JarFile(path.toFile())) {
                if (jar.stream().map(ZipEntry::getName).anyMatch(PluginLoader::isOfModules)) {
                    return false;
                }
            } catch (IOException e) {
                return false; // it was named as the reason already
            }
        }
        return true;
    }

    private static boolean isOfModules(String entry) {
        return entry.endsWith("module-info.class") || entry.startsWith(API.replace('.', '/') + "/");
    }

    private static Found loadClassPath(Path source, Path copy) throws IOException {
        List<URL> jars = new ArrayList<>();
        for (Path jar : Staging.jars(copy)) {
            jars.add(jar.toUri().toURL());
        }
        URLClassLoader loader =
                new URLClassLoader(source.getFileName().toString(), jars.toArray(new URL[0]), new ApiClassLoader());
        boolean loaded = false;
        try {
            String name = source.getFileName().toString().replaceFirst("\\.jar$", "");
            Found found = found(name, "", source, copy, loader, new Services() {
                @Override
                public <S> List<S> of(Class<S> service) {
                    return own(ServiceLoader.load(service, loader), type -> type.getClassLoader() == loader);
                }
            });
            loaded = true;
            return found;
        } finally {
            if (!loaded) {
                loader.close();
            }
        }
    }

    /** Where providers are looked for. */
    private interface Services {
        <S> List<S> of(Class<S> service);
    }

    private static Found found(
            String name, String version, Path source, Path copy, ClassLoader loader, Services services) {
        Found found = new Found(
                name,
                version,
                source,
                copy,
                loader,
                services.of(CommandHandler.class),
                new ArrayList<>(),
                services.of(EvictionPolicy.class),
                services.of(Plugin.class));
        services.of(ValueType.class).forEach(found.types::add);
        for (Plugin plugin : found.plugins) {
            found.handlers.addAll(plugin.commands());
            found.types.addAll(plugin.types());
            found.policies.addAll(plugin.evictionPolicies());
        }
        if (found.handlers.isEmpty() && found.types.isEmpty() && found.policies.isEmpty() && found.plugins.isEmpty()) {
            throw new NothingProvided();
        }
        return found;
    }

    /** What a plugin that is an object of this JVM's provides. */
    static Found found(String name, Plugin plugin) {
        return new Found(
                name,
                "",
                Path.of(name),
                null,
                null,
                List.copyOf(plugin.commands()),
                List.copyOf(plugin.types()),
                List.copyOf(plugin.evictionPolicies()),
                List.of(plugin));
    }

    /** The service loader looks into parents too; what they provide is not the plugin's. */
    private static <S> List<S> own(ServiceLoader<S> all, Predicate<Class<?>> isOwn) {
        return all.stream()
                .filter(provider -> isOwn.test(provider.type()))
                .map(ServiceLoader.Provider::get)
                .collect(Collectors.toCollection(ArrayList::new));
    }

    private static final class NothingProvided extends FindException {
        private static final long serialVersionUID = 1L;

        NothingProvided() {
            super("it provides no command, value type, eviction policy or plugin");
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
