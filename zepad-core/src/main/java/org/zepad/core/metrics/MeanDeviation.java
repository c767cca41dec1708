package org.zepad.core.metrics;

import java.util.Arrays;

/**
 * A figure over several seeds.
 *
 * @param n how many seeds
 * @param mean their mean; NaN without any
 * @param deviation their sample standard deviation, with n - 1 in the denominator; NaN with fewer
 *     than two
 */
public record MeanDeviation(int n, double mean, double deviation) {

  /** The mean and deviation of values, one a seed. */
  public static MeanDeviation of(double... values) {
    int n = values.length;
    double mean = Arrays.stream(values).average().orElse(Double.NaN);
    double squares = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
    return new MeanDeviation(n, mean, n < 2 ? Double.NaN : Math.sqrt(squares / (n - 1)));
  }
}
