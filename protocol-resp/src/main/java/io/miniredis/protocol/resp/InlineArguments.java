package io.miniredis.protocol.resp;

import io.miniredis.api.transport.RequestBatch;

/**
 * Splits the line of an inline request, as somebody at a terminal types it, into arguments: at blanks, except within quotes.
 * Double quotes know the escapes {@code \n \r \t \b \a \xHH} and take any other escaped byte for itself; single quotes know
 * only {@code \'}. Quotes may begin in the middle of an argument, but must end with it.
 *
 * <p>An argument is never longer than its source, so it is unescaped in place. That destroys the line: it can be split once.
 */
final class InlineArguments {
    private static final byte UNQUOTED = 0;

    private InlineArguments() {}

    /**
     * Adds a line's arguments, possibly none, to the request that is being built.
     *
     * @param line holds the line
     * @param from its first byte
     * @param end the byte after its last, without the line break
     * @param batch where the arguments go
     * @throws ProtocolException if quotes are not closed, or not followed by a blank
     */
    static void split(byte[] line, int from, int end, RequestBatch batch) throws ProtocolException {
        int at = skipBlanks(line, from, end);
        while (at < end) {
            int start = at;
            int to = at;
            byte quote = UNQUOTED;
            while (at < end) {
                byte b = line[at++];
                if (quote == UNQUOTED) {
                    if (b == ' ' || b == '\t' || b == '\r') {
                        break;
                    } else if (b == '"' || b == '\'') {
                        quote = b;
                    } else {
                        line[to++] = b;
                    }
                } else if (b == quote) {
                    if (at < end && !isBlank(line[at])) {
                        break;
                    }
                    quote = UNQUOTED;
                    break;
                } else if (b == '\\' && quote == '"' && isHexEscape(line, at, end)) {
                    line[to++] = (byte) (hexDigit(line[at + 1]) << 4 | hexDigit(line[at + 2]));
                    at += 3;
                } else if (b == '\\' && quote == '"' && at < end) {
                    line[to++] = escaped(line[at++]);
                } else if (b == '\\' && quote == '\'' && at < end && line[at] == '\'') {
                    line[to++] = line[at++];
                } else {
                    line[to++] = b;
                }
            }
            if (quote != UNQUOTED) {
                throw new ProtocolException(from, "unbalanced quotes in request");
            }
            batch.addArgument(start, to - start);
            at = skipBlanks(line, at, end);
        }
    }

    private static int skipBlanks(byte[] line, int from, int end) {
        int at = from;
        while (at < end && isBlank(line[at])) {
            at++;
        }
        return at;
    }

    /** What C calls a space. Within an argument, vertical tabs and form feeds are nevertheless bytes like others. */
    private static boolean isBlank(byte b) {
        return b == ' ' || (b >= '\t' && b <= '\r');
    }

    private static boolean isHexEscape(byte[] line, int at, int end) {
        return at + 2 < end && line[at] == 'x' && hexDigit(line[at + 1]) >= 0 && hexDigit(line[at + 2]) >= 0;
    }

    private static int hexDigit(byte b) {
        return Character.digit(b, 16);
    }

    private static byte escaped(byte b) {
        return switch (b) {
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'b' -> '\b';
            case 'a' -> 7;
            default -> b;
        };
    }
}
