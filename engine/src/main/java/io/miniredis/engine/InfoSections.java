package io.miniredis.engine;

import io.miniredis.api.Registration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** What one plugin adds to INFO. Thread-safe. */
final class InfoSections {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]*");

    private final PluginServices plugin;
    private final List<Section> sections = new CopyOnWriteArrayList<>();

    /** Fields under a title. Two may have the same. */
    private static final class Section {
        private final String title;
        private final Supplier<? extends Map<String, ?>> fields;

        Section(String title, Supplier<? extends Map<String, ?>> fields) {
            this.title = title;
            this.fields = fields;
        }
    }

    InfoSections(PluginServices plugin) {
        this.plugin = plugin;
    }

    Registration add(String name, Supplier<? extends Map<String, ?>> fields) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("a section of INFO cannot be called '" + name + "'");
        }
        Section section = new Section(name.isEmpty() ? plugin.name() : plugin.name() + "_" + name, fields);
        sections.add(section);
        return () -> sections.remove(section);
    }

    void clear() {
        sections.clear();
    }

    /**
     * Writes sections, each with a blank line before it unless it is the first of all.
     *
     * @param wanted names in lower case, of the plugin or of a section; null for all
     */
    void writeTo(StringBuilder text, Iterable<String> wanted) {
        for (Section section : sections) {
            if (wanted == null || isWanted(section, wanted)) {
                write(section, text);
            }
        }
    }

    private boolean isWanted(Section section, Iterable<String> wanted) {
        for (String name : wanted) {
            if (name.equals(section.title.toLowerCase(Locale.ROOT))
                    || name.equals(plugin.name().toLowerCase(Locale.ROOT))) {
                return true;
            }
        }
        return false;
    }

    /** One that fails is left out. */
    private void write(Section section, StringBuilder text) {
        int before = text.length();
        text.append(before > 0 ? "\r\n" : "").append("# ").append(section.title).append("\r\n");
        try {
            section.fields
                    .get()
                    .forEach((name, value) -> text.append(plugin.name())
                            .append('_')
                            .append(clean(name).replace(':', '_'))
                            .append(':')
                            .append(clean(String.valueOf(value)))
                            .append("\r\n"));
        } catch (Throwable e) { // a plugin may throw anything
            text.setLength(before);
            plugin.infoFailed(e);
        }
    }

    /** Without what would look like another line. */
    private static String clean(String text) {
        return text.replace('\r', '_').replace('\n', '_');
    }
}
