package io.miniredis.app;

import io.miniredis.engine.Directive;
import io.miniredis.engine.PluginConfiguration;
import io.miniredis.engine.Settings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * What the server was told: the command line beats the environment, which beats the configuration file, which beats the
 * defaults. Everything is checked, also what is overridden later, and remembers where it was said, for the message when it turns
 * out not to work.
 */
final class Configuration {
    private static final String PREFIX = "MINIREDIS_";

    /** Variables that are for the launcher and the tests. */
    private static final Set<String> NOT_DIRECTIVES =
            Set.of(PREFIX + "JAVA_OPTS", PREFIX + "REQUIRE_REDIS", PREFIX + "REQUIRE_BROWSER");

    /**
     * Where a directive was given.
     *
     * @param text with the value, to begin a message with
     * @param refusal how the start fails if the value is not fit
     */
    private record Origin(String text, Function<String, StartFailure> refusal) {
        StartFailure refuse(String reason) {
            return refusal.apply(text + ": " + reason);
        }
    }

    /**
     * A user as the file has it.
     *
     * @param place where it stands
     * @param words the name, then rules
     */
    record User(String place, List<String> words) {}

    private final Settings settings;
    private final Map<String, Origin> origins = new HashMap<>();
    private final Map<String, String> warnings = new LinkedHashMap<>();
    private final PluginConfiguration plugins = new PluginConfiguration();
    private final List<User> users = new ArrayList<>();
    private final String file;

    private Configuration(Settings settings, String file) {
        this.settings = settings;
        this.file = file.isEmpty() ? "" : Path.of(file).toAbsolutePath().toString();
    }

    /**
     * Puts together what was said.
     *
     * @param settings at their defaults; they get the values
     * @param options the command line
     * @param environment the environment's variables
     * @throws StartFailure if a value is not fit, a directive is unknown, the file cannot be read
     */
    static Configuration of(Settings settings, Options options, Map<String, String> environment) throws StartFailure {
        Configuration configuration = new Configuration(settings, options.file());
        if (!options.file().isEmpty()) {
            configuration.takeFile(options.file());
        }
        configuration.takeEnvironment(environment);
        configuration.takeOptions(options.values());
        return configuration;
    }

    /** Whether a directive's value is a list, which may be written as several words. */
    static boolean takesSeveral(String directive) {
        return directive.equals("bind")
                || directive.equals("client-output-buffer-limit")
                || directive.equals("latency-tracking-info-percentiles");
    }

    private void takeFile(String name) throws StartFailure {
        for (ConfigFile.Line line : ConfigFile.read(name)) {
            Origin origin = new Origin(line.place(), StartFailure::failure);
            if (line.directive().equals("user")) {
                takeUser(line);
            } else if (line.directive().equals("loadmodule")) {
                takeArguments(line, origin);
            } else if (line.directive().indexOf('.') > 0) {
                takePluginOption(line, origin);
            } else {
                take(line.directive(), line.values(), origin);
            }
        }
    }

    /** Without the rules in messages, which may hold passwords. */
    private void takeUser(ConfigFile.Line line) throws StartFailure {
        if (line.values().isEmpty()) {
            throw StartFailure.failure(placeOf(line) + ": the name of the user is missing");
        }
        users.add(new User(placeOf(line), line.values()));
    }

    /** Plugins lie in one folder, so only the last part of a path counts. */
    private void takeArguments(ConfigFile.Line line, Origin origin) throws StartFailure {
        if (line.values().isEmpty()) {
            throw origin.refuse("the name of a jar or folder is missing");
        }
        String path = line.values().get(0);
        plugins.arguments(
                path.substring(path.lastIndexOf('/') + 1),
                line.values().subList(1, line.values().size()),
                placeOf(line));
    }

    private void takePluginOption(ConfigFile.Line line, Origin origin) throws StartFailure {
        if (line.values().size() != 1) {
            throw origin.refuse(line.values().isEmpty() ? "a value is missing" : "takes one value");
        }
        plugins.option(line.directive(), line.values().get(0), placeOf(line));
    }

