package org.zepad.core.report;

import org.zepad.core.report.Axis.Scale;

/** The rectangle in which a plot is drawn: from values to pixels, and its axes. */
final class Frame {
  static final double WIDTH = 420;
  static final double HEIGHT = 294;
  static final double RIGHT = 400;
  static final double TOP = 12;
  static final double BOTTOM = 240;

  /** What is drawn may reach so far over the rectangle: half a marker. */
  private static final double OVERHANG = 6;

  private static final double TICK_LENGTH = 4;
  private static final double LABEL_BELOW = 286;
  private static final double LABEL_LEFT = 14;
  private static final double LABELS_AFTER = 32;

  /** About the width of a digit. */
  private static final double LETTER = 8.6;

  private static final double PLAIN_FROM = 1e-4;
  private static final double PLAIN_TO = 1e6;

  private final Axis x;
  private final Axis y;
  private final Ticks xTicks;
  private final Ticks yTicks;
  private final double left;

  Frame(Axis x, Ticks xTicks, Axis y, Ticks yTicks) {
    this.x = x;
    this.y = y;
    this.xTicks = xTicks;
    this.yTicks = yTicks;
    int longest =
        yTicks.values().stream().mapToInt(v -> label(y, yTicks, v).length()).max().orElse(0);
    this.left = LABELS_AFTER + LETTER * longest;
  }

  /** Where the rectangle begins: after the numbers of the axis, however long they are. */
  double left() {
    return left;
  }

  /** Pixels from the left. */
  double x(double value) {
    return left + (RIGHT - left) * portion(x, xTicks, value);
  }

  /** Pixels from the top. */
  double y(double value) {
    return BOTTOM - (BOTTOM - TOP) * portion(y, yTicks, value);
  }

  /** Whether a point lies inside; rounding is forgiven. */
  boolean holds(double xValue, double yValue) {
    double slack = 1e-6;
    double px = x(xValue);
    double py = y(yValue);
    return px >= left - slack && px <= RIGHT + slack && py >= TOP - slack && py <= BOTTOM + slack;
  }

  private static double portion(Axis axis, Ticks ticks, double value) {
    if (axis.scale() == Scale.LOG) {
      return Math.log(value / ticks.low()) / Math.log(ticks.high() / ticks.low());
    }
    return (value - ticks.low()) / (ticks.high() - ticks.low());
  }

  /** Opens the picture, told to those who cannot see it by the texts of these ids. */
  static void open(HtmlWriter out, String id, String title, String description) {
    out.open(
        "svg",
        "viewBox",
        "0 0 " + Numbers.coordinate(WIDTH) + " " + Numbers.coordinate(HEIGHT),
        "role",
        "img",
        "aria-labelledby",
        id + "-title " + id + "-desc");
    out.leaf("title", title, "id", id + "-title");
    out.leaf("desc", description, "id", id + "-desc");
  }

  /** Lines, ticks, numbers and labels of both axes. */
  void axes(HtmlWriter out) {
    out.open("g", "class", "axes");
    for (double value : yTicks.values()) {
      String at = Numbers.coordinate(y(value));
      line(out, "grid", Numbers.coordinate(left), at, Numbers.coordinate(RIGHT), at);
      out.leaf(
          "text",
          label(y, yTicks, value),
          "class",
          "end",
          "x",
          Numbers.coordinate(left - 7),
          "y",
          Numbers.coordinate(y(value) + 4));
    }
    String bottom = Numbers.coordinate(BOTTOM);
    for (double value : xTicks.values()) {
      String at = Numbers.coordinate(x(value));
      line(out, "axis", at, bottom, at, Numbers.coordinate(BOTTOM + TICK_LENGTH));
      out.leaf(
          "text",
          label(x, xTicks, value),
          "class",
          "middle",
          "x",
          at,
          "y",
          Numbers.coordinate(BOTTOM + 20));
    }
    line(out, "axis", Numbers.coordinate(left), bottom, Numbers.coordinate(RIGHT), bottom);
    String middle = Numbers.coordinate((left + RIGHT) / 2);
    out.leaf(
        "text",
        title(x),
        "class",
        "label middle",
        "x",
        middle,
        "y",
        Numbers.coordinate(LABEL_BELOW));
    out.leaf(
        "text",
        title(y),
        "class",
        "label middle",
        "transform",
        "translate("
            + Numbers.coordinate(LABEL_LEFT)
            + " "
            + Numbers.coordinate((TOP + BOTTOM) / 2)
            + ") rotate(-90)");
    out.close();
  }

  /** From corner to corner. */
  void diagonal(HtmlWriter out) {
    line(
        out,
        "diagonal",
        Numbers.coordinate(left),
        Numbers.coordinate(BOTTOM),
        Numbers.coordinate(RIGHT),
        Numbers.coordinate(TOP));
  }

  /** Opens what cuts off all that is drawn outside. */
  void openInside(HtmlWriter out) {
    String from = Numbers.coordinate(left - OVERHANG);
    String top = Numbers.coordinate(TOP - OVERHANG);
    String width = Numbers.coordinate(RIGHT - left + 2 * OVERHANG);
    String height = Numbers.coordinate(BOTTOM - TOP + 2 * OVERHANG);
    String box = String.join(" ", from, top, width, height);
    out.open("svg", "x", from, "y", top, "width", width, "height", height, "viewBox", box);
  }

  static void line(HtmlWriter out, String kind, String x1, String y1, String x2, String y2) {
    out.empty("line", "class", kind, "x1", x1, "y1", y1, "x2", x2, "y2", y2);
  }

  private static String title(Axis axis) {
    return axis.percent() ? axis.label() + ", %" : axis.label();
  }

  private static String label(Axis axis, Ticks ticks, double value) {
    if (axis.percent()) {
      return Numbers.percent(value, Math.max(0, ticks.decimals() - 2));
    }
    double largest = Math.max(Math.abs(ticks.low()), Math.abs(ticks.high()));
    boolean plain = largest >= PLAIN_FROM && largest < PLAIN_TO && axis.scale() != Scale.LOG;
    return plain ? Numbers.fixed(value, ticks.decimals()) : Numbers.brief(value);
  }
}
