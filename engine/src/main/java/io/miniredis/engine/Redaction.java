package io.miniredis.engine;

import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Which arguments nobody may see who looks at what others have sent: passwords, and what users are allowed. Those that Redis hides. */
final class Redaction {
    /** What is shown instead. */
    static final String SHOWN = "(redacted)";

    private static final Set<String> SECRET_DIRECTIVES = Set.of("requirepass", "masterauth", "masteruser");

    private Redaction() {}

    /**
     * Hides what is to be hidden of a request.
     *
     * @param words the request, with the command's own name; may be changed
     */
    static void apply(Command command, List<String> words) {
        of(command.spec.name(), words).stream().forEach(index -> words.set(index, SHOWN));
    }

    /**
     * What to hide.
     *
     * @param command its full name
     * @param words the request, with the command's own name
     * @return the indexes of words
     */
    static BitSet of(String command, List<String> words) {
        BitSet hidden = new BitSet();
        switch (command) {
            case "auth" -> hidden.set(1, words.size());
            case "acl|setuser" -> hidden.set(2, words.size());
            case "config|set" -> {
                for (int i = 2; i + 1 < words.size(); i += 2) {
                    hidden.set(i + 1, SECRET_DIRECTIVES.contains(words.get(i).toLowerCase(Locale.ROOT)));
                }
            }
            case "hello" -> {
                for (int i = 2; i + 2 < words.size(); i++) {
                    if (words.get(i).equalsIgnoreCase("AUTH")) {
                        hidden.set(i + 1, i + 3);
                        i += 2;
                    }
                }
            }
            default -> {
                // nothing
            }
        }
        return hidden;
    }
}
