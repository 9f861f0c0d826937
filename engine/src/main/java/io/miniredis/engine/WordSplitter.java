package io.miniredis.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Splits a line of a configuration file into words, as Redis does: at blanks, but not within quotes. Double quotes know the
 * escapes {@code \n \r \t \b \a \xHH}, single quotes only {@code \'}. A closing quote must end its word.
 *
 * <p>Works on bytes, because that is what {@code \xHH} means.
 */
public final class WordSplitter {
    private final byte[] line;
    private final List<byte[]> words = new ArrayList<>();
    private final ByteArrayOutputStream word = new ByteArrayOutputStream();
    private int position;

    private WordSplitter(byte[] line) {
        this.line = line;
    }

    /**
     * The words of a line.
     *
     * @param line without its end
     * @return in order, without their quotes
     * @throws IllegalArgumentException if a quote is not closed, or closed within a word
     */
    public static List<String> split(String line) {
        List<String> words = new ArrayList<>();
        splitBytes(line).forEach(word -> words.add(new String(word, UTF_8)));
        return words;
    }

    /**
     * The words of a line, which need not be text.
     *
     * @param line without its end
     * @return in order, without their quotes
     * @throws IllegalArgumentException if a quote is not closed, or closed within a word
     */
    public static List<byte[]> splitBytes(String line) {
        return splitBytes(line.getBytes(UTF_8));
    }

    /** The same of bytes. */
    static List<byte[]> splitBytes(byte[] line) {
        WordSplitter splitter = new WordSplitter(line);
        while (splitter.skipBlanks()) {
            splitter.takeWord();
        }
        return splitter.words;
    }

    /** True if there is another word. */
    private boolean skipBlanks() {
        while (position < line.length && isBlank(line[position])) {
            position++;
        }
        return position < line.length;
    }

    private void takeWord() {
        word.reset();
        while (position < line.length && !isBlank(line[position])) {
            byte next = line[position++];
            if (next == '"' || next == '\'') {
                takeQuoted(next);
                break;
            }
            word.write(next);
        }
        words.add(word.toByteArray());
    }

    private void takeQuoted(byte quote) {
        while (position < line.length) {
            byte next = line[position++];
            if (next == quote) {
                if (position < line.length && !isBlank(line[position])) {
                    throw new IllegalArgumentException("a closing quote must be followed by a blank");
                }
                return;
            }
            if (next == '\\' && quote == '"' && position < line.length) {
                takeEscape();
            } else if (next == '\\' && position < line.length && line[position] == '\'') {
                word.write(line[position++]);
            } else {
                word.write(next);
            }
        }
        throw new IllegalArgumentException("a quote is not closed");
    }

    private void takeEscape() {
        byte next = line[position++];
        int high = hexDigit(position);
        int low = hexDigit(position + 1);
        if (next == 'x' && high >= 0 && low >= 0) {
            word.write(high << 4 | low);
            position += 2;
            return;
        }
        word.write(
                switch (next) {
                    case 'n' -> '\n';
                    case 'r' -> '\r';
                    case 't' -> '\t';
                    case 'b' -> '\b';
                    case 'a' -> 0x07;
                    default -> next;
                });
    }

    /** -1 if there is none. */
    private int hexDigit(int index) {
        return index < line.length ? Character.digit(line[index], 16) : -1;
    }

    private static boolean isBlank(byte character) {
        return character == ' ' || (character >= '\t' && character <= '\r') || character == 0;
    }
}
