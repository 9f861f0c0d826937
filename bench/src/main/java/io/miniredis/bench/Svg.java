package io.miniredis.bench;

import java.util.List;
import java.util.Locale;

/** Draws. Colours follow the reader's choice of a light or a dark page; the background is the page's own. */
final class Svg {
    /** Where the drawing begins, below the title and the legend. */
    static final int TOP = 58;

    private static final String STYLE = """
            <style>
              text { font: 12px system-ui, sans-serif; fill: #1f2328 }
              .title { font-size: 14px; font-weight: 600 }
              .grid { stroke: #8c959f; stroke-opacity: .35 }
              .one { stroke: #1f2328; stroke-width: 1.5; stroke-dasharray: 4 3 }
              @media (prefers-color-scheme: dark) {
                text { fill: #e6edf3 } .one { stroke: #e6edf3 }
              }
            </style>
            """;

    /** Of the data; they stand out on white and on black. */
    private static final String[] COLORS = {
        "#2f6feb", "#d9822b", "#2da44e", "#cf4a5a", "#8a63d2", "#6e7781", "#1b9aaa", "#a8780a"
    };

    /** Where the legend is; of two rows, the first is half a row higher. */
    private static final int LEGEND_TOP = 34;

    private static final int LEGEND_ROW = 15;

    private final StringBuilder body = new StringBuilder();
    private final int width;

    Svg(int width, int height, String title) {
        this.width = width;
        body.append("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 ")
                .append(width)
                .append(' ')
                .append(height)
                .append("\" width=\"")
                .append(width)
                .append("\" height=\"")
                .append(height)
                .append("\" role=\"img\">\n<title>")
                .append(escaped(title))
                .append("</title>\n")
                .append(STYLE)
                .append("<text class=\"title\" x=\"12\" y=\"22\">")
                .append(escaped(title))
                .append("</text>\n");
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }

    private void add(String format, Object... values) {
        body.append(String.format(Locale.ROOT, format, values)).append('\n');
    }

    private static String color(int number) {
        return COLORS[number % COLORS.length];
    }

    void line(double x1, double y1, double x2, double y2, String style) {
        add("<line class=\"%s\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>", style, x1, y1, x2, y2);
    }

    /** @param anchor start, middle or end: which point of the text lies at x */
    void text(double x, double y, String anchor, String text) {
        add("<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>", x, y, anchor, escaped(text));
    }

    void rectangle(double x, double y, double width, double height, int color) {
        add(
                "<rect fill=\"%s\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\"/>",
                color(color), x, y, width, height);
    }

    void dot(double x, double y, int color) {
        add("<circle fill=\"%s\" cx=\"%.1f\" cy=\"%.1f\" r=\"3\"/>", color(color), x, y);
    }

    /** A line through points given as x, y, x, y and so on. */
    void path(List<Double> points, int color) {
        StringBuilder path = new StringBuilder();
        for (int i = 0; i < points.size(); i += 2) {
            path.append(i == 0 ? 'M' : 'L').append(number(points.get(i)));
            path.append(' ').append(number(points.get(i + 1)));
        }
        add("<path fill=\"none\" stroke-width=\"2\" stroke=\"%s\" d=\"%s\"/>", color(color), path);
    }

    /** Says what the colours stand for; in a second row what the first has no room for. */
    void legend(double left, List<String> names) {
        double x = left;
        double y = LEGEND_TOP - (isWiderThanARow(left, names) ? LEGEND_ROW / 2.0 : 0);
        for (int i = 0; i < names.size(); i++) {
            if (x > left && x + legendWidth(names.get(i)) > width) {
                x = left;
                y += LEGEND_ROW;
            }
            rectangle(x, y, 10, 10, i);
            text(x + 15, y + 9, "start", names.get(i));
            x += legendWidth(names.get(i));
        }
    }

    private boolean isWiderThanARow(double left, List<String> names) {
        return left + names.stream().mapToDouble(Svg::legendWidth).sum() > width;
    }

    private static double legendWidth(String name) {
        return 35 + name.length() * 7;
    }

    @Override
    public String toString() {
        return body + "</svg>\n";
    }
}
