package org.zepad.core.metrics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
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

  /**
   * The ROC curve, from (0, 0) to (1, 1). Where it has more corners than are wanted, every so many
   * of them are kept, the ends always.
   *
   * @param negatives scores of benign images, finite, at least one; not changed
   * @param positives scores of attacked images, finite, at least one; not changed
   * @param most how many points at most, at least 2
   */
  public static List<RocPoint> roc(float[] negatives, float[] positives, int most) {
    float[] low = negatives.clone();
    float[] high = positives.clone();
    Arrays.sort(low);
    Arrays.sort(high);
    List<RocPoint> corners = new ArrayList<>();
    corners.add(new RocPoint(0, 0));
    int n = low.length;
    int p = high.length;
    while (n > 0 || p > 0) {
      // Equal scores are flagged together.
      float score = p == 0 || (n > 0 && low[n - 1] > high[p - 1]) ? low[n - 1] : high[p - 1];
      while (n > 0 && low[n - 1] == score) {
        n--;
      }
      while (p > 0 && high[p - 1] == score) {
        p--;
      }
      corners.add(
          new RocPoint(
              (low.length - n) / (double) low.length, (high.length - p) / (double) high.length));
    }
    int kept = Math.min(most, corners.size());
    return IntStream.range(0, kept)
        .mapToObj(i -> corners.get((int) ((long) i * (corners.size() - 1) / (kept - 1))))
        .toList();
  }
}
