package org.zepad.core.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * Marks the best of each column among all its rows. Muted cells do not compete, and a column in
 * which all are equal, or only one competes, has no best.
 */
final class BestOfColumns {
  private final DataTable table;

  BestOfColumns(DataTable table) {
    this.table = table;
  }

  DataTable marked() {
    double[] best = new double[table.columns().size()];
    for (int c = 0; c < best.length; c++) {
      best[c] = best(c);
    }
    List<DataTable.Row> rows = new ArrayList<>();
    for (DataTable.Row row : table.rows()) {
      List<Cell> cells = new ArrayList<>();
      for (int c = 0; c < best.length; c++) {
        Cell cell = row.cells().get(c);
        cells.add(competing(cell) == best[c] ? cell.marked(Cell.Mark.BEST) : cell);
      }
      rows.add(new DataTable.Row(row.group(), cells));
    }
    return new DataTable(table.caption(), table.columns(), rows);
  }

  /** NaN, which equals nothing, where there is no best. */
  private double best(int column) {
    Column.Best wanted = table.columns().get(column).best();
    double highest = competitors(column).max().orElse(Double.NaN);
    double lowest = competitors(column).min().orElse(Double.NaN);
    if (wanted == Column.Best.NONE || highest == lowest) {
      return Double.NaN;
    }
    return wanted == Column.Best.HIGHEST ? highest : lowest;
  }

  private DoubleStream competitors(int column) {
    return table.rows().stream()
        .mapToDouble(row -> competing(row.cells().get(column)))
        .filter(value -> !Double.isNaN(value));
  }

  private static double competing(Cell cell) {
    if (cell.mark() == Cell.Mark.MUTED) {
      return Double.NaN;
    }
    if (cell instanceof Cell.Amount number) {
      return number.value();
    }
    if (cell instanceof Cell.Mean mean) {
      return mean.value();
    }
    return cell instanceof Cell.Share share ? share.value() : Double.NaN;
  }
}
