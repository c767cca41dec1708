package org.zepad.core.audit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.zepad.api.attack.Norm;
import org.zepad.core.evaluate.Check;
import org.zepad.core.evaluate.RobustnessCurve;
import org.zepad.core.evaluate.Subject;
import org.zepad.core.metrics.McNemar;

/** An attack that may change more must not leave more: accuracy falls as epsilon grows. */
final class NotMonotone implements SelfCheck {
  static final String FLAG = "not-monotone";

  private static final double[] EPSILONS =
      Arrays.stream(new double[] {0, 1, 2, 4, 8, 16, 32}).map(e -> e / 255).toArray();

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

  /** The accuracies themselves; none without the attack. */
  static List<RobustnessCurve> curves(Bench bench) {
    List<RobustnessCurve> curves = new ArrayList<>();
    for (Subject subject : bench.subjects()) {
      try {
        List<RobustnessCurve.Point> points = new ArrayList<>();
        for (double epsilon : EPSILONS) {
          points.add(
              new RobustnessCurve.Point(epsilon, Rates.of(bench.underPgd(subject, epsilon))));
        }
        curves.add(new RobustnessCurve(subject.name(), Pgd.NAME, Norm.LINF, points));
      } catch (MissingAttack e) {
        return List.of();
      }
    }
    return curves;
  }

  private static Check check(Bench bench, Subject subject) {
    double worst = 0;
    boolean raised = false;
    for (int i = 0; i < EPSILONS.length; i++) {
      for (int j = i + 1; j < EPSILONS.length; j++) {
        McNemar test =
            McNemar.of(bench.underPgd(subject, EPSILONS[j]), bench.underPgd(subject, EPSILONS[i]));
        worst =
            Math.max(
                worst, (test.onlyFirst() - test.onlySecond()) / (double) bench.sample().size());
        raised |= test.firstBetter(Stronger.LEVEL);
      }
    }
    return Check.of(
        FLAG,
        subject.name(),
        null,
        raised,
        worst,
        0,
        String.format(
            Locale.ROOT,
            "from a smaller to a larger epsilon accuracy rises by up to %.1f points (raised where"
                + " McNemar's p is below %s); the attack then fails to use what it is allowed",
            100 * worst,
            Stronger.LEVEL));
  }
}
