package org.zepad.core.report;

import java.util.List;

/**
 * Curves in one frame.
 *
 * @param caption what it shows
 * @param series in the order of the legend
 * @param diagonal whether a line from corner to corner is drawn, as in the ROC of a guess
 */
public record LinePlot(String caption, Axis x, Axis y, List<Series> series, boolean diagonal)
    implements Element {

  /**
   * A curve.
   *
   * @param points joined in this order
   */
  public record Series(String name, List<Point> points) {
    public Series {
      points = List.copyOf(points);
    }
  }

  /**
   * A point of a curve.
   *
   * @param x finite
   * @param y not finite where the curve is interrupted
   * @param low lower end of its interval, NaN for none
   * @param high upper end of its interval, NaN for none
   */
  public record Point(double x, double y, double low, double high) {
    public Point {
      if (!Double.isFinite(x)) {
        throw new IllegalArgumentException("a point at x = " + x);
      }
    }

    /** A point without an interval. */
    public static Point of(double x, double y) {
      return new Point(x, y, Double.NaN, Double.NaN);
    }

    boolean drawn() {
      return Double.isFinite(y);
    }

    boolean hasInterval() {
      return drawn() && Double.isFinite(low) && Double.isFinite(high);
    }
  }

  public LinePlot {
    series = List.copyOf(series);
    for (Series one : series) {
      for (Point point : one.points()) {
        requireAboveZero(x, point.x(), one);
        if (point.drawn()) {
          requireAboveZero(y, point.y(), one);
        }
        if (point.hasInterval()) {
          requireAboveZero(y, point.low(), one);
        }
      }
    }
  }

  private static void requireAboveZero(Axis axis, double value, Series series) {
    if (axis.scale() == Axis.Scale.LOG && value <= 0) {
      throw new IllegalArgumentException(
          "'" + series.name() + "' has " + value + " on the logarithmic axis " + axis.label());
    }
  }

  /** All its numbers: a row for each point, a group of rows for each curve. */
  public DataTable table() {
    return PlotTables.of(this);
  }
}
