package org.zepad.core.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.zepad.core.evaluate.Check;
import org.zepad.core.evaluate.Subject;

/** Many small steps must do at least what one large step does. */
final class OneStepBeatsIterative implements SelfCheck {
  static final String FLAG = "one-step-beats-iterative";

  @Override
  public List<Check> run(Bench bench) {
    List<Check> checks = new ArrayList<>();
    for (Subject subject : bench.subjects()) {
      try {
        checks.add(
            Stronger.check(
                FLAG,
                subject.name(),
                bench.underPgd(subject, Pgd.EPSILON),
                bench.under(
                    subject, bench.attack("fgsm", Map.of("epsilon", Pgd.EPSILON)), "one-step"),
                "how much more one step of 8/255 breaks than ten small ones do; if it breaks"
                    + " more, the gradient misleads those that follow it"));
      } catch (MissingAttack e) {
        checks.add(Check.notRun(FLAG, subject.name(), e.why()));
      }
    }
    return checks;
  }
}
