package org.zepad.core.report;

import java.util.List;

/**
 * Distributions over the same bins, laid over each other. Each is drawn as shares of its own total,
 * so that sets of different sizes compare.
 *
 * @param caption what it shows
 * @param xLabel what was counted, with its unit
 * @param edges of the bins, growing; one more than bins
 * @param counts in the order of the legend
 */
public record HistogramPlot(String caption, String xLabel, List<Double> edges, List<Counts> counts)
    implements Element {

  /**
   * A distribution.
   *
   * @param counts of each bin, at least 0
   */
  public record Counts(String name, List<Long> counts) {
    public Counts {
      counts = List.copyOf(counts);
      if (counts.stream().anyMatch(count -> count < 0)) {
        throw new IllegalArgumentException("a negative count in '" + name + "'");
      }
    }

    long total() {
      return counts.stream().mapToLong(Long::longValue).sum();
    }

    /** The share that lies in a bin; 0 where nothing was counted. */
    double share(int bin) {
      long total = total();
      return total == 0 ? 0 : (double) counts.get(bin) / total;
    }
  }

  public HistogramPlot {
    edges = List.copyOf(edges);
    counts = List.copyOf(counts);
    if (edges.size() < 2) {
      throw new IllegalArgumentException("a histogram needs a bin: " + caption);
    }
    for (int i = 0; i < edges.size(); i++) {
      double edge = edges.get(i);
      if (!Double.isFinite(edge) || (i > 0 && edge <= edges.get(i - 1))) {
        throw new IllegalArgumentException("edges of bins grow: " + edges);
      }
    }
    for (Counts one : counts) {
      if (one.counts().size() != edges.size() - 1) {
        throw new IllegalArgumentException(
            "'"
                + one.name()
                + "' counts "
                + one.counts().size()
                + " bins of "
                + (edges.size() - 1));
      }
    }
  }

  /** All its numbers: a row for each bin. */
  public DataTable table() {
    return PlotTables.of(this);
  }
}
