package org.zepad.core.report;

import java.util.List;
import org.zepad.core.report.HistogramPlot.Counts;

/** Draws distributions as outlines over each other, so that none hides another. */
final class SvgHistogram {
  private final HistogramPlot plot;
  private final Frame frame;

  SvgHistogram(HistogramPlot plot) {
    this.plot = plot;
    List<Double> edges = plot.edges();
    double highest = 0;
    for (Counts counts : plot.counts()) {
      for (int bin = 0; bin + 1 < edges.size(); bin++) {
        highest = Math.max(highest, counts.share(bin));
      }
    }
    Axis x = Axis.linear(plot.xLabel()).between(edges.get(0), edges.get(edges.size() - 1));
    Ticks xTicks = Ticks.of(x, edges.stream().mapToDouble(Double::doubleValue).toArray());
    Axis y = new Axis("share", Axis.Scale.LINEAR, true, 0, Double.NaN);
    this.frame = new Frame(x, xTicks, y, Ticks.of(y, 0, highest));
  }

  void draw(HtmlWriter out, String id) {
    Frame.open(out, id, plot.caption(), description());
    frame.axes(out);
    frame.openInside(out);
    for (int i = 0; i < plot.counts().size(); i++) {
      out.open("g", "class", Palette.colour(i));
      String outline = outline(plot.counts().get(i));
      out.empty("path", "class", "area", "d", outline);
      out.empty("path", "class", "curve " + Palette.dashes(i), "d", outline);
      out.close();
    }
    out.close();
    out.close();
  }

  /** Names of the distributions and how to know them. */
  void legend(HtmlWriter out) {
    out.open("ul", "class", "legend");
    for (int i = 0; i < plot.counts().size(); i++) {
      out.open("li");
      Legend.open(out, i);
      out.empty("path", "class", "area", "d", "M1 15V4H29V15");
      out.empty("path", "class", "curve " + Palette.dashes(i), "d", "M1 4H29");
      out.close();
      Counts counts = plot.counts().get(i);
      out.leaf("span", counts.name() + " (" + counts.total() + ")");
      out.close();
    }
    out.close();
  }

  private String outline(Counts counts) {
    String ground = Numbers.coordinate(frame.y(0));
    StringBuilder path = new StringBuilder();
    path.append('M').append(x(0)).append(' ').append(ground);
    for (int bin = 0; bin + 1 < plot.edges().size(); bin++) {
      path.append('V').append(Numbers.coordinate(frame.y(counts.share(bin))));
      path.append('H').append(x(bin + 1));
    }
    return path.append('V').append(ground).toString();
  }

  private String x(int edge) {
    return Numbers.coordinate(frame.x(plot.edges().get(edge)));
  }

  private String description() {
    StringBuilder text = new StringBuilder("Shares of " + plot.xLabel() + ".");
    for (Counts counts : plot.counts()) {
      int fullest = 0;
      for (int bin = 1; bin < counts.counts().size(); bin++) {
        fullest = counts.counts().get(bin) > counts.counts().get(fullest) ? bin : fullest;
      }
      text.append(' ').append(counts.name()).append(": most, ");
      text.append(Numbers.percent(counts.share(fullest), 1)).append("%, from ");
      text.append(Numbers.brief(plot.edges().get(fullest))).append(" to ");
      text.append(Numbers.brief(plot.edges().get(fullest + 1))).append('.');
    }
    return text.toString();
  }
}
