package org.zepad.core.report;

import java.util.ArrayList;
import java.util.List;

/**
 * Writes a table as CSV (RFC 4180): a heading row, lines ending in CR LF, quotes where they are
 * needed. Numbers are written in full, with a dot, NaN as nothing. A rate has five columns: its
 * value, the ends of its 95% interval, and the counts, which are empty for a share that is no
 * count; of a mean there is the value alone.
 *
 * <p>Names come from strangers, and spreadsheets run a text that begins like a formula. Such texts,
 * which begin with {@code = + - @}, a tab or a line break, get an apostrophe before them; whoever
 * reads the file with a program has to take it off again.
 */
public final class Csv {
  private static final String FORMULA_STARTS = "=+-@\t\r\n";
  private static final String TO_QUOTE = ",\"\r\n";

  private Csv() {}

  /** The file's text, to be written as UTF-8; the same table gives the same text. */
  public static String render(DataTable table) {
    boolean grouped = table.rows().stream().anyMatch(row -> !row.group().isEmpty());
    StringBuilder out = new StringBuilder();
    line(out, titles(table.columns(), grouped));
    for (DataTable.Row row : table.rows()) {
      List<String> fields = new ArrayList<>();
      if (grouped) {
        fields.add(text(row.group()));
      }
      for (int c = 0; c < table.columns().size(); c++) {
        fields(table.columns().get(c), row.cells().get(c), fields);
      }
      line(out, fields);
    }
    return out.toString();
  }

  private static List<String> titles(List<Column> columns, boolean grouped) {
    List<String> titles = new ArrayList<>();
    if (grouped) {
      titles.add("group");
    }
    for (Column column : columns) {
      String title = text((column.group() + " " + column.title()).strip());
      titles.add(title);
      if (column.kind() == Column.Kind.RATE) {
        List.of("low", "high", "hits", "total").forEach(part -> titles.add(title + " " + part));
      }
    }
    return titles;
  }

  private static void fields(Column column, Cell cell, List<String> fields) {
    if (cell instanceof Cell.Share share) {
      boolean counted = share.total() > 0;
      fields.add(number(share.value()));
      fields.add(number(share.low()));
      fields.add(number(share.high()));
      fields.add(counted ? Long.toString(share.hits()) : "");
      fields.add(counted ? Long.toString(share.total()) : "");
      return;
    }
    fields.add(plain(cell));
    if (column.kind() == Column.Kind.RATE) {
      fields.addAll(List.of("", "", "", ""));
    }
  }

  private static String plain(Cell cell) {
    if (cell instanceof Cell.Text text) {
      return text(text.text());
    }
    return number(cell instanceof Cell.Mean mean ? mean.value() : ((Cell.Amount) cell).value());
  }

  private static String number(double value) {
    if (Double.isNaN(value)) {
      return "";
    }
    String text = Double.toString(value);
    return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
  }

  private static String text(String text) {
    return !text.isEmpty() && FORMULA_STARTS.indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
  }

  private static void line(StringBuilder out, List<String> fields) {
    for (int i = 0; i < fields.size(); i++) {
      out.append(i == 0 ? "" : ",").append(quoted(fields.get(i)));
    }
    out.append("\r\n");
  }

  private static String quoted(String field) {
    boolean quote = field.chars().anyMatch(letter -> TO_QUOTE.indexOf(letter) >= 0);
    return quote ? '"' + field.replace("\"", "\"\"") + '"' : field;
  }
}
