package org.zepad.core.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.zepad.core.evaluate.Check;
import org.zepad.core.evaluate.Subject;

/** An attack that sees the gradient must do at least what one does that only asks. */
final class GradientFreeBeatsGradient implements SelfCheck {
  static final String FLAG = "gradient-free-beats-gradient";

  private static final int QUERIES = 200;

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
                    subject,
                    bench.attack("square", Map.of("epsilon", Pgd.EPSILON, "queries", QUERIES)),
                    "gradient-free"),
                "how much more "
                    + QUERIES
                    + " queries without gradients break than gradients do, both within 8/255; if"
                    + " they break more, gradients are masked"));
      } catch (MissingAttack e) {
        checks.add(Check.notRun(FLAG, subject.name(), e.why()));
      }
    }
    return checks;
  }
}
