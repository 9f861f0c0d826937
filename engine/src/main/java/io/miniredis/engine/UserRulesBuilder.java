package io.miniredis.engine;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Follows rules about a user, one by one, to make {@link UserRules}. What a rule means is as in Redis. */
final class UserRulesBuilder {
    private final CommandTable commands;
    private final boolean allChannelsByDefault;
    private boolean enabled;
    private boolean anyPassword;
    private String sanitizing;
    private final List<String> passwords;
    private SelectorBuilder root;
    private final List<Selector> others;

    /**
     * Begins with the rules that a user has.
     *
     * @param commands those that rules may name
     * @param allChannelsByDefault whether a new selector, and a user after {@code reset}, has all channels
     */
    UserRulesBuilder(UserRules from, CommandTable commands, boolean allChannelsByDefault) {
        this.commands = commands;
        this.allChannelsByDefault = allChannelsByDefault;
        enabled = from.enabled();
        anyPassword = from.anyPassword();
        sanitizing = from.sanitizing();
        passwords = new ArrayList<>(from.passwords());
        root = new SelectorBuilder(from.root(), commands);
        others = new ArrayList<>(from.selectors().subList(1, from.selectors().size()));
    }

    UserRules build() {
        List<Selector> selectors = new ArrayList<>();
        selectors.add(root.build());
        selectors.addAll(others);
        return new UserRules(enabled, anyPassword, sanitizing, passwords, selectors);
    }

    /**
     * Follows a rule.
     *
     * @param rule its bytes, a char for each; a selector is one rule
     * @throws BadRule if it is none
     */
    void apply(String rule) throws BadRule {
        switch (rule.toLowerCase(Locale.ROOT)) {
            case "" -> {
                // says nothing
            }
            case "on" -> enabled = true;
            case "off" -> enabled = false;
            case "nopass" -> {
                anyPassword = true;
                passwords.clear();
            }
            case "resetpass" -> {
                anyPassword = false;
                passwords.clear();
            }
            case "sanitize-payload", "skip-sanitize-payload" -> sanitizing = rule.toLowerCase(Locale.ROOT);
            case "clearselectors" -> others.clear();
            case "reset" -> reset();
            default -> applyOther(rule);
        }
    }

    private void reset() {
        enabled = false;
        anyPassword = false;
        sanitizing = "sanitize-payload";
        passwords.clear();
        root = new SelectorBuilder(Selector.none(allChannelsByDefault), commands);
        others.clear();
    }

    private void applyOther(String rule) throws BadRule {
        switch (rule.charAt(0)) {
            case '>' -> addPassword(hashOf(rule));
            case '#' -> addPassword(validHash(rule));
            case '<' -> removePassword(hashOf(rule));
            case '!' -> removePassword(validHash(rule));
            default -> {
                if (rule.startsWith("(") && rule.endsWith(")")) {
                    addSelector(rule.substring(1, rule.length() - 1));
                } else {
                    root.apply(rule);
                }
            }
        }
    }

    private static String hashOf(String rule) {
        return Passwords.hash(rule.substring(1).getBytes(ISO_8859_1));
    }

    private static String validHash(String rule) throws BadRule {
        String hash = rule.substring(1);
        if (!Passwords.isHash(hash)) {
            throw new BadRule(
                    "The password hash must be exactly 64 characters and contain only lowercase hexadecimal characters");
        }
        return hash;
    }

    private void addPassword(String hash) {
        anyPassword = false;
        if (!passwords.contains(hash)) {
            passwords.add(hash);
        }
    }

    private void removePassword(String hash) throws BadRule {
        if (!passwords.remove(hash)) {
            throw new BadRule("The password you are trying to remove from the user does not exist");
        }
    }

    private void addSelector(String rules) throws BadRule {
        SelectorBuilder builder = new SelectorBuilder(Selector.none(allChannelsByDefault), commands);
        for (byte[] rule : words(rules)) {
            builder.apply(new String(rule, ISO_8859_1));
        }
        others.add(builder.build());
    }

    /** As in Redis, rules with quotes that do not match say nothing. */
    private static List<byte[]> words(String rules) {
        try {
            return WordSplitter.splitBytes(rules.getBytes(ISO_8859_1));
        } catch (IllegalArgumentException e) {
            return List.of();
        }
    }

    /**
     * Puts the words of selectors together, which blanks have torn apart.
     *
     * @throws BadRule if one does not end
     */
    static List<String> joinSelectors(List<String> words) throws BadRule {
        List<String> rules = new ArrayList<>();
        int begin = -1;
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            boolean opens = word.startsWith("(") && !word.endsWith(")");
            if (opens && begin >= 0) {
                throw unmatched(words.get(begin));
            }
            if (opens) {
                begin = i;
            } else if (begin < 0) {
                rules.add(word);
            } else if (word.endsWith(")")) {
                rules.add(String.join(" ", words.subList(begin, i + 1)));
                begin = -1;
            }
        }
        if (begin >= 0) {
            throw unmatched(words.get(begin));
        }
        return rules;
    }

    private static BadRule unmatched(String begin) {
        return new BadRule("Unmatched parenthesis in acl selector starting at '" + Users.quotable(begin) + "'.");
    }
}
