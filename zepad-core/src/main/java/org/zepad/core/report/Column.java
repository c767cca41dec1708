package org.zepad.core.report;

/**
 * A column of a table.
 *
 * @param group heading over neighbouring columns of the same group, empty for none
 * @param title heading of this column
 * @param kind what its cells are
 * @param digits decimals shown of numbers (of percent for shares), from 0 to 9
 * @param best which of its values is the best
 */
public record Column(String group, String title, Kind kind, int digits, Best best) {

  /** What the cells of a column are. */
  public enum Kind {
    TEXT,
    NUMBER,
    /** A share in [0, 1], shown in percent. */
    RATE
  }

  /** Which value of a column is the best. */
  public enum Best {
    NONE,
    HIGHEST,
    LOWEST
  }

  public Column {
    if (digits < 0 || digits > 9) {
      throw new IllegalArgumentException("from 0 to 9 decimals, not " + digits);
    }
  }

  /** Words. */
  public static Column text(String title) {
    return new Column("", title, Kind.TEXT, 0, Best.NONE);
  }

  /** Numbers, shown with so many decimals. */
  public static Column number(String title, int digits) {
    return new Column("", title, Kind.NUMBER, digits, Best.NONE);
  }

  /** Shares, shown in percent with one decimal. */
  public static Column rate(String title) {
    return new Column("", title, Kind.RATE, 1, Best.NONE);
  }

  /** The same column under a common heading. */
  public Column in(String heading) {
    return new Column(heading, title, kind, digits, best);
  }

  /** The same column, in which the highest value is the best. */
  public Column highestIsBest() {
    return new Column(group, title, kind, digits, Best.HIGHEST);
  }

  /** The same column, in which the lowest value is the best. */
  public Column lowestIsBest() {
    return new Column(group, title, kind, digits, Best.LOWEST);
  }
}
