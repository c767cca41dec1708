package org.zepad.core.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.zepad.core.evaluate.Check;
import org.zepad.core.evaluate.Subject;

/** The same images five times over: a model that answers at random defeats one-shot attacks. */
final class Randomised implements SelfCheck {
  static final String FLAG = "randomised";

  private static final int PASSES = 5;

  @Override
  public List<Check> run(Bench bench) {
    List<Check> checks = new ArrayList<>();
    for (Subject subject : bench.subjects()) {
      Sample sample = bench.sample();
      float[] first = bench.logits(subject);
      double worst = 0;
      for (int pass = 1; pass < PASSES; pass++) {
        worst =
            Math.max(
                worst, Moved.share(first, bench.logits(subject, sample.images()), sample.size()));
      }
      checks.add(
          Check.of(
              FLAG,
              subject.name(),
              null,
              worst > 0,
              worst,
              0,
              String.format(
                  Locale.ROOT,
                  "of %.1f%% of the images the model says something else in one of %d passes; an"
                      + " attack on a model that draws at random must average over its draws",
                  100 * worst,
                  PASSES)));
    }
    return checks;
  }
}
