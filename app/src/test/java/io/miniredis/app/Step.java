package io.miniredis.app;

import static java.util.stream.Collectors.joining;

import java.util.List;

/**
 * Something that happens to two servers alike: a client says a command, or time passes.
 *
 * @param client who speaks, from 0; -1 if time passes
 * @param words the command, their bytes one char each
 * @param millis how much time passes
 */
record Step(int client, List<String> words, long millis) {
    /** A word that stands for what the server itself has last replied to DUMP. */
    static final String OWN_DUMP = "<its dump>";
    /** A word that stands for what the other server has last replied to DUMP. */
    static final String OTHER_DUMP = "<the other's dump>";

    static Step say(int client, List<String> words) {
        return new Step(client, List.copyOf(words), 0);
    }

    static Step say(int client, String... words) {
        return say(client, List.of(words));
    }

    static Step pass(long millis) {
        return new Step(-1, List.of(), millis);
    }

    boolean isPassing() {
        return client < 0;
    }

    boolean is(String command) {
        return !words.isEmpty() && words.get(0).equalsIgnoreCase(command);
    }

    /** A line in redis-cli's quoting, or a comment. */
    @Override
    public String toString() {
        return isPassing()
                ? "# " + millis + " ms later"
                : words.stream().map(Step::quoted).collect(joining(" ")) + (client == 0 ? "" : " # client " + client);
    }

    /** As {@link ComparisonIT} reads it: what repeats is not written out. */
    private static String quoted(String word) {
        if (word.length() > 20 && word.chars().distinct().count() == 1) {
            return "{" + word.length() + "*" + word.charAt(0) + "}";
        }
        if (word.matches("[!#-&(-\\[\\]-~]+")) {
            return word;
        }
        StringBuilder text = new StringBuilder("\"");
        for (int i = 0; i < word.length(); i++) {
            char b = word.charAt(i);
            if (b == '"' || b == '\\') {
                text.append('\\').append(b);
            } else {
                text.append((b >= ' ' && b < 127) ? String.valueOf(b) : String.format("\\x%02x", (int) b));
            }
        }
        return text.append('"').toString();
    }
}
