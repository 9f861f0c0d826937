package io.miniredis.engine;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;

/** How much may wait to be sent to a client, by its class: the value of {@code client-output-buffer-limit}. Immutable. */
final class OutputLimits {
    /** The value as long as nobody sets one. */
    static final String DEFAULT = "normal 0 0 0 slave 268435456 67108864 60 pubsub 33554432 8388608 60";

    private static final int WORDS = 4;

    /**
     * The limits of a class; 0 is none.
     *
     * @param hardBytes what may never wait
     * @param softBytes what may wait for so long
     * @param softSeconds how long
     */
    record Limit(long hardBytes, long softBytes, long softSeconds) {
        boolean isSet() {
            return hardBytes != 0 || softBytes != 0;
        }
    }

    /** A value of the directive. Classes that a text does not name keep the limits that they have. */
    static final class Value implements Directive.Kind {
        @Override
        public String canonical(String text) {
            return changed(DEFAULT, text);
        }

        @Override
        public String changed(String current, String text) {
            return of(current).with(text).toString();
        }
    }

    private final Map<ClientType, Limit> limits;

    private OutputLimits(Map<ClientType, Limit> limits) {
        this.limits = limits;
    }

    /** Reads a text that names all classes. */
    static OutputLimits of(String text) {
        return new OutputLimits(new EnumMap<>(ClientType.class)).with(text);
    }

    /**
     * The same, but for the classes that a text names.
     *
     * @param text any number of class, hard limit, soft limit and seconds, separated by single blanks
     * @throws IllegalArgumentException with Redis's explanation
     */
    OutputLimits with(String text) {
        String[] words = text.isEmpty() ? new String[0] : text.split(" ", -1);
        if (words.length % WORDS != 0) {
            throw new IllegalArgumentException("Wrong number of arguments in buffer limit configuration.");
        }
        Map<ClientType, Limit> changed = new EnumMap<>(ClientType.class);
        changed.putAll(limits);
        for (int i = 0; i < words.length; i += WORDS) {
            Limit limit = new Limit(bytes(words[i + 1]), bytes(words[i + 2]), seconds(words[i + 3]));
            changed.put(typeNamed(words[i]), limit);
        }
        return new OutputLimits(changed);
    }

    private static ClientType typeNamed(String word) {
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "normal" -> ClientType.NORMAL;
            case "slave", "replica" -> ClientType.REPLICA;
            case "pubsub" -> ClientType.PUBSUB;
            default ->
                throw new IllegalArgumentException("Invalid client class specified in buffer limit configuration.");
        };
    }

    private static String nameOf(ClientType type) {
        return type == ClientType.REPLICA ? "slave" : type.name().toLowerCase(Locale.ROOT);
    }

    private static long bytes(String word) {
        OptionalLong bytes = MemorySize.parse(word);
        return bytes.orElseThrow(OutputLimits::wrongNumber);
    }

    private static long seconds(String word) {
        if (!word.matches("[0-9]{1,9}")) {
            throw wrongNumber();
        }
        return Long.parseLong(word);
    }

    private static IllegalArgumentException wrongNumber() {
        return new IllegalArgumentException(
                "Error in hard, soft or soft_seconds setting in buffer limit configuration.");
    }

    Limit of(ClientType clients) {
        return limits.get(clients);
    }

    /** As CONFIG GET shows it. */
    @Override
    public String toString() {
        List<String> words = new ArrayList<>();
        limits.forEach((clients, limit) ->
                words.add(nameOf(clients) + " " + limit.hardBytes + " " + limit.softBytes + " " + limit.softSeconds));
        return String.join(" ", words);
    }
}
