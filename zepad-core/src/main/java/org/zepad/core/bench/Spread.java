package org.zepad.core.bench;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;

/**
 * Where measurements of the same thing lie.
 *
 * @param median of an even number of them, the mean of the two in the middle
 */
public record Spread(double median, double min, double max) {

  /**
   * The spread of measurements.
   *
   * @param values at least one, in any order; not changed
   */
  public static Spread of(double[] values) {
    double[] sorted = sorted(values);
    int middle = sorted.length / 2;
    double median =
        sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    return new Spread(median, sorted[0], sorted[sorted.length - 1]);
  }

  /**
   * The least measurement that at least a share of all are not above.
   *
   * @param values at least one, in any order; not changed
   * @param share in (0, 1]
   */
  public static double percentile(double[] values, double share) {
    return sorted(values)[(int) Math.ceil(share * values.length) - 1];
  }

  /** The spread of a figure that falls while this one grows, such as speed of time. */
  Spread inverse(DoubleUnaryOperator falling) {
    return new Spread(
        falling.applyAsDouble(median), falling.applyAsDouble(max), falling.applyAsDouble(min));
  }

  private static double[] sorted(double[] values) {
    if (values.length == 0) {
      throw new IllegalArgumentException("nothing was measured");
    }
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted;
  }
}
