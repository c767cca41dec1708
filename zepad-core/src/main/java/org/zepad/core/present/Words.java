package org.zepad.core.present;

import java.util.Locale;
import org.zepad.api.attack.Budget;
import org.zepad.core.evaluate.Flag;
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
      case LINF -> "L∞ " + brief(budget.epsilon() * 255) + "/255";
      case L2 -> String.format(Locale.ROOT, "L2 %.3f", budget.epsilon());
      case L0 -> brief(budget.epsilon() * 100) + "% of the pixels";
    };
  }

  private static String brief(double value) {
    return String.format(Locale.ROOT, "%.1f", value).replaceFirst("\\.0$", "");
  }

  /** What a flag of an attack means, to be followed by the attacks. */
  static String meaning(Flag flag) {
    return switch (flag) {
      case ATTACK_INEFFECTIVE ->
          "the undefended victim withstands these attacks, so robustness against them says nothing";
      case ATTACK_UNCHECKED ->
          "nothing shows that these attacks work: they break no model that they aim at";
      case REFERENCE_ARITHMETIC ->
          "computed as the public research code does, without clamping, for comparison alone";
    };
  }

  /** A probability of a test. */
  static String pValue(double p) {
    return p < 0.001 ? "< 0.001" : String.format(Locale.ROOT, "%.3f", p);
  }

  /** A share of counted images. */
  public static Cell share(Rate rate) {
    return rate.total() == 0
        ? Cell.empty()
        : Cell.share(rate.value(), rate.low(), rate.high(), rate.hits(), rate.total());
  }
}