    /** Without the values, which may be secret. */
    private static String placeOf(ConfigFile.Line line) {
        return line.file() + ":" + line.number();
    }

    private void takeEnvironment(Map<String, String> environment) throws StartFailure {
        Set<String> unknown = new TreeSet<>(environment.keySet());
        unknown.removeIf(name -> !name.startsWith(PREFIX) || NOT_DIRECTIVES.contains(name));
        for (Directive directive : settings.directives()) {
            String variable = directive.environmentVariable();
            String value = environment.get(variable);
            if (value != null) {
                take(directive.name(), List.of(value), new Origin(variable + "=" + value, StartFailure::usage));
            }
            unknown.remove(variable);
        }
        for (String variable : unknown) {
            warnings.put(
                    variable, "The environment variable " + variable + " has no effect: there is no such directive");
        }
    }

    private void takeOptions(Map<String, List<String>> values) throws StartFailure {
        for (Map.Entry<String, List<String>> option : values.entrySet()) {
            String name = option.getKey();
            List<String> given = option.getValue();
            // Of "--port 1 --port 2" the last one counts; "--bind A --bind B" are two addresses.
            List<String> counting = takesSeveral(name) || IgnoredDirectives.contains(name)
                    ? given
                    : given.subList(given.size() - 1, given.size());
            String text = "--" + name + " " + String.join(" ", counting);
            take(name, counting, new Origin(text, StartFailure::usage));
        }
    }

    /** Sets a directive, or remembers to warn that it has no effect. */
    private void take(String name, List<String> values, Origin origin) throws StartFailure {
        Directive directive = settings.directive(name);
        boolean settable = directive != null && !directive.valueLabel().isEmpty();
        if (settable) {
            set(directive, values, origin);
        } else if (!IgnoredDirectives.contains(name)) {
            throw origin.refuse("there is no directive '" + name + "'");
        } else if (!IgnoredDirectives.isTrueAnyway(name, values)) {
            if (IgnoredDirectives.isRefused(name)) {
                throw origin.refuse("cannot be had, because " + IgnoredDirectives.reason(name));
            }
            warnings.putIfAbsent(name, origin.text() + ": has no effect, because " + IgnoredDirectives.reason(name));
        }
    }

    private void set(Directive directive, List<String> values, Origin origin) throws StartFailure {
        if (values.isEmpty()) {
            throw origin.refuse("a value is missing");
        }
        if (values.size() > 1 && !takesSeveral(directive.name())) {
            throw origin.refuse("takes one value");
        }
        try {
            settings.set(directive.name(), String.join(" ", values));
        } catch (IllegalArgumentException e) {
            throw origin.refuse(e.getMessage());
        }
        origins.put(directive.name(), origin);
    }

    /** What the file says to plugins. */
    PluginConfiguration plugins() {
        return plugins;
    }

    /** The users of the file, in order. */
    List<User> users() {
        return List.copyOf(users);
    }

    Settings settings() {
        return settings;
    }

    /** What to begin a message about a directive's value with: where it was given, and what. */
    String origin(String directive) {
        Origin origin = origins.get(directive);
        return origin == null ? directive + " " + settings.get(directive) + " (the default)" : origin.text();
    }

    /** The failure for a value that turned out not to be fit. */
    StartFailure refuse(String directive, String reason) {
        Origin origin = origins.get(directive);
        return origin == null ? StartFailure.failure(origin(directive) + ": " + reason) : origin.refuse(reason);
    }

    /** Whether somebody set the directive. */
    boolean isSet(String directive) {
        return origins.containsKey(directive);
    }

    /** What was accepted but has no effect, each in one sentence; for the log. */
    List<String> warnings() {
        return List.copyOf(warnings.values());
    }

    /** The configuration file's absolute path; empty if there is none. */
    String file() {
        return file;
    }
}
