package io.miniredis.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * A page with marked places, one for each section:
 *
 * <pre>
 * &lt;!-- begin NAME --&gt;
 * ...
 * &lt;!-- end NAME --&gt;
 * </pre>
 *
 * Writing a section replaces what is between its marks, and puts its plots beside the page.
 */
final class Report {
    private final Path page;

    Report(Path page) {
        this.page = page;
    }

    /**
     * Writes a section.
     *
     * @param plots pictures by their titles
     */
    void write(String section, String text, Map<String, String> plots) {
        try {
            StringBuilder body = new StringBuilder(text);
            int number = 0;
            for (Map.Entry<String, String> plot : plots.entrySet()) {
                number++;
                String file = "benchmarks-" + section + (plots.size() == 1 ? "" : "-" + number) + ".svg";
                Files.writeString(page.resolveSibling(file), plot.getValue(), UTF_8);
                body.append("\n![")
                        .append(plot.getKey())
                        .append("](")
                        .append(file)
                        .append(")\n");
            }
            Files.writeString(page, replaced(Files.readString(page, UTF_8), section, body.toString()), UTF_8);
        } catch (IOException e) {
            throw new BenchFailure("cannot write " + page, e);
        }
    }

    static String replaced(String page, String section, String body) {
        String begin = "<!-- begin " + section + " -->\n";
        String end = "<!-- end " + section + " -->";
        int from = page.indexOf(begin);
        int to = page.indexOf(end, Math.max(0, from));
        if (from < 0 || to < 0) {
            throw new BenchFailure("the page has no place marked '" + section + "'");
        }
        return page.substring(0, from + begin.length()) + "\n" + body + "\n" + page.substring(to);
    }
}
