package org.zepad.core.report;

import java.util.List;
import org.zepad.core.report.Cell.Mark;
import org.zepad.core.report.Column.Kind;
import org.zepad.core.report.DataTable.Row;

/** Writes a table that scrolls sideways in its own box, its first column staying in sight. */
final class HtmlTable {
  private final DataTable table;
  private final List<Column> columns;

  HtmlTable(DataTable table) {
    this.table = table;
    this.columns = table.columns();
  }

  /**
   * Writes it.
   *
   * @param labelId of the element that names it to those who cannot see it
   */
  void write(HtmlWriter out, String labelId) {
    out.open(
        "div", "class", "scroll", "role", "region", "aria-labelledby", labelId, "tabindex", "0");
    out.open("table", "aria-labelledby", labelId);
    out.open("thead");
    head(out);
    out.close();
    body(out);
    out.close();
    out.close();
  }

  private void head(HtmlWriter out) {
    boolean grouped = columns.stream().anyMatch(column -> !column.group().isEmpty());
    out.open("tr");
    for (int c = 0; c < columns.size(); ) {
      Column column = columns.get(c);
      int end = groupEnd(c);
      if (column.group().isEmpty()) {
        title(out, c, grouped ? "2" : "1");
      } else {
        out.open("th", "class", "over", "scope", "colgroup", "colspan", Integer.toString(end - c));
        out.leaf("span", column.group());
        out.close();
      }
      c = end;
    }
    out.close();
    if (grouped) {
      out.open("tr");
      for (int c = 0; c < columns.size(); c++) {
        if (!columns.get(c).group().isEmpty()) {
          title(out, c, "1");
        }
      }
      out.close();
    }
  }

  /** The first column after the one's group; ungrouped columns stand alone. */
  private int groupEnd(int column) {
    String group = columns.get(column).group();
    int end = column + 1;
    while (!group.isEmpty() && end < columns.size() && columns.get(end).group().equals(group)) {
      end++;
    }
    return end;
  }

  private void title(HtmlWriter out, int column, String height) {
    out.leaf(
        "th",
        columns.get(column).title(),
        "class",
        place(column),
        "scope",
        "col",
        "rowspan",
        height);
  }

  private void body(HtmlWriter out) {
    out.open("tbody");
    String group = "";
    for (int r = 0; r < table.rows().size(); r++) {
      Row row = table.rows().get(r);
      if (!row.group().equals(group)) {
        group = row.group();
        if (r > 0) {
          out.close().open("tbody");
        }
        if (!group.isEmpty()) {
          groupRow(out, group);
        }
      }
      out.open("tr");
      for (int c = 0; c < columns.size(); c++) {
        cell(out, c, row.cells().get(c));
      }
      out.close();
    }
    out.close();
  }

  private void groupRow(HtmlWriter out, String group) {
    out.open("tr", "class", "group");
    out.open("th", "scope", "rowgroup", "colspan", Integer.toString(columns.size()));
    out.leaf("span", group);
    out.close();
    out.close();
  }

  private void cell(HtmlWriter out, int column, Cell cell) {
    String kind = place(column) + (cell.mark() == Mark.MUTED ? " muted" : "");
    if (column == 0) {
      out.open("th", "class", kind, "scope", "row").open("div");
    } else {
      out.open("td", "class", kind);
    }
    if (cell.mark() == Mark.BEST) {
      out.leaf("strong", shown(column, cell));
    } else {
      out.text(shown(column, cell));
    }
    if (cell instanceof Cell.Share share && share.hasInterval()) {
      int digits = columns.get(column).digits();
      out.leaf(
          "small",
          Numbers.percent(share.low(), digits) + "–" + Numbers.percent(share.high(), digits),
          "title",
          counted(share));
    }
    if (cell instanceof Cell.Mean mean && !Double.isNaN(mean.deviation())) {
      int digits = columns.get(column).digits();
      out.leaf(
          "small", "± " + Numbers.percent(mean.deviation(), digits), "title", "standard deviation");
    }
    if (column == 0) {
      out.close();
    }
    out.close();
  }

  private static String counted(Cell.Share share) {
    return share.total() == 0
        ? "95% interval"
        : share.hits() + " of " + share.total() + "; 95% interval";
  }

  private String shown(int column, Cell cell) {
    int digits = columns.get(column).digits();
    if (cell instanceof Cell.Text text) {
      return text.text();
    }
    if (cell instanceof Cell.Mean mean) {
      return Numbers.percent(mean.value(), digits);
    }
    return cell instanceof Cell.Amount number
        ? Numbers.fixed(number.value(), digits)
        : Numbers.percent(((Cell.Share) cell).value(), digits);
  }

  /** How a column is laid out. */
  private String place(int column) {
    String kind = columns.get(column).kind() == Kind.TEXT ? "words" : "figures";
    boolean begins =
        column > 0 && !columns.get(column).group().equals(columns.get(column - 1).group());
    return begins ? kind + " begins" : kind;
  }
}
