package io.miniredis.app;

import io.miniredis.engine.Directive;
import io.miniredis.engine.Settings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * The command line: {@code [FILE] [--directive value ...]}. There is an option for each of the server's directives, made from the
 * directive itself, so that a new one needs nothing here. Made by calls rather than annotations, which picocli would read
 * through reflection at every start.
 */
final class Options {
    private static final String HELP = "--help";
    private static final String VERSION = "--version";

    private final CommandLine commandLine;
    private final Map<String, List<String>> values = new LinkedHashMap<>();
    private String file = "";
    private boolean helpAsked;
    private boolean versionAsked;

    private Options(Settings settings, String[] args) {
        CommandSpec spec = CommandSpec.create().name("miniredis");
        spec.usageMessage()
                .customSynopsis("miniredis [FILE] [--NAME VALUE]...")
                .description("A Redis-compatible server on the JVM.", "")
                .sortOptions(false)
                .width(100)
                .footer(
                        "",
                        "FILE has the syntax of redis.conf. Each option has a line there, and an environment variable:",
                        "maxmemory-policy is MINIREDIS_MAXMEMORY_POLICY. The command line beats the environment,",
                        "which beats FILE. Options that only Redis has a use for are accepted with a warning.",
                        "",
                        "MINIREDIS_JAVA_OPTS holds options for Java itself, such as -Xmx2g.");
        spec.addPositional(PositionalParamSpec.builder()
                .index("0")
                .arity("0..1")
                .paramLabel("FILE")
                .type(String.class)
                .description("Configuration file; the first argument.")
                .build());
        for (Directive directive : settings.directives()) {
            if (!directive.valueLabel().isEmpty()) {
                spec.addOption(option(directive));
            }
        }
        for (String arg : args) {
            addIgnored(spec, arg);
        }
        spec.addOption(flag("-h", HELP, "Shows this text.").usageHelp(true).build());
        spec.addOption(
                flag("-v", VERSION, "Shows the version.").versionHelp(true).build());
        commandLine = new CommandLine(spec)
                .setExpandAtFiles(false)
                .setOptionsCaseInsensitive(true)
                .setOverwrittenOptionsAllowed(true)
                .setPosixClusteredShortOptionsAllowed(false);
    }

    private static OptionSpec option(Directive directive) {
        String fallback = directive.defaultValue();
        return OptionSpec.builder("--" + directive.name())
                .paramLabel(directive.valueLabel())
                .type(String[].class)
                .arity(Configuration.takesSeveral(directive.name()) ? "1..*" : "1")
                .hideParamSyntax(true)
                .description(
                        (directive.help() + (fallback.isEmpty() ? "" : " Default: " + fallback)).replace("%", "%%"))
                .build();
    }

    private static OptionSpec.Builder flag(String shortName, String name, String help) {
        return OptionSpec.builder(shortName, name)
                .type(boolean.class)
                .arity("0")
                .description(help);
    }

    /** There are many directives without effect: only those that somebody wrote become options. */
    private static void addIgnored(CommandSpec spec, String arg) {
        String name = arg.split("=", 2)[0].toLowerCase(Locale.ROOT);
        if (name.startsWith("--")
                && !spec.optionsMap().containsKey(name)
                && IgnoredDirectives.contains(name.substring(2))) {
            spec.addOption(OptionSpec.builder(name)
                    .type(String[].class)
                    .arity("0..*")
                    .hidden(true)
                    .build());
        }
    }

    /**
     * Reads a command line.
     *
     * @throws StartFailure if there is no such option, or its value is missing
     */
    static Options parse(Settings settings, String... args) throws StartFailure {
        Options options = new Options(settings, args);
        try {
            options.take(options.commandLine.parseArgs(args), args);
        } catch (MissingParameterException e) {
            throw StartFailure.usage(
                    e.getMissing().get(0) instanceof OptionSpec option
                            ? option.longestName() + ": a value is missing, " + option.paramLabel()
                            : e.getMessage());
        } catch (UnmatchedArgumentException e) {
            throw StartFailure.usage(unknown(e));
        } catch (ParameterException e) {
            throw StartFailure.usage(e.getMessage());
        }
        return options;
    }

    private void take(ParseResult result, String... args) throws StartFailure {
        helpAsked = result.isUsageHelpRequested();
        versionAsked = result.isVersionHelpRequested();
        file = result.matchedPositionalValue(0, "");
        if (!file.isEmpty() && !file.equals(args[0])) {
            throw StartFailure.usage("'" + file + "' belongs to no option; a configuration file is the first argument");
        }
        for (OptionSpec option : result.matchedOptions()) {
            if (!option.usageHelp() && !option.versionHelp()) {
                values.put(option.longestName().substring(2), new ArrayList<>(option.originalStringValues()));
            }
        }
    }

    private static String unknown(UnmatchedArgumentException e) {
        String argument = e.getUnmatched().get(0);
        if (!e.isUnknownOption()) {
            return "'" + argument + "' belongs to no option";
        }
        String line = "unknown option '" + argument + "'";
        return e.getSuggestions().isEmpty()
                ? line
                : line + "; did you mean " + String.join(" or ", e.getSuggestions()) + "?";
    }

    /** The configuration file; empty if there is none. */
    String file() {
        return file;
    }

    /** What was given for each directive, by name; without the dashes. */
    Map<String, List<String>> values() {
        return values;
    }

    boolean helpAsked() {
        return helpAsked;
    }

    boolean versionAsked() {
        return versionAsked;
    }

    /** What {@code --help} shows. */
    String help() {
        return commandLine.getUsageMessage();
    }
}
