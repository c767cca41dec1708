package org.zepad.core.report;

/**
 * An axis of a plot.
 *
 * @param label what is on it, with its unit
 * @param scale how values lie on it
 * @param percent whether values are shares that are shown in percent
 * @param min where it begins; NaN to begin at a round number below all values
 * @param max where it ends; NaN to end at a round number above all values
 */
public record Axis(String label, Scale scale, boolean percent, double min, double max) {

  /** How values lie on an axis. */
  public enum Scale {
    LINEAR,
    /** By magnitude; all values must be above 0. */
    LOG
  }

  public Axis {
    if (max <= min || Double.isInfinite(min) || Double.isInfinite(max)) {
      throw new IllegalArgumentException("no axis reaches from " + min + " to " + max);
    }
    if (scale == Scale.LOG && min <= 0) {
      throw new IllegalArgumentException("a logarithmic axis cannot begin at " + min);
    }
  }

  /** Values as they are. */
  public static Axis linear(String label) {
    return new Axis(label, Scale.LINEAR, false, Double.NaN, Double.NaN);
  }

  /** Values by magnitude. */
  public static Axis log(String label) {
    return new Axis(label, Scale.LOG, false, Double.NaN, Double.NaN);
  }

  /** Shares from 0 to 1, shown in percent. */
  public static Axis share(String label) {
    return new Axis(label, Scale.LINEAR, true, 0, 1);
  }

  /** The same axis with ends of its own. */
  public Axis between(double from, double to) {
    return new Axis(label, scale, percent, from, to);
  }
}
