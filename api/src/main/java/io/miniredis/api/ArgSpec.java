package io.miniredis.api;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * One argument in a command's documentation, as {@code COMMAND DOCS} shows it and redis-cli hints it. Immutable: each method
 * that changes something returns another. The server does not parse with it.
 */
public final class ArgSpec {

    /** What an argument is. */
    public enum Type {
        /** Bytes. */
        STRING,
        /** A 64-bit number. */
        INTEGER,
        /** A floating-point number. */
        DOUBLE,
        /** A key's name. */
        KEY,
        /** A glob. */
        PATTERN,
        /** A point in time. */
        UNIX_TIME,
        /** A word that stands for itself. */
        PURE_TOKEN,
        /** One of the nested arguments. */
        ONEOF,
        /** All of the nested arguments. */
        BLOCK;

        /**
         * The name that Redis prints.
         *
         * @return lower case, with a hyphen
         */
        public String label() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    private enum Repetition {
        NONE,
        ARGUMENT,
        WITH_TOKEN
    }

    /** Since when there is an argument, and since when it is better not used; null for always and never. */
    private record Versions(String since, String deprecatedSince) {
        static final Versions ALL = new Versions(null, null);
    }

    private final String name;
    private final Type type;
    private final int keySpec;
    private final String token;
    private final Versions versions;
    private final boolean optional;
    private final Repetition repetition;
    private final List<ArgSpec> nested;

    private ArgSpec(
            String name,
            Type type,
            int keySpec,
            String token,
            Versions versions,
            boolean optional,
            Repetition repetition,
            List<ArgSpec> nested) {
        this.name = name;
        this.type = type;
        this.keySpec = keySpec;
        this.token = token;
        this.versions = versions;
        this.optional = optional;
        this.repetition = repetition;
        this.nested = nested;
    }

    /**
     * A plain argument.
     *
     * @param name its name in the documentation
     * @param type what it is
     * @return the spec
     */
    public static ArgSpec of(String name, Type type) {
        return new ArgSpec(name, type, -1, null, Versions.ALL, false, Repetition.NONE, List.of());
    }

    /**
     * A key.
     *
     * @param name its name in the documentation
     * @param keySpec which of the command's {@link CommandSpec#keys} it belongs to
     * @return the spec
     */
    public static ArgSpec key(String name, int keySpec) {
        return new ArgSpec(name, Type.KEY, keySpec, null, Versions.ALL, false, Repetition.NONE, List.of());
    }

    /**
     * A word that stands for itself.
     *
     * @param name its name in the documentation
     * @param token the word, in upper case
     * @return the spec
     */
    public static ArgSpec token(String name, String token) {
        return of(name, Type.PURE_TOKEN).withToken(token);
    }

    /**
     * A choice.
     *
     * @param name its name in the documentation
     * @param choices the arguments to choose from
     * @return the spec
     */
    public static ArgSpec oneOf(String name, ArgSpec... choices) {
        return new ArgSpec(name, Type.ONEOF, -1, null, Versions.ALL, false, Repetition.NONE, List.of(choices));
    }

    /**
     * Arguments that belong together.
     *
     * @param name its name in the documentation
     * @param parts the arguments
     * @return the spec
     */
    public static ArgSpec block(String name, ArgSpec... parts) {
        return new ArgSpec(name, Type.BLOCK, -1, null, Versions.ALL, false, Repetition.NONE, List.of(parts));
    }

    /**
     * The same, naming keys that one of the command's key specs is about.
     *
     * @param index which of the command's {@link CommandSpec#keys}
     * @return the spec
     */
    public ArgSpec ofKeys(int index) {
        return new ArgSpec(name, type, index, token, versions, optional, repetition, nested);
    }

    /**
     * The same, after a word.
     *
     * @param word the word, in upper case
     * @return the spec
     */
    public ArgSpec withToken(String word) {
        return new ArgSpec(name, type, keySpec, word, versions, optional, repetition, nested);
    }

    /**
     * The same, which may be left out.
     *
     * @return the spec
     */
    public ArgSpec optional() {
        return new ArgSpec(name, type, keySpec, token, versions, true, repetition, nested);
    }

    /**
     * The same, which may be repeated.
     *
     * @return the spec
     */
    public ArgSpec multiple() {
        return new ArgSpec(name, type, keySpec, token, versions, optional, Repetition.ARGUMENT, nested);
    }

    /**
     * The same, which may be repeated together with its word.
     *
     * @return the spec
     */
    public ArgSpec multipleToken() {
        return new ArgSpec(name, type, keySpec, token, versions, optional, Repetition.WITH_TOKEN, nested);
    }

    /**
     * The same, younger than its command.
     *
     * @param version the first version that has it
     * @return the spec
     */
    public ArgSpec since(String version) {
        return with(new Versions(version, versions.deprecatedSince));
    }

    /**
     * The same, no longer to be used.
     *
     * @param version the first version that advises against it
     * @return the spec
     */
    public ArgSpec deprecatedSince(String version) {
        return with(new Versions(versions.since, version));
    }

    private ArgSpec with(Versions others) {
        return new ArgSpec(name, type, keySpec, token, others, optional, repetition, nested);
    }

    /**
     * The argument's name.
     *
     * @return as in the documentation
     */
    public String name() {
        return name;
    }

    /**
     * What the argument is.
     *
     * @return its type
     */
    public Type type() {
        return type;
    }

    /**
     * Which of the command's key specs a key belongs to.
     *
     * @return an index; -1 if it has to do with none
     */
    public int keySpec() {
        return keySpec;
    }

    /**
     * The word before the argument, or that is the argument.
     *
     * @return a word in upper case; null if there is none
     */
    public String token() {
        return token;
    }

    /**
     * The first version that has the argument.
     *
     * @return a version; null if it is as old as the command
     */
    public String since() {
        return versions.since;
    }

    /**
     * The first version that advises against the argument.
     *
     * @return a version; null if none does
     */
    public String deprecatedSince() {
        return versions.deprecatedSince;
    }

    /**
     * What {@code COMMAND DOCS} prints of the argument's flags.
     *
     * @return among {@code optional}, {@code multiple} and {@code multiple_token}
     */
    public List<String> flags() {
        List<String> flags = new ArrayList<>();
        if (optional) {
            flags.add("optional");
        }
        if (repetition != Repetition.NONE) {
            flags.add("multiple");
        }
        if (repetition == Repetition.WITH_TOKEN) {
            flags.add("multiple_token");
        }
        return Collections.unmodifiableList(flags);
    }

    /**
     * The arguments inside a choice or a block.
     *
     * @return immutable, often empty
     */
    public List<ArgSpec> nested() {
        return nested;
    }
}
