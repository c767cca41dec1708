package org.zepad.core.report;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import org.zepad.core.report.LinePlot.Point;
import org.zepad.core.report.LinePlot.Series;

/**
 * Draws curves. Where each has few points, they get markers and whiskers; where one has many, the
 * lines get dashes and bands.
 */
final class SvgLinePlot {
  private static final int FEW_POINTS = 40;

  private final LinePlot plot;
  private final Frame frame;
  private final boolean few;

  SvgLinePlot(LinePlot plot) {
    this.plot = plot;
    this.few = plot.series().stream().allMatch(series -> series.points().size() <= FEW_POINTS);
    DoubleStream ends =
        DoubleStream.concat(
            values(point -> point.hasInterval() ? point.low() : Double.NaN),
            values(point -> point.hasInterval() ? point.high() : Double.NaN));
    double[] ys = DoubleStream.concat(values(Point::y), ends).filter(Double::isFinite).toArray();
    Ticks xTicks = Ticks.of(plot.x(), values(Point::x).toArray());
    this.frame = new Frame(plot.x(), xTicks, plot.y(), Ticks.of(plot.y(), ys));
  }

  private DoubleStream values(ToDoubleFunction<Point> of) {
    return plot.series().stream().flatMap(series -> series.points().stream()).mapToDouble(of);
  }

  void draw(HtmlWriter out, String id) {
    Frame.open(out, id, plot.caption(), description());
    frame.axes(out);
    if (plot.diagonal()) {
      frame.diagonal(out);
    }
    frame.openInside(out);
    for (int i = 0; i < plot.series().size(); i++) {
      out.open("g", "class", Palette.colour(i));
      curve(out, plot.series().get(i), i);
      out.close();
    }
    out.close();
    out.close();
  }

  /** Names of the curves and how to know them. */
  void legend(HtmlWriter out) {
    out.open("ul", "class", "legend");
    for (int i = 0; i < plot.series().size(); i++) {
      out.open("li");
      Legend.open(out, i);
      out.empty("path", "class", curveClass(i), "d", "M1 8H29");
      if (few) {
        out.empty(
            "path", "class", "marker", "d", Palette.marker(i), "transform", "translate(15 8)");
      }
      out.close();
      out.leaf("span", plot.series().get(i).name());
      out.close();
    }
    if (plot.diagonal()) {
      out.open("li");
      Legend.open(out, 0);
      out.empty("path", "class", "diagonal", "d", "M1 8H29");
      out.close();
      out.leaf("span", "a guess");
      out.close();
    }
    out.close();
  }

  private String curveClass(int place) {
    return few ? "curve" : "curve " + Palette.dashes(place);
  }

  private void curve(HtmlWriter out, Series series, int place) {
    List<Point> points = few ? series.points() : Thinning.drawn(series.points(), frame);
    List<List<Point>> runs = runs(points);
    if (few) {
      points.stream().filter(Point::hasInterval).forEach(point -> whisker(out, point));
    } else {
      runs.forEach(run -> band(out, run));
    }
    StringBuilder path = new StringBuilder();
    runs.forEach(run -> path.append(path(run)));
    out.empty("path", "class", curveClass(place), "d", path.toString());
    if (few) {
      for (Point point : points) {
        if (point.drawn() && frame.holds(point.x(), point.y())) {
          marker(out, series.name(), point, place);
        }
      }
    }
  }

  /** What is joined by lines. */
  private static List<List<Point>> runs(List<Point> points) {
    List<List<Point>> runs = new ArrayList<>();
    boolean joined = false;
    for (Point point : points) {
      if (point.drawn()) {
        if (!joined) {
          runs.add(new ArrayList<>());
        }
        runs.get(runs.size() - 1).add(point);
      }
      joined = point.drawn();
    }
    return runs;
  }

  private String path(List<Point> run) {
    StringBuilder path = new StringBuilder("M");
    for (int i = 0; i < run.size(); i++) {
      path.append(i == 0 ? "" : "L").append(at(run.get(i).x(), run.get(i).y()));
    }
    // A lone point is seen as a dot, because ends of lines are round.
    return run.size() == 1 ? path.append("h0").toString() : path.toString();
  }

  private String at(double x, double y) {
    return Numbers.coordinate(frame.x(x)) + " " + Numbers.coordinate(frame.y(y));
  }

  private void whisker(HtmlWriter out, Point point) {
    String x = Numbers.coordinate(frame.x(point.x()));
    String low = Numbers.coordinate(frame.y(point.low()));
    String high = Numbers.coordinate(frame.y(point.high()));
    Frame.line(out, "whisker", x, low, x, high);
  }

  private void band(HtmlWriter out, List<Point> run) {
    List<Point> wide = run.stream().filter(Point::hasInterval).toList();
    if (wide.size() < 2) {
      return;
    }
    StringBuilder path = new StringBuilder("M");
    for (Point point : wide) {
      path.append(at(point.x(), point.high())).append('L');
    }
    for (int i = wide.size() - 1; i >= 0; i--) {
      path.append(at(wide.get(i).x(), wide.get(i).low())).append(i == 0 ? "z" : "L");
    }
    out.empty("path", "class", "band", "d", path.toString());
  }

  private void marker(HtmlWriter out, String name, Point point, int place) {
    out.open(
        "path",
        "class",
        "marker",
        "d",
        Palette.marker(place),
        "transform",
        "translate(" + at(point.x(), point.y()) + ")");
    out.leaf("title", name + ": " + said(plot.y(), point.y()) + " at " + said(plot.x(), point.x()));
    out.close();
  }

  private static String said(Axis axis, double value) {
    return axis.percent() ? Numbers.percent(value, 1) + "%" : Numbers.brief(value);
  }

  private String description() {
    StringBuilder text = new StringBuilder();
    text.append(plot.y().label()).append(" against ").append(plot.x().label()).append('.');
    for (Series series : plot.series()) {
      List<Point> drawn = series.points().stream().filter(Point::drawn).toList();
      text.append(' ').append(series.name()).append(": ");
      if (drawn.isEmpty()) {
        text.append("no points.");
        continue;
      }
      Point first = drawn.get(0);
      Point last = drawn.get(drawn.size() - 1);
      text.append(said(plot.y(), first.y())).append(" at ").append(said(plot.x(), first.x()));
      text.append(" to ").append(said(plot.y(), last.y()));
      text.append(" at ").append(said(plot.x(), last.x())).append('.');
    }
    return text.toString();
  }
}
