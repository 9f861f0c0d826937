package io.miniredis.engine;

import io.miniredis.api.CommandException;
import io.miniredis.api.Numbers;
import io.miniredis.api.Slice;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.function.Supplier;

/**
 * One setting of the server: its name, what values it takes, its default, whether it can change while the server runs. The
 * command line, the environment, the configuration file and CONFIG all work from it. Immutable.
 */
public final class Directive {

    /** A kind of value. Turns what somebody wrote into the one form in which CONFIG GET shows it. */
    interface Kind {
        /**
         * The value in its canonical form.
         *
         * @throws IllegalArgumentException with Redis's explanation, if it is not such a value
         */
        String canonical(String text);

        /** The same, of a value of several parts, of which those that the text does not mention stay as they are. */
        default String changed(String current, String text) {
            return canonical(text);
        }
    }

    private final String name;
    private final Kind kind;
    private final String defaultValue;
    private final boolean mutable;
    private final String valueLabel;
    private final String help;

    private Directive(String name, Kind kind, String defaultValue, boolean mutable, String valueLabel, String help) {
        this.name = name;
        this.kind = kind;
        this.defaultValue = kind.canonical(defaultValue);
        this.mutable = mutable;
        this.valueLabel = valueLabel;
        this.help = help;
    }

    static Directive integer(String name, long fallback, long min, long max, String valueLabel, String help) {
        return new Directive(name, text -> integer(text, min, max), Long.toString(fallback), false, valueLabel, help);
    }

    static Directive memory(String name, String fallback, String help) {
        return new Directive(name, Directive::memory, fallback, false, "BYTES", help);
    }

    static Directive text(String name, String fallback, String valueLabel, String help) {
        return new Directive(name, text -> text, fallback, false, valueLabel, help);
    }

    /** One of some words; any word while none are known. */
    static Directive oneOf(String name, Supplier<List<String>> words, String fallback, String valueLabel, String help) {
        return new Directive(name, text -> oneOf(text, words.get()), fallback, false, valueLabel, help);
    }

    static Directive yesNo(String name, String fallback, String help) {
        return new Directive(name, Directive::yesNo, fallback, false, "yes|no", help);
    }

    /** Numbers from 0 to 100, separated by blanks. */
    static Directive percentiles(String name, String fallback, String help) {
        return new Directive(name, Percentiles::canonical, fallback, false, "PERCENTS", help);
    }

    static Directive of(String name, Kind kind, String fallback, String valueLabel, String help) {
        return new Directive(name, kind, fallback, false, valueLabel, help);
    }

    /** The same, which CONFIG SET can change. */
    Directive mutable() {
        return new Directive(name, kind, defaultValue, true, valueLabel, help);
    }

    private static String integer(String text, long min, long max) {
        long value;
        try {
            value = Numbers.integer(new Slice(text.getBytes(StandardCharsets.UTF_8)));
        } catch (CommandException e) {
            throw new IllegalArgumentException("argument couldn't be parsed into an integer", e);
        }
        if (value < min || value > max) {
            throw new IllegalArgumentException("argument must be between " + min + " and " + max + " inclusive");
        }
        return Long.toString(value);
    }

    private static String memory(String text) {
        OptionalLong bytes = MemorySize.parse(text);
        if (bytes.isEmpty()) {
            throw new IllegalArgumentException("argument must be a memory value");
        }
        return Long.toString(bytes.getAsLong());
    }

    private static String yesNo(String text) {
        if (!text.equalsIgnoreCase("yes") && !text.equalsIgnoreCase("no")) {
            throw new IllegalArgumentException("argument must be 'yes' or 'no'");
        }
        return text.toLowerCase(Locale.ROOT);
    }

    private static String oneOf(String text, List<String> words) {
        if (words.isEmpty()) {
            return text;
        }
        for (String word : words) {
            if (word.equalsIgnoreCase(text)) {
                return word;
            }
        }
        throw new IllegalArgumentException("argument(s) must be one of the following: " + String.join(", ", words));
    }

    /**
     * The name, as in a configuration file.
     *
     * @return lower case, with hyphens
     */
    public String name() {
        return name;
    }

    /**
     * The environment variable that sets the directive.
     *
     * @return such as {@code MINIREDIS_MAXMEMORY_POLICY}
     */
    public String environmentVariable() {
        return "MINIREDIS_" + name.toUpperCase(Locale.ROOT).replace('-', '_');
    }

    /**
     * The value when nobody sets one.
     *
     * @return in canonical form
     */
    public String defaultValue() {
        return defaultValue;
    }

    /**
     * Whether the value is an amount of memory.
     *
     * @return true if its canonical form is a number of bytes
     */
    public boolean isMemory() {
        return valueLabel.equals("BYTES");
    }

    /**
     * Whether CONFIG SET can change it.
     *
     * @return false if it is fixed once the server has started
     */
    public boolean isMutable() {
        return mutable;
    }

    /**
     * What stands for the value in {@code --help}.
     *
     * @return a word in upper case
     */
    public String valueLabel() {
        return valueLabel;
    }

    /**
     * What it is for.
     *
     * @return one sentence
     */
    public String help() {
        return help;
    }

    /**
     * Checks a value that takes the place of another.
     *
     * @param current the one that there is, in canonical form
     * @param text what somebody wrote; where a value has several parts, perhaps not all of them
     * @return the canonical form of what is to be
     * @throws IllegalArgumentException with an explanation, if the directive does not take it
     */
    public String changed(String current, String text) {
        return kind.changed(current, Objects.requireNonNull(text));
    }

    /**
     * Checks a value.
     *
     * @param text what somebody wrote
     * @return the canonical form
     * @throws IllegalArgumentException with an explanation, if the directive does not take it
     */
    public String canonical(String text) {
        return kind.canonical(Objects.requireNonNull(text));
    }
}
