package org.zepad.core.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import org.zepad.core.report.Axis.Scale;

/**
 * Where an axis begins and ends and which round numbers stand on it.
 *
 * @param low where it begins
 * @param high where it ends, above {@code low}
 * @param values growing, from {@code low} to {@code high}
 * @param decimals that tell neighbouring values apart
 */
record Ticks(double low, double high, List<Double> values, int decimals) {
  /** A step is 1, 2 or 5 times a power of ten, and so many at most lie between the values. */
  private static final int STEPS = 8;

  /** So much of a step may an end miss a round number by rounding. */
  private static final double SLACK = 1e-9;

  /** More magnitudes than this are not subdivided. */
  private static final int FEW_MAGNITUDES = 2;

  /** For an axis and the finite values on it. */
  static Ticks of(Axis axis, double... values) {
    double min = DoubleStream.of(values).min().orElse(Double.NaN);
    double max = DoubleStream.of(values).max().orElse(Double.NaN);
    // Between whole numbers, such as epochs, there is nothing to tell apart.
    boolean whole =
        !axis.percent() && DoubleStream.of(values).allMatch(value -> value == Math.rint(value));
    boolean log = axis.scale() == Scale.LOG;
    double from = Double.isNaN(axis.min()) ? min : axis.min();
    double to = Double.isNaN(axis.max()) ? max : axis.max();
    if (Double.isNaN(from)) {
      from = Double.isNaN(to) ? (log ? 1 : 0) : below(to, log);
    }
    boolean roundLow = Double.isNaN(axis.min());
    boolean roundHigh = Double.isNaN(axis.max());
    if (Double.isNaN(to) || (to <= from && roundHigh)) {
      to = above(from, log);
    } else if (to <= from) {
      from = below(to, log);
    }
    return log
        ? log(from, to, roundLow, roundHigh)
        : linear(from, to, roundLow, roundHigh, whole ? 1 : 0);
  }

  private static double below(double value, boolean log) {
    return log ? value / 10 : value - Math.max(1, Math.abs(value));
  }

  private static double above(double value, boolean log) {
    return log ? value * 10 : value + Math.max(1, Math.abs(value));
  }

  private static Ticks linear(
      double from, double to, boolean roundLow, boolean roundHigh, double leastStep) {
    double raw = (to - from) / STEPS;
    double magnitude = Math.pow(10, Math.floor(Math.log10(raw)));
    double mantissa = raw / magnitude;
    int nice =
        mantissa <= 1 + SLACK ? 1 : mantissa <= 2 + SLACK ? 2 : mantissa <= 5 + SLACK ? 5 : 10;
    double step = Math.max(leastStep, nice * magnitude);
    double low = roundLow ? Math.floor(from / step + SLACK) * step : from;
    double high = roundHigh ? Math.ceil(to / step - SLACK) * step : to;
    List<Double> values = new ArrayList<>();
    for (double n = Math.ceil(low / step - SLACK); n <= high / step + SLACK; n++) {
      // Adding 0 makes a zero of the negative zero.
      values.add(n * step + 0.0);
    }
    int decimals = (int) Math.max(0, -Math.floor(Math.log10(step) + SLACK));
    return new Ticks(low, high, values, decimals);
  }

  private static Ticks log(double from, double to, boolean roundLow, boolean roundHigh) {
    int first = (int) Math.floor(Math.log10(from) + SLACK);
    int last = (int) Math.ceil(Math.log10(to) - SLACK);
    double low = roundLow ? Math.pow(10, first) : from;
    double high = roundHigh ? Math.pow(10, last) : to;
    int[] mantissas = last - first <= FEW_MAGNITUDES ? new int[] {1, 2, 5} : new int[] {1};
    int stride = Math.max(1, (last - first + STEPS - 1) / STEPS);
    List<Double> values = new ArrayList<>();
    for (int exponent = first; exponent <= last; exponent += stride) {
      for (int mantissa : mantissas) {
        double value = Double.parseDouble(mantissa + "e" + exponent);
        if (value >= low * (1 - SLACK) && value <= high * (1 + SLACK)) {
          values.add(value);
        }
      }
    }
    return new Ticks(low, high, values, Math.max(0, -first));
  }
}
