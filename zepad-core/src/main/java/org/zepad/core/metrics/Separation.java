package org.zepad.core.metrics;

import java.util.Arrays;
import org.zepad.core.detect.DetectionThreshold;

/** How well a score tells attacked images (positives) from benign ones (negatives). */
public final class Separation {
  private Separation() {}

  /**
   * The area under the ROC curve: the chance that a positive scores higher than a negative, equals
   * counting half (Mann-Whitney). NaN where one of the sets is empty.
   *
   * @param negatives scores of benign images, finite; not changed
   * @param positives scores of attacked images, finite; not changed
   */
  public static double auroc(float[] negatives, float[] positives) {
    float[] low = negatives.clone();
    float[] high = positives.clone();
    Arrays.sort(low);
    Arrays.sort(high);
    // Twice the number of won comparisons, so that halves stay whole numbers.
    long won = 0;
    int below = 0;
    int notAbove = 0;
    for (float p : high) {
      while (below < low.length && low[below] < p) {
        below++;
      }
      while (notAbove < low.length && low[notAbove] <= p) {
        notAbove++;
      }
      won += below + notAbove;
    }
    return won / (2.0 * low.length * high.length);
  }

  /**
   * The share of positives above the threshold that lets at most the given share of these negatives
   * pass: a point of the ROC curve. The threshold is not one that could be deployed, since it has
   * seen the negatives; deployed ones are judged by their own rates.
   *
   * @param negatives at least one
   */
  public static Rate tprAtFpr(float[] negatives, float[] positives, double fpr) {
    return new Rate(
        DetectionThreshold.calibrate(negatives, fpr).flagged(positives), positives.length);
  }
}
