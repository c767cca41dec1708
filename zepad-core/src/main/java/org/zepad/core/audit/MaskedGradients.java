package org.zepad.core.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.zepad.core.evaluate.Check;
import org.zepad.core.evaluate.Subject;
import org.zepad.core.metrics.Rate;

/** An attack that may paint any picture must bring a model down to chance. */
final class MaskedGradients implements SelfCheck {
  static final String FLAG = "masked-gradients";

  private static final double STEP = 0.05;
  private static final int STEPS = 50;

  @Override
  public List<Check> run(Bench bench) {
    List<Check> checks = new ArrayList<>();
    for (Subject subject : bench.subjects()) {
      try {
        checks.add(check(bench, subject));
      } catch (MissingAttack e) {
        checks.add(Check.notRun(FLAG, subject.name(), e.why()));
      }
    }
    return checks;
  }

  private static Check check(Bench bench, Subject subject) {
    boolean[] rights =
        bench.under(subject, bench.attack(Pgd.NAME, Pgd.options(1, STEP, STEPS)), "unbounded");
    Rate left = Rates.of(rights);
    double chance = 1.0 / bench.sample().classes();
    return Check.of(
        FLAG,
        subject.name(),
        null,
        left.low() > chance,
        left.value(),
        chance,
        String.format(
            Locale.ROOT,
            "an attack that may change every pixel at will leaves an accuracy of %.1f%%, chance is"
                + " %.1f%%; more than chance, by its 95%% interval, means that gradients are masked"
                + " and robust accuracies are too high",
            left.percent(),
            100 * chance));
  }
}
