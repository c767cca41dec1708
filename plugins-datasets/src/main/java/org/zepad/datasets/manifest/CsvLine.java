package org.zepad.datasets.manifest;

import java.util.ArrayList;
import java.util.List;

/** Splits a line of comma-separated cells (RFC 4180); a quoted cell may not go over lines. */
final class CsvLine {
  private CsvLine() {}

  /**
   * The cells of a line.
   *
   * @throws IllegalArgumentException saying what is wrong with its quotes
   */
  static List<String> cells(String line) {
    List<String> cells = new ArrayList<>();
    int at = 0;
    while (at <= line.length()) {
      if (line.startsWith("\"", at)) {
        StringBuilder cell = new StringBuilder();
        int end = quoted(line, at + 1, cell);
        cells.add(cell.toString());
        at = end + 1;
      } else {
        int comma = line.indexOf(',', at);
        int end = comma < 0 ? line.length() : comma;
        cells.add(line.substring(at, end).strip());
        at = end + 1;
      }
    }
    return cells;
  }

  // Where the cell's comma is, or the end of the line.
  private static int quoted(String line, int from, StringBuilder cell) {
    int at = from;
    while (at < line.length()) {
      char c = line.charAt(at++);
      if (c != '"') {
        cell.append(c);
      } else if (line.startsWith("\"", at)) {
        cell.append('"');
        at++;
      } else if (at == line.length() || line.charAt(at) == ',') {
        return at;
      } else {
        throw new IllegalArgumentException(
            "has '" + line.charAt(at) + "' after a closing quote, where a comma is expected");
      }
    }
    throw new IllegalArgumentException("has a quote that is not closed");
  }
}
