package org.zepad.core.present;

import java.util.Locale;
import org.zepad.api.attack.Budget;
import org.zepad.core.evaluate.Evaluation;
import org.zepad.core.metrics.Rate;
import org.zepad.core.report.Cell;

/** Figures and names as people read them. */
public final class Words {
  private Words() {}

  /** A constant in kebab case. */
  public static String kebab(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** How large a perturbation may be, in the units that people use. */
  public static String budget(Budget budget) {
    return switch (budget.norm()) {
      case LINF -> String.format(Locale.ROOT, "L∞ %.1f/255", budget.epsilon() * 255);
      case L2 -> String.format(Locale.ROOT, "L2 %.3f", budget.epsilon());
      case L0 -> String.format(Locale.ROOT, "%.1f%% of the pixels", budget.epsilon() * 100);
    };
  }

  /** An attack with what its attacker holds and how much it may change. */
  static String attack(Evaluation evaluation) {
    return "%s (%s, %s)"
        .formatted(
            evaluation.attack(), kebab(evaluation.threatModel()), budget(evaluation.budget()));
  }

  /** A share of counted images. */
  public static Cell share(Rate rate) {
    return rate.total() == 0
        ? Cell.empty()
        : Cell.share(rate.value(), rate.low(), rate.high(), rate.hits(), rate.total());
  }
}
