package io.miniredis.protocol.resp;

import java.util.List;
import java.util.Random;

/** Makes streams of requests, and damages them. */
final class RandomStreams {
    private static final String BYTES = "ab \"'\\x41\r\n$*-0123456789\0\u00ff";

    private RandomStreams() {}

    /** A stream of a few requests, which are added to the list. */
    static String valid(Random random, List<List<String>> requests) {
        var wire = new StringBuilder();
        int count = 1 + random.nextInt(5);
        for (int i = 0; i < count; i++) {
            List<String> arguments = random.ints(1 + random.nextInt(random.nextInt(10) == 0 ? 15 : 4))
                    .mapToObj(seed -> argument(random))
                    .toList();
            requests.add(arguments);
            if (random.nextInt(4) == 0) {
                arguments.forEach(
                        argument -> wire.append(quoted(random, argument)).append(random.nextBoolean() ? " " : "\t "));
                wire.append(random.nextBoolean() ? "\r\n" : "\n");
            } else {
                wire.append('*').append(arguments.size()).append("\r\n");
                arguments.forEach(argument -> wire.append('$')
                        .append(argument.length())
                        .append("\r\n")
                        .append(argument)
                        .append("\r\n"));
            }
            if (random.nextInt(8) == 0) {
                wire.append(random.nextBoolean() ? "*0\r\n" : "\r\n");
            }
        }
        return wire.toString();
    }

    /** The same stream with a few bytes replaced, removed or inserted. */
    static String damaged(Random random, String wire) {
        var damaged = new StringBuilder(wire);
        int count = random.nextInt(4);
        for (int i = 0; i < count && damaged.length() > 0; i++) {
            int place = random.nextInt(damaged.length());
            switch (random.nextInt(3)) {
                case 0 -> damaged.setCharAt(place, anyByte(random));
                case 1 -> damaged.deleteCharAt(place);
                default -> damaged.insert(place, anyByte(random));
            }
        }
        return damaged.toString();
    }

    private static String argument(Random random) {
        int length = random.nextInt(12);
        if (random.nextInt(20) == 0) {
            length = 95 + random.nextInt(1000);
        }
        var argument = new StringBuilder();
        for (int i = 0; i < length; i++) {
            argument.append(anyByte(random));
        }
        return argument.toString();
    }

    private static char anyByte(Random random) {
        return BYTES.charAt(random.nextInt(BYTES.length()));
    }

    private static String quoted(Random random, String argument) {
        var quoted = new StringBuilder("\"");
        for (int i = 0; i < argument.length(); i++) {
            char c = argument.charAt(i);
            if (c == '\n' || random.nextInt(10) == 0) {
                quoted.append(String.format("\\x%02x", (int) c));
            } else if (c == '"' || c == '\\') {
                quoted.append('\\').append(c);
            } else {
                quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }
}
