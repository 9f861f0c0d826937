package io.miniredis.bench;

import java.util.ArrayList;
import java.util.List;

/** Groups of horizontal bars around a line at 1. */
final class BarChart {
    private static final int LEFT = 110;
    private static final int WIDTH = 560;
    private static final int BAR = 11;
    private static final int GAP = 12;

    /** Bars of one colour: one for each group. */
    private record Series(String name, List<Double> values) {}

    private final String title;
    private final String unit;
    private final List<String> groups;
    private final List<Series> series = new ArrayList<>();

    BarChart(String title, String unit, List<String> groups) {
        this.title = title;
        this.unit = unit;
        this.groups = groups;
    }

    void add(String name, List<Double> values) {
        series.add(new Series(name, values));
    }

    String svg() {
        double most = Axis.roundedUp(series.stream()
                .flatMap(s -> s.values.stream())
                .filter(Double::isFinite)
                .mapToDouble(Double::doubleValue)
                .max()
                .orElse(1));
        int groupHeight = series.size() * BAR + GAP;
        int bottom = Svg.TOP + groups.size() * groupHeight;
        Svg svg = new Svg(LEFT + WIDTH + 70, bottom + 34, title);
        for (double tick : Axis.ticks(most)) {
            double x = LEFT + WIDTH * tick / most;
            svg.line(x, Svg.TOP, x, bottom, "grid");
            svg.text(x, bottom + 16, "middle", Axis.label(tick));
        }
        double one = LEFT + WIDTH / most;
        svg.line(one, Svg.TOP, one, bottom, "one");
        svg.text(LEFT + WIDTH / 2.0, bottom + 31, "middle", unit);
        for (int group = 0; group < groups.size(); group++) {
            double top = Svg.TOP + group * (double) groupHeight + GAP / 2.0;
            svg.text(LEFT - 8, top + series.size() * BAR / 2.0 + 4, "end", groups.get(group));
            for (int i = 0; i < series.size(); i++) {
                bar(svg, i, top + i * BAR, series.get(i).values.get(group), most);
            }
        }
        svg.legend(LEFT, series.stream().map(Series::name).toList());
        return svg.toString();
    }

    private static void bar(Svg svg, int color, double y, double value, double most) {
        if (!Double.isFinite(value)) {
            return;
        }
        double width = WIDTH * value / most;
        svg.rectangle(LEFT, y, width, BAR - 1, color);
        svg.text(LEFT + width + 4, y + BAR - 2, "start", Table.ratio(value, 1));
    }
}
