package org.zepad.core.evaluate;

import java.util.Locale;
import org.zepad.core.metrics.Rate;

/** Puts a verdict into words that say no more than the figures do. */
final class VerdictText {
  /** Of clean images, a loss that is small enough to be called none if it may be chance. */
  private static final double SMALL_LOSS = 0.01;

  private VerdictText() {}

  static String of(Verdict verdict) {
    Comparison robust = verdict.comparison();
    String where = robust.threatModel().name().toLowerCase(Locale.ROOT);
    if (!verdict.withheldBy().isEmpty()) {
      return "%s against %s under %s: no verdict: %s"
          .formatted(
              verdict.model(), verdict.against(), where, String.join(", ", verdict.withheldBy()));
    }
    String text =
        "%s %s (%s) and is %s than %s under %s (%s)"
            .formatted(
                verdict.model(),
                benign(verdict.benign()),
                figures(verdict.benign().a(), verdict.benign().b(), verdict.benign().p()),
                robust.aIsBetter()
                    ? "more robust"
                    : robust.bIsBetter() ? "less robust" : "not more robust",
                verdict.against(),
                where,
                figures(robust.robustA(), robust.robustB(), robust.p()));
    return verdict.notRun().isEmpty()
        ? text
        : text + "; not checked: " + String.join(", ", verdict.notRun());
  }

  private static String benign(Benign benign) {
    if (benign.p() < Comparison.LEVEL) {
      return benign.onlyA() > benign.onlyB() ? "gains benign accuracy" : "loses benign accuracy";
    }
    return benign.a().value() >= benign.b().value() - SMALL_LOSS
        ? "keeps benign accuracy"
        : "may lose benign accuracy";
  }

  private static String figures(Rate a, Rate b, double p) {
    return String.format(
        Locale.ROOT,
        "%.1f vs %.1f, McNemar p %s",
        a.percent(),
        b.percent(),
        p < 0.001 ? "< 0.001" : String.format(Locale.ROOT, "= %.3f", p));
  }
}
