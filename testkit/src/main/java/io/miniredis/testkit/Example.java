package io.miniredis.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** One way to call a command: what is done before, the arguments, which of them are keys, and the reply. */
final class Example {
    private final List<List<String>> given;
    private final List<String> args;
    private final List<String> keys;

    /** What the command answers; null if anything will do. */
    private final String answer;

    Example(List<List<String>> given, List<String> args, List<String> keys, String answer) {
        this.given = List.copyOf(given);
        this.args = List.copyOf(args);
        this.keys = List.copyOf(keys);
        this.answer = answer;
    }

    /**
     * Reads an example from a line: {@code given; given; example = answer}. Words end at blanks, keys stand in braces, {@code ''} is
     * a word without letters.
     */
    static Example parse(String line) {
        int equals = line.indexOf(" = ");
        String[] commands = (equals < 0 ? line : line.substring(0, equals)).split(";", -1);
        List<List<String>> given = new ArrayList<>();
        for (int i = 0; i < commands.length - 1; i++) {
            given.add(words(commands[i]).map(Example::withoutBraces).toList());
        }
        List<String> words = words(commands[commands.length - 1]).toList();
        return new Example(
                given,
                words.stream().map(Example::withoutBraces).toList(),
                words.stream()
                        .filter(Example::isKey)
                        .map(Example::withoutBraces)
                        .toList(),
                equals < 0 ? null : line.substring(equals + 3).strip());
    }

    private static Stream<String> words(String command) {
        return Stream.of(command.strip().split(" +", -1)).map(word -> word.equals("''") ? "" : word);
    }

    private static boolean isKey(String word) {
        return word.startsWith("{") && word.endsWith("}");
    }

    private static String withoutBraces(String word) {
        return isKey(word) ? word.substring(1, word.length() - 1) : word;
    }

    Example withKeys(List<String> names) {
        return new Example(given, args, names, answer);
    }

    Example withAnswer(String reply) {
        return new Example(given, args, keys, reply);
    }

    List<List<String>> given() {
        return given;
    }

    List<String> args() {
        return args;
    }

    List<String> keys() {
        return keys;
    }

    String answer() {
        return answer;
    }

    /** Whether this is an example of the command of that name. */
    boolean isOf(String command) {
        return args.get(0).toLowerCase(Locale.ROOT).equals(command);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        given.forEach(command -> text.append(String.join(" ", command)).append("; "));
        return text.append(String.join(" ", args)).toString();
    }
}
