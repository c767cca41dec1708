package org.zepad.core.evaluate;

import org.jspecify.annotations.Nullable;
import org.zepad.core.detect.DetectionThreshold;
import org.zepad.core.metrics.BatchMeans;
import org.zepad.core.metrics.Outcomes;
import org.zepad.core.metrics.Rate;
import org.zepad.core.metrics.Separation;

/** Counts what was measured. */
final class FiguresOf {
  private static final int TOP = 5;

  private FiguresOf() {}

  static Figures measured(Measured measured, Arithmetic arithmetic, int batchSize) {
    Outcomes clean = measured.clean();
    Outcomes attacked = measured.attacked();
    boolean manyClasses = clean.classes() > TOP;
    return new Figures(
        measured.subject().name(),
        measured.subject().undefended(),
        clean.accuracy(),
        attacked.accuracy(),
        clean.changedBy(attacked),
        clean.misledBy(attacked),
        manyClasses ? clean.topFive() : null,
        manyClasses ? attacked.topFive() : null,
        detection(measured),
        BranchConfidences.of(measured),
        arithmetic == Arithmetic.REFERENCE ? BatchMeans.of(clean, attacked, batchSize) : null);
  }

  private static @Nullable DetectionFigures detection(Measured measured) {
    DetectionThreshold threshold = measured.subject().threshold();
    float[] clean = measured.cleanScores();
    float[] attacked = measured.attackedScores();
    if (threshold == null || clean == null || attacked == null) {
      return null;
    }
    int n = clean.length;
    int caught = 0;
    int kept = 0;
    for (int i = 0; i < n; i++) {
      caught += measured.attacked().right(i) || threshold.flags(attacked[i]) ? 1 : 0;
      kept += measured.clean().right(i) && !threshold.flags(clean[i]) ? 1 : 0;
    }
    return new DetectionFigures(
        threshold.value(),
        threshold.wantedFpr(),
        Separation.auroc(clean, attacked),
        Separation.tprAtFpr(clean, attacked, 0.01),
        Separation.tprAtFpr(clean, attacked, 0.05),
        new Rate(threshold.flagged(clean), n),
        new Rate(threshold.flagged(attacked), n),
        new Rate(caught, n),
        new Rate(kept, n),
        Separation.roc(clean, attacked, DetectionFigures.ROC_POINTS));
  }
}
