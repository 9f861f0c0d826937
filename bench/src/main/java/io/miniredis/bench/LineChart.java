package io.miniredis.bench;

import java.util.ArrayList;
import java.util.List;

/** Lines over an axis whose marks grow tenfold, or evenly. */
final class LineChart {
    private static final int LEFT = 64;
    private static final int WIDTH = 600;
    private static final int HEIGHT = 260;

    /** One line. */
    private record Series(String name, List<Double> xs, List<Double> ys) {}

    private final String title;
    private final String xLabel;
    private final boolean tenfold;
    private final List<Series> series = new ArrayList<>();

    LineChart(String title, String xLabel, boolean tenfold) {
        this.title = title;
        this.xLabel = xLabel;
        this.tenfold = tenfold;
    }

    /** Points with a figure that is none are left out. */
    void add(String name, List<Double> xs, List<Double> ys) {
        List<Double> keptXs = new ArrayList<>();
        List<Double> keptYs = new ArrayList<>();
        for (int i = 0; i < xs.size(); i++) {
            if (Double.isFinite(ys.get(i))) {
                keptXs.add(place(xs.get(i)));
                keptYs.add(ys.get(i));
            }
        }
        series.add(new Series(name, keptXs, keptYs));
    }

    private double place(double x) {
        return tenfold ? Math.log10(x) : x;
    }

    String svg() {
        double from = tenfold ? Math.floor(least()) : 0;
        double to = tenfold ? Math.ceil(most()) : Axis.roundedUp(most());
        double top = Axis.roundedUp(series.stream()
                .flatMap(s -> s.ys.stream())
                .mapToDouble(Double::doubleValue)
                .max()
                .orElse(1));
        Svg svg = new Svg(LEFT + WIDTH + 30, Svg.TOP + HEIGHT + 40, title);
        for (double tick : Axis.ticks(top)) {
            double y = y(tick, top);
            svg.line(LEFT, y, LEFT + WIDTH, y, "grid");
            svg.text(LEFT - 8, y + 4, "end", Axis.label(tick));
        }
        for (double tick : tenfold ? decades(from, to) : Axis.ticks(to)) {
            double x = x(tick, from, to);
            svg.line(x, Svg.TOP, x, Svg.TOP + HEIGHT, "grid");
            svg.text(x, Svg.TOP + HEIGHT + 17, "middle", Axis.label(tenfold ? Math.pow(10, tick) : tick));
        }
        svg.text(LEFT + WIDTH / 2.0, Svg.TOP + HEIGHT + 35, "middle", xLabel);
        for (int i = 0; i < series.size(); i++) {
            line(svg, i, from, to, top);
        }
        svg.legend(LEFT, series.stream().map(Series::name).toList());
        return svg.toString();
    }

    private void line(Svg svg, int color, double from, double to, double top) {
        Series line = series.get(color);
        List<Double> points = new ArrayList<>();
        for (int i = 0; i < line.xs.size(); i++) {
            double x = x(line.xs.get(i), from, to);
            double y = y(line.ys.get(i), top);
            points.add(x);
            points.add(y);
            if (tenfold) {
                svg.dot(x, y, color);
            }
        }
        svg.path(points, color);
    }

    private double least() {
        return series.stream()
                .flatMap(s -> s.xs.stream())
                .mapToDouble(Double::doubleValue)
                .min()
                .orElse(0);
    }

    private double most() {
        return series.stream()
                .flatMap(s -> s.xs.stream())
                .mapToDouble(Double::doubleValue)
                .max()
                .orElse(1);
    }

    private static List<Double> decades(double from, double to) {
        List<Double> decades = new ArrayList<>();
        for (double decade = from; decade <= to; decade++) {
            decades.add(decade);
        }
        return decades;
    }

    private static double x(double place, double from, double to) {
        return to == from ? LEFT : LEFT + WIDTH * (place - from) / (to - from);
    }

    private static double y(double value, double top) {
        return Svg.TOP + HEIGHT - HEIGHT * value / top;
    }
}
