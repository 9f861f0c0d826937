package io.miniredis.engine;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a configuration file says to plugins: arguments for those that are loaded from certain files, and options, each for the plugins
 * whose name and a dot it begins with. Filled before the start, and then only read.
 */
public final class PluginConfiguration {
    private final Map<String, Said> arguments = new LinkedHashMap<>();
    private final Map<String, Said> options = new LinkedHashMap<>();

    /** Something that was said, and where. */
    private record Said(List<String> words, String place) {}

    /** Creates one that says nothing. */
    public PluginConfiguration() {}

    /**
     * Says with which arguments a plugin starts. What is said last of a file counts.
     *
     * @param file the name of a jar or folder in the plugins folder
     * @param words the arguments
     * @param place where that was said, to begin a message with
     */
    public void arguments(String file, List<String> words, String place) {
        arguments.put(file, new Said(List.copyOf(words), place));
    }

    /**
     * Gives an option to a plugin. What is said last of an option counts.
     *
     * @param name the plugin's name, a dot, and the option's name; in any case
     * @param value the value
     * @param place where that was said, to begin a message with
     */
    public void option(String name, String value, String place) {
        options.put(name.toLowerCase(Locale.ROOT), new Said(List.of(value), place));
    }

    /** What a plugin is given that is found at the start. */
    Plugins.Given atStart(Path source) {
        Said said = arguments.get(source.getFileName().toString());
        return said == null ? Plugins.Given.NOTHING : new Plugins.Given(Map.of(), said.words);
    }

    /** What a plugin is given: the options that are said here, and what whoever loads it says, who has the last word. */
    Plugins.Given with(String plugin, Plugins.Given given) {
        Map<String, String> all = new LinkedHashMap<>();
        options.forEach((name, said) -> {
            if (isFor(plugin, name)) {
                all.put(withoutPlugin(plugin, name), said.words.get(0));
            }
        });
        given.configuration()
                .forEach((name, value) -> all.put(isFor(plugin, name) ? withoutPlugin(plugin, name) : name, value));
        return new Plugins.Given(all, given.arguments());
    }

    private static boolean isFor(String plugin, String name) {
        return name.toLowerCase(Locale.ROOT).startsWith(plugin.toLowerCase(Locale.ROOT) + ".");
    }

    private static String withoutPlugin(String plugin, String name) {
        return name.substring(plugin.length() + 1);
    }

    /** What is said to plugins that are not among these, a sentence for each. */
    List<String> unheard(Collection<InstalledPlugin> plugins) {
        List<String> unheard = new ArrayList<>();
        arguments.forEach((file, said) -> {
            if (plugins.stream()
                    .noneMatch(plugin ->
                            file.equals(plugin.found().source().getFileName().toString()))) {
                unheard.add(said.place + ": no plugin was loaded from '" + file + "' in the plugins folder");
            }
        });
        options.forEach((name, said) -> {
            if (plugins.stream().noneMatch(plugin -> isFor(plugin.name(), name))) {
                unheard.add(said.place + ": the option '" + name + "' is for no plugin that is loaded");
            }
        });
        return unheard;
    }
}
