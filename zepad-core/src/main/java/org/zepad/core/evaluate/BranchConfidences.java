package org.zepad.core.evaluate;

import java.util.ArrayList;
import java.util.List;
import org.zepad.api.defence.Role;
import org.zepad.core.metrics.Histogram;

/**
 * How sure a branch is of benign and of attacked images: what the detector lives on. Both
 * histograms have the same edges, 0 and the greatest confidence of any branch of the model.
 *
 * @param branch its name
 * @param role what it is for
 * @param benign of clean images
 * @param attacked of attacked images
 */
public record BranchConfidences(String branch, Role role, Histogram benign, Histogram attacked) {

  /** Into how many bins confidences are counted. */
  public static final int BINS = 20;

  /** The histograms of every branch; none where no confidences were recorded. */
  public static List<BranchConfidences> of(Measured measured) {
    float[] clean = measured.cleanConfidences();
    float[] attacked = measured.attackedConfidences();
    List<SubjectInfo.BranchInfo> branches = measured.subject().branches();
    if (clean == null || attacked == null || branches.isEmpty()) {
      return List.of();
    }
    double high = Math.max(Float.MIN_NORMAL, Math.max(greatest(clean), greatest(attacked)));
    List<BranchConfidences> all = new ArrayList<>();
    for (int i = 0; i < branches.size(); i++) {
      all.add(
          new BranchConfidences(
              branches.get(i).name(),
              branches.get(i).role(),
              Histogram.of(column(clean, i, branches.size()), 0, high, BINS),
              Histogram.of(column(attacked, i, branches.size()), 0, high, BINS)));
    }
    return all;
  }

  private static float greatest(float[] values) {
    float greatest = 0;
    for (float value : values) {
      greatest = Math.max(greatest, value);
    }
    return greatest;
  }

  private static float[] column(float[] rows, int column, int columns) {
    float[] values = new float[rows.length / columns];
    for (int i = 0; i < values.length; i++) {
      values[i] = rows[i * columns + column];
    }
    return values;
  }
}
