package org.zepad.core.report;

import java.util.List;

/** Writes elements, numbering tables and figures through the whole document. */
final class HtmlElements {
  /** Points of a curve in the numbers below a plot. */
  private static final int POINTS_TO_READ = 50;

  private final HtmlWriter out;
  private int tables;
  private int figures;

  HtmlElements(HtmlWriter out) {
    this.out = out;
  }

  void write(List<Element> elements) {
    boolean amongPlots = false;
    for (Element element : elements) {
      boolean plot = element instanceof LinePlot || element instanceof HistogramPlot;
      if (plot && !amongPlots) {
        out.open("div", "class", "plots");
      } else if (!plot && amongPlots) {
        out.close();
      }
      amongPlots = plot;
      write(element);
    }
    if (amongPlots) {
      out.close();
    }
  }

  private void write(Element element) {
    if (element instanceof DataTable table) {
      table(table);
    } else if (element instanceof LinePlot plot) {
      linePlot(plot);
    } else if (element instanceof HistogramPlot plot) {
      histogram(plot);
    } else if (element instanceof PictureGrid grid) {
      pictures(grid);
    } else if (element instanceof Notice notice) {
      notice(notice);
    } else if (element instanceof Facts facts) {
      facts(facts);
    } else if (element instanceof Code code) {
      code(code);
    }
  }

  private void table(DataTable table) {
    String id = "table-" + ++tables;
    out.open("figure", "class", "table", "id", id);
    caption(id, "Table " + tables, table.caption());
    new HtmlTable(table).write(out, id + "-caption");
    out.close();
  }

  private void linePlot(LinePlot plot) {
    String id = "figure-" + ++figures;
    out.open("figure", "class", "plot", "id", id);
    SvgLinePlot drawing = new SvgLinePlot(plot);
    drawing.draw(out, id);
    drawing.legend(out);
    caption(id, "Figure " + figures, plot.caption());
    int longest = plot.series().stream().mapToInt(s -> s.points().size()).max().orElse(0);
    String summary =
        longest <= POINTS_TO_READ
            ? "Numbers"
            : "Numbers, " + POINTS_TO_READ + " points of a curve of up to " + longest;
    numbers(id, summary, Thinning.toRead(plot, POINTS_TO_READ).table());
    out.close();
  }

  private void histogram(HistogramPlot plot) {
    String id = "figure-" + ++figures;
    out.open("figure", "class", "plot", "id", id);
    SvgHistogram drawing = new SvgHistogram(plot);
    drawing.draw(out, id);
    drawing.legend(out);
    caption(id, "Figure " + figures, plot.caption());
    numbers(id, "Numbers", plot.table());
    out.close();
  }

  private void numbers(String id, String summary, DataTable table) {
    out.open("details");
    out.leaf("summary", summary);
    new HtmlTable(table).write(out, id + "-caption");
    out.close();
  }

  private void pictures(PictureGrid grid) {
    String id = "figure-" + ++figures;
    out.open("figure", "class", "gallery", "id", id);
    HtmlPictures.write(out, grid);
    caption(id, "Figure " + figures, grid.caption());
    out.close();
  }

  private void caption(String id, String number, String text) {
    out.open("figcaption", "id", id + "-caption");
    out.leaf("b", number).text(" " + text);
    out.close();
  }

  private void notice(Notice notice) {
    out.open("p", "class", "notice " + Html.styleClass(notice.kind()));
    if (!notice.title().isEmpty()) {
      out.leaf("strong", notice.title()).text(" ");
    }
    out.text(notice.text());
    out.close();
  }

  private void facts(Facts facts) {
    if (facts.open()) {
      out.open("details", "class", "facts", "open", "");
    } else {
      out.open("details", "class", "facts");
    }
    out.leaf("summary", facts.title());
    out.open("dl");
    for (Facts.Fact fact : facts.facts()) {
      out.leaf("dt", fact.key()).leaf("dd", fact.value());
    }
    out.close();
    out.close();
  }

  private void code(Code code) {
    out.open("figure", "class", "code");
    if (!code.caption().isEmpty()) {
      out.leaf("figcaption", code.caption());
    }
    out.open("pre", "tabindex", "0").leaf("code", code.text()).close();
    out.close();
  }
}
