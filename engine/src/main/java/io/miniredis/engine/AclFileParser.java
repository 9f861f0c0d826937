package io.miniredis.engine;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads the text of a file of users. All that is wrong with it is reported together, as Redis does. */
final class AclFileParser {
    private final String file;
    private final CommandTable commands;
    private final boolean allChannelsByDefault;
    private final Map<String, UserRules> users = new LinkedHashMap<>();
    private final StringBuilder errors = new StringBuilder();

    /**
     * Makes a parser.
     *
     * @param file to be named in errors
     * @param commands those that rules may name
     * @param allChannelsByDefault whether a new user has all channels
     */
    AclFileParser(String file, CommandTable commands, boolean allChannelsByDefault) {
        this.file = file;
        this.commands = commands;
        this.allChannelsByDefault = allChannelsByDefault;
    }

    /**
     * The users of the file.
     *
     * @throws BadRule if any line is wrong, with what is wrong with all of them
     */
    Map<String, UserRules> parse(String text) throws BadRule {
        int number = 0;
        for (String line : text.split("\n", -1)) {
            number++;
            String trimmed = line.replaceAll("^[ \t\r]+|[ \t\r]+$", "");
            if (!trimmed.isEmpty()) {
                parseLine(trimmed, number);
            }
        }
        if (errors.length() > 0) {
            throw new BadRule(errors
                    + "WARNING: ACL errors detected, no change to the previously active ACL rules was performed");
        }
        return users;
    }

    private void parseLine(String line, int number) {
        String place = file + ":" + number;
        List<String> words = Arrays.asList(line.split(" ", -1));
        if (!words.get(0).equals("user") || words.size() < 2) {
            errors.append(place).append(" should start with user keyword followed by the username. ");
            return;
        }
        String name = words.get(1);
        if (SelectorBuilder.hasBlanks(name)) {
            errors.append("'").append(place).append(": username '").append(Users.quotable(name));
            errors.append("' contains invalid characters. ");
        } else if (users.containsKey(name)) {
            errors.append("WARNING: Duplicate user '").append(Users.quotable(name));
            errors.append("' found on line ").append(number).append(". ");
        } else {
            users.put(name, rules(words.subList(2, words.size()), place));
        }
    }

    private UserRules rules(List<String> words, String place) {
        UserRulesBuilder builder =
                new UserRulesBuilder(UserRules.none(allChannelsByDefault), commands, allChannelsByDefault);
        boolean reported = false;
        List<String> rules;
        try {
            rules = UserRulesBuilder.joinSelectors(words);
        } catch (BadRule e) {
            errors.append(place).append(": Unmatched parenthesis in selector definition.");
            return builder.build();
        }
        for (String rule : rules) {
            try {
                builder.apply(rule);
            } catch (BadRule e) {
                if (e.namesNothing()) {
                    errors.append(place)
                            .append(": Error in applying operation '")
                            .append(Users.quotable(rule));
                    errors.append("': ").append(e.getMessage()).append(". ");
                } else if (!reported) {
                    errors.append(place).append(": ").append(e.getMessage()).append(". ");
                    reported = true;
                }
            }
        }
        return builder.build();
    }
}
