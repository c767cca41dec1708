package org.zepad.core.report;

/** What stands in a place of a table. */
public sealed interface Cell {

  /** How a cell stands out. */
  enum Mark {
    PLAIN,
    /** The best of its column. */
    BEST,
    /** Of less weight than the others. */
    MUTED
  }

  /** How this cell stands out. */
  Mark mark();

  /** The same cell, standing out otherwise. */
  Cell marked(Mark mark);

  /** Words. */
  record Text(String text, Mark mark) implements Cell {
    @Override
    public Cell marked(Mark other) {
      return new Text(text, other);
    }
  }

  /**
   * A number.
   *
   * @param value NaN where there is none
   */
  record Amount(double value, Mark mark) implements Cell {
    @Override
    public Cell marked(Mark other) {
      return new Amount(value, other);
    }
  }

  /**
   * A share with its 95% interval, shown in percent.
   *
   * @param value in [0, 1], NaN where the question does not arise
   * @param low the interval's lower end in [0, 1], NaN where there is no interval
   * @param high its upper end, NaN where there is none
   * @param hits of {@code total}
   * @param total how many were counted; 0 where the share is no count, such as a mean over seeds
   */
  record Share(double value, double low, double high, long hits, long total, Mark mark)
      implements Cell {
    public Share {
      inUnit(value);
      inUnit(low);
      inUnit(high);
      if (hits < 0 || total < hits) {
        throw new IllegalArgumentException(
            "a share needs 0 <= hits <= total: " + hits + "/" + total);
      }
    }

    private static void inUnit(double value) {
      if (value < 0 || value > 1) {
        throw new IllegalArgumentException("a share lies in [0, 1], not at " + value);
      }
    }

    /** Whether both ends of the interval are known. */
    public boolean hasInterval() {
      return !Double.isNaN(value) && !Double.isNaN(low) && !Double.isNaN(high);
    }

    @Override
    public Cell marked(Mark other) {
      return new Share(value, low, high, hits, total, other);
    }
  }

  /**
   * A mean of shares over several runs with its standard deviation, shown in percent.
   *
   * @param value in [0, 1], NaN where there is none
   * @param deviation NaN where there is none
   */
  record Mean(double value, double deviation, Mark mark) implements Cell {
    @Override
    public Cell marked(Mark other) {
      return new Mean(value, deviation, other);
    }
  }

  /** Words. */
  static Cell text(String text) {
    return new Text(text, Mark.PLAIN);
  }

  /** Nothing. */
  static Cell empty() {
    return text("");
  }

  /** A number, or NaN for none. */
  static Cell number(double value) {
    return new Amount(value, Mark.PLAIN);
  }

  /** A share that was counted, with its 95% interval; all of [0, 1] but the counts. */
  static Cell share(double value, double low, double high, long hits, long total) {
    return new Share(value, low, high, hits, total, Mark.PLAIN);
  }

  /** A mean of shares with its standard deviation, NaN for none. */
  static Cell mean(double value, double deviation) {
    return new Mean(value, deviation, Mark.PLAIN);
  }

  /** A share that is no count, with its 95% interval; NaN for ends that are not known. */
  static Cell share(double value, double low, double high) {
    return new Share(value, low, high, 0, 0, Mark.PLAIN);
  }
}
