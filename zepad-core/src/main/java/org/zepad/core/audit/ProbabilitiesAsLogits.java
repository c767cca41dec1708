package org.zepad.core.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.zepad.core.evaluate.Check;
import org.zepad.core.evaluate.Subject;

/**
 * Attacks climb the cross-entropy of logits. Of probabilities it takes the softmax once more, which
 * flattens the gradients.
 */
final class ProbabilitiesAsLogits implements SelfCheck {
  static final String FLAG = "probabilities-as-logits";

  private static final double LIMIT = 0.99;
  private static final double ROUNDING = 1e-4;

  @Override
  public List<Check> run(Bench bench) {
    List<Check> checks = new ArrayList<>();
    for (Subject subject : bench.subjects()) {
      double share = share(bench.logits(subject), bench.sample().size());
      checks.add(
          Check.of(
              FLAG,
              subject.name(),
              null,
              share > LIMIT,
              share,
              LIMIT,
              String.format(
                  Locale.ROOT,
                  "for %.1f%% of the images the outputs lie in [0, 1] and sum to 1; a model that"
                      + " returns probabilities where attacks expect logits weakens them",
                  100 * share)));
    }
    return checks;
  }

  private static double share(float[] logits, int images) {
    int classes = logits.length / images;
    int found = 0;
    for (int i = 0; i < images; i++) {
      double sum = 0;
      boolean inRange = true;
      for (int c = i * classes; c < (i + 1) * classes; c++) {
        sum += logits[c];
        inRange &= logits[c] >= -ROUNDING && logits[c] <= 1 + ROUNDING;
      }
      found += inRange && Math.abs(sum - 1) < ROUNDING * classes ? 1 : 0;
    }
    return (double) found / images;
  }
}
