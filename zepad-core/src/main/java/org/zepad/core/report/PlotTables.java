package org.zepad.core.report;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;

/** The numbers behind plots, as tables. */
final class PlotTables {
  private static final int FIGURES = 4;
  private static final int MOST_DIGITS = 9;

  private PlotTables() {}

  static DataTable of(LinePlot plot) {
    boolean intervals =
        plot.series().stream()
            .flatMap(series -> series.points().stream())
            .anyMatch(LinePlot.Point::hasInterval);
    List<Column> columns = new ArrayList<>();
    columns.add(Column.text("curve"));
    columns.add(Column.number(plot.x().label(), digits(values(plot, LinePlot.Point::x))));
    int digits = digits(values(plot, LinePlot.Point::y));
    columns.add(Column.number(plot.y().label(), digits));
    if (intervals) {
      columns.add(Column.number("low", digits));
      columns.add(Column.number("high", digits));
    }
    List<DataTable.Row> rows = new ArrayList<>();
    for (LinePlot.Series series : plot.series()) {
      for (LinePlot.Point point : series.points()) {
        List<Cell> cells = new ArrayList<>();
        cells.add(Cell.text(series.name()));
        cells.add(Cell.number(point.x()));
        cells.add(Cell.number(point.y()));
        if (intervals) {
          cells.add(Cell.number(point.low()));
          cells.add(Cell.number(point.high()));
        }
        rows.add(new DataTable.Row("", cells));
      }
    }
    return new DataTable(plot.caption(), columns, rows);
  }

  static DataTable of(HistogramPlot plot) {
    int digits = digits(plot.edges().stream().mapToDouble(Double::doubleValue));
    List<Column> columns = new ArrayList<>();
    columns.add(Column.number("from", digits).in(plot.xLabel()));
    columns.add(Column.number("to", digits).in(plot.xLabel()));
    plot.counts().forEach(counts -> columns.add(Column.number(counts.name(), 0).in("counts")));
    List<DataTable.Row> rows = new ArrayList<>();
    for (int bin = 0; bin + 1 < plot.edges().size(); bin++) {
      List<Cell> cells = new ArrayList<>();
      cells.add(Cell.number(plot.edges().get(bin)));
      cells.add(Cell.number(plot.edges().get(bin + 1)));
      for (HistogramPlot.Counts counts : plot.counts()) {
        cells.add(Cell.number(counts.counts().get(bin)));
      }
      rows.add(new DataTable.Row("", cells));
    }
    return new DataTable(plot.caption(), columns, rows);
  }

  private static DoubleStream values(LinePlot plot, ToDoubleFunction<LinePlot.Point> of) {
    return plot.series().stream().flatMap(series -> series.points().stream()).mapToDouble(of);
  }

  /** Decimals for four significant figures of the largest; none where all are whole. */
  private static int digits(DoubleStream values) {
    double[] all = values.filter(Double::isFinite).toArray();
    if (DoubleStream.of(all).allMatch(value -> value == Math.rint(value))) {
      return 0;
    }
    double largest = DoubleStream.of(all).map(Math::abs).max().orElse(1);
    double digits = FIGURES - 1 - Math.floor(Math.log10(largest));
    return (int) Math.max(0, Math.min(MOST_DIGITS, digits));
  }
}
