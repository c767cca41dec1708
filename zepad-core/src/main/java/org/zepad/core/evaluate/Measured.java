package org.zepad.core.evaluate;

import org.jspecify.annotations.Nullable;
import org.zepad.core.metrics.Outcomes;

/**
 * What one model said of every image, before it is counted. A plain value: figures, worst cases,
 * comparisons, ROC curves and histograms all follow from it, so that it can be stored and counted
 * again without the model.
 *
 * @param subject the model
 * @param clean on clean images
 * @param attacked on the same images under attack, in the same order
 * @param cleanScores detection scores (N) of clean images; null where nothing detects
 * @param attackedScores detection scores (N) of attacked images; null where nothing detects
 * @param cleanConfidences branch confidences (N, B) of clean images, row by row, in the order of
 *     the subject's branches; null where it names none
 * @param attackedConfidences branch confidences (N, B) of attacked images; null where it names none
 */
public record Measured(
    SubjectInfo subject,
    Outcomes clean,
    Outcomes attacked,
    float @Nullable [] cleanScores,
    float @Nullable [] attackedScores,
    float @Nullable [] cleanConfidences,
    float @Nullable [] attackedConfidences) {
  /**
   * Checks that everything is of the same images.
   *
   * @throws IllegalArgumentException if it is not
   */
  // Spelt out, since the checker does not see what a short form's parameters may be.
  public Measured(
      SubjectInfo subject,
      Outcomes clean,
      Outcomes attacked,
      float @Nullable [] cleanScores,
      float @Nullable [] attackedScores,
      float @Nullable [] cleanConfidences,
      float @Nullable [] attackedConfidences) {
    // Refuses outcomes of other images.
    clean.changedBy(attacked);
    int n = clean.size();
    requireSize(cleanScores, n);
    requireSize(attackedScores, n);
    requireSize(cleanConfidences, n * subject.branches().size());
    requireSize(attackedConfidences, n * subject.branches().size());
    this.subject = subject;
    this.clean = clean;
    this.attacked = attacked;
    this.cleanScores = cleanScores;
    this.attackedScores = attackedScores;
    this.cleanConfidences = cleanConfidences;
    this.attackedConfidences = attackedConfidences;
  }

  private static void requireSize(float @Nullable [] values, int wanted) {
    if (values != null && values.length != wanted) {
      throw new IllegalArgumentException(
          "expected " + wanted + " values for these images, got " + values.length);
    }
  }
}
