package org.zepad.cli;

import java.util.ArrayList;
import java.util.List;

/** Rows of text in aligned columns, two blanks apart. */
final class Table {
  private final List<List<String>> rows = new ArrayList<>();
  private final String indent;

  /** A table that begins at the margin. */
  Table() {
    this("");
  }

  /** A table whose lines begin with an indent. */
  Table(String indent) {
    this.indent = indent;
  }

  /** Adds a row; all have the same number of cells. */
  void row(List<String> cells) {
    rows.add(List.copyOf(cells));
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder(indent);
      for (int i = 0; i < row.size(); i++) {
        line.append(row.get(i)).append(" ".repeat(width(i) - row.get(i).length() + 2));
      }
      text.append(line.toString().stripTrailing()).append(System.lineSeparator());
    }
    return text.toString();
  }

  private int width(int column) {
    return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
  }
}
