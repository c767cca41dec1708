package org.zepad.core.detect;

import java.util.Arrays;
import java.util.OptionalDouble;

/**
 * Above which score an image is reported as an adversarial example.
 *
 * @param value a score strictly above it is flagged
 * @param wantedFpr the share of benign images that may be flagged, for which it was calibrated;
 *     empty for a fixed one
 */
public record DetectionThreshold(double value, OptionalDouble wantedFpr) {

  /** The false-positive rate that is wanted unless told otherwise. */
  public static final double DEFAULT_FPR = 0.05;

  /** The fixed threshold that the paper uses, for confidence-gap scores with k = 3. */
  public static final double PAPER = 0.1;

  public DetectionThreshold {
    if (Double.isNaN(value)) {
      throw new IllegalArgumentException("a threshold must be a number");
    }
  }

  /** A threshold chosen by hand. */
  public static DetectionThreshold fixed(double value) {
    return new DetectionThreshold(value, OptionalDouble.empty());
  }

  /**
   * The least of the given scores above which at most the wanted share of them lies. No adversarial
   * example is used.
   *
   * @param benignScores scores of benign validation images, at least one, finite; not changed
   * @param wantedFpr in [0, 1)
   */
  public static DetectionThreshold calibrate(float[] benignScores, double wantedFpr) {
    if (!(wantedFpr >= 0 && wantedFpr < 1)) {
      throw new IllegalArgumentException(
          "a false-positive rate lies in [0, 1), the wanted one is " + wantedFpr);
    }
    if (benignScores.length == 0) {
      throw new IllegalArgumentException("there are no benign scores to calibrate on");
    }
    float[] sorted = benignScores.clone();
    Arrays.sort(sorted);
    // The sort puts NaN last, so one look finds any.
    if (!Float.isFinite(sorted[0]) || !Float.isFinite(sorted[sorted.length - 1])) {
      throw new IllegalArgumentException("benign scores must be finite");
    }
    // 0.05 * 20 must allow exactly one image, whatever the rounding of the product.
    int allowed = (int) Math.floor(wantedFpr * sorted.length * (1 + 1e-12));
    return new DetectionThreshold(
        sorted[sorted.length - 1 - Math.min(allowed, sorted.length - 1)],
        OptionalDouble.of(wantedFpr));
  }

  /** Whether a score is flagged. */
  public boolean flags(double score) {
    return score > value;
  }

  /** How many of the scores are flagged. */
  public int flagged(float[] scores) {
    int count = 0;
    for (float score : scores) {
      if (flags(score)) {
        count++;
      }
    }
    return count;
  }
}
