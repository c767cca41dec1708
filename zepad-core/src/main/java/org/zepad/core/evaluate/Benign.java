package org.zepad.core.evaluate;

import java.util.List;
import org.zepad.core.metrics.McNemar;
import org.zepad.core.metrics.Outcomes;
import org.zepad.core.metrics.Rate;

/**
 * Two models on clean images.
 *
 * @param a the accuracy of one model
 * @param b the accuracy of the other
 * @param onlyA images that a alone classifies rightly
 * @param onlyB images that b alone classifies rightly
 * @param p of McNemar's exact test, two-sided
 */
public record Benign(Rate a, Rate b, int onlyA, int onlyB, double p) {

  /** Whether a is better by more than chance. */
  public boolean aIsBetter() {
    return onlyA > onlyB && p < Comparison.LEVEL;
  }

  /** Whether b is better by more than chance. */
  public boolean bIsBetter() {
    return onlyB > onlyA && p < Comparison.LEVEL;
  }

  /**
   * Two models by their names.
   *
   * @param runs in which both were measured
   */
  public static Benign of(String a, String b, List<Evaluated> runs) {
    Outcomes first = clean(a, runs);
    Outcomes second = clean(b, runs);
    McNemar test = McNemar.of(first.rights(), second.rights());
    return new Benign(
        first.accuracy(), second.accuracy(), test.onlyFirst(), test.onlySecond(), test.pValue());
  }

  private static Outcomes clean(String model, List<Evaluated> runs) {
    return runs.stream()
        .flatMap(run -> run.measured().stream())
        .filter(m -> m.subject().name().equals(model))
        .findFirst()
        .orElseThrow()
        .clean();
  }
}
