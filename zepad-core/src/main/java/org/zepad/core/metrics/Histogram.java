package org.zepad.core.metrics;

import java.util.ArrayList;
import java.util.List;

/**
 * Counts of values in bins of equal width.
 *
 * @param low the lower edge of the first bin
 * @param high the upper edge of the last one, above {@code low}
 * @param counts values in each bin; a value on an edge belongs to the bin above it, the uppermost
 *     edge to the last bin
 */
public record Histogram(double low, double high, List<Integer> counts) {
  public Histogram {
    counts = List.copyOf(counts);
    if (!(high > low) || counts.isEmpty()) {
      throw new IllegalArgumentException(
          "a histogram needs bins and low < high, got " + low + " to " + high);
    }
  }

  /**
   * Counts values.
   *
   * @param values finite; those beyond the edges are counted in the nearest bin
   * @param bins how many, at least 1
   */
  public static Histogram of(float[] values, double low, double high, int bins) {
    int[] counts = new int[bins];
    for (float value : values) {
      int bin = (int) Math.floor((value - low) / (high - low) * bins);
      counts[Math.max(0, Math.min(bins - 1, bin))]++;
    }
    List<Integer> all = new ArrayList<>();
    for (int count : counts) {
      all.add(count);
    }
    return new Histogram(low, high, all);
  }
}
