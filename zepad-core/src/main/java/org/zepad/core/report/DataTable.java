package org.zepad.core.report;

import java.util.List;

/**
 * A table as in a paper.
 *
 * @param caption what it shows
 * @param columns the first holds the rows' names and stays in sight
 * @param rows each with a cell for every column
 */
public record DataTable(String caption, List<Column> columns, List<Row> rows) implements Element {

  /**
   * A row of a table.
   *
   * @param group heading over neighbouring rows of the same group, empty for none
   * @param cells one for each column; words may stand in any column
   */
  public record Row(String group, List<Cell> cells) {
    public Row {
      cells = List.copyOf(cells);
    }

    /** A row without a group. */
    public static Row of(Cell... cells) {
      return new Row("", List.of(cells));
    }
  }

  public DataTable {
    columns = List.copyOf(columns);
    rows = List.copyOf(rows);
    if (columns.isEmpty()) {
      throw new IllegalArgumentException("a table without columns: " + caption);
    }
    for (Row row : rows) {
      if (row.cells().size() != columns.size()) {
        throw new IllegalArgumentException(
            "a row of "
                + row.cells().size()
                + " cells in a table of "
                + columns.size()
                + " columns: "
                + caption);
      }
      for (int c = 0; c < columns.size(); c++) {
        requireFits(columns.get(c), row.cells().get(c));
      }
    }
  }

  private static void requireFits(Column column, Cell cell) {
    boolean fits =
        cell instanceof Cell.Text
            || (cell instanceof Cell.Amount && column.kind() == Column.Kind.NUMBER)
            || (cell instanceof Cell.Mean && column.kind() == Column.Kind.RATE)
            || (cell instanceof Cell.Share && column.kind() == Column.Kind.RATE);
    if (!fits) {
      throw new IllegalArgumentException(
          "column '" + column.title() + "' of kind " + column.kind() + " cannot hold " + cell);
    }
  }

  /** The same table, the best values of each column that has a best marked; ties are all marked. */
  public DataTable withBestMarked() {
    return new BestOfColumns(this).marked();
  }
}
