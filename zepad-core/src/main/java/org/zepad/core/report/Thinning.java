package org.zepad.core.report;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.zepad.core.report.LinePlot.Point;
import org.zepad.core.report.LinePlot.Series;

/** Fewer points where nobody can see them all. */
final class Thinning {
  /** So many columns across a plot; two for each pixel of it. */
  private static final int COLUMNS = 800;

  private Thinning() {}

  /**
   * A curve that looks the same: of the points of each narrow column the first, the lowest, the
   * highest and the last (Jugel et al. 2014, M4). An interruption is kept.
   */
  static List<Point> drawn(List<Point> points, Frame frame) {
    List<Point> kept = new ArrayList<>();
    for (int from = 0; from < points.size(); ) {
      int to = from + 1;
      long column = column(points.get(from), frame);
      boolean drawn = points.get(from).drawn();
      while (to < points.size()
          && points.get(to).drawn() == drawn
          && column(points.get(to), frame) == column) {
        to++;
      }
      keep(points.subList(from, to), kept);
      from = to;
    }
    return kept;
  }

  private static long column(Point point, Frame frame) {
    return Math.round((frame.x(point.x()) - frame.left()) / (Frame.RIGHT - frame.left()) * COLUMNS);
  }

  private static void keep(List<Point> column, List<Point> kept) {
    TreeSet<Integer> places = new TreeSet<>(List.of(0, column.size() - 1));
    int lowest = 0;
    int highest = 0;
    for (int i = 1; i < column.size(); i++) {
      lowest = column.get(i).y() < column.get(lowest).y() ? i : lowest;
      highest = column.get(i).y() > column.get(highest).y() ? i : highest;
    }
    places.add(lowest);
    places.add(highest);
    places.forEach(place -> kept.add(column.get(place)));
  }

  /** The plot with at most so many points of each curve, evenly chosen, both ends among them. */
  static LinePlot toRead(LinePlot plot, int most) {
    List<Series> series =
        plot.series().stream()
            .map(one -> new Series(one.name(), some(one.points(), most)))
            .toList();
    return new LinePlot(plot.caption(), plot.x(), plot.y(), series, plot.diagonal());
  }

  private static List<Point> some(List<Point> points, int most) {
    int size = points.size();
    if (size <= most) {
      return points;
    }
    List<Point> some = new ArrayList<>();
    for (long i = 0; i < most; i++) {
      some.add(points.get((int) (i * (size - 1) / (most - 1))));
    }
    return some;
  }
}
