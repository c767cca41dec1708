package org.zepad.core.serve;

import java.util.Locale;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.concurrent.atomic.LongAdder;

/** How many values were at most so large, for several bounds. Thread-safe. */
final class Histogram {
  private final double[] bounds;
  private final LongAdder[] counts;
  private final DoubleAdder sum = new DoubleAdder();

  /**
   * An empty one.
   *
   * @param bounds ascending; values beyond the last are counted too
   */
  Histogram(double... bounds) {
    this.bounds = bounds.clone();
    counts = new LongAdder[bounds.length + 1];
    for (int i = 0; i < counts.length; i++) {
      counts[i] = new LongAdder();
    }
  }

  /** Counts a value. */
  void add(double value) {
    int bucket = 0;
    while (bucket < bounds.length && value > bounds[bucket]) {
      bucket++;
    }
    counts[bucket].increment();
    sum.add(value);
  }

  /**
   * Writes it in the text format of Prometheus.
   *
   * @param labels without braces; may be empty
   */
  void write(StringBuilder out, String name, String labels) {
    long total = 0;
    String separator = labels.isEmpty() ? "" : ",";
    for (int i = 0; i <= bounds.length; i++) {
      total += counts[i].sum();
      String bound = i < bounds.length ? number(bounds[i]) : "+Inf";
      out.append(name).append("_bucket{").append(labels).append(separator);
      out.append("le=\"").append(bound).append("\"} ").append(total).append('\n');
    }
    String braces = labels.isEmpty() ? "" : "{" + labels + "}";
    out.append(name).append("_sum").append(braces).append(' ').append(sum.sum()).append('\n');
    out.append(name).append("_count").append(braces).append(' ').append(total).append('\n');
  }

  private static String number(double value) {
    return value == Math.rint(value)
        ? String.format(Locale.ROOT, "%.0f", value)
        : Double.toString(value);
  }
}
