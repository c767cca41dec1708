package org.zepad.core.testkit.contracts;

import java.util.Map;
import org.zepad.api.ZepadException;
import org.zepad.api.attack.AttackProvider;
import org.zepad.api.attack.Budget;
import org.zepad.api.attack.Norm;
import org.zepad.core.check.Subject;
import org.zepad.core.plugin.OptionInfo;

/**
 * Sets the budget of an attack of which nothing is known but its options: the one that changes the
 * budget is found by trying.
 */
final class BudgetOption {
  /** A length that is within a ball of 16 x 16 x 3 pixels, and more than rounding. */
  private static final double LENGTH = 0.5;

  /** A share of the pixels that are a few of 16 x 16. */
  private static final double SHARE = 0.1;

  private BudgetOption() {}

  /** The attack's options with a budget. */
  static Record set(double epsilon) {
    Subject subject = Current.subject();
    for (OptionInfo option :
        subject.registry().options(subject.plugin().kind(), subject.plugin().name())) {
      try {
        Record options = Current.options(Map.of(option.name(), epsilon));
        if (budget(options).epsilon() == epsilon) {
          return options;
        }
      } catch (ZepadException e) {
        // It takes no such number.
      }
    }
    throw new AssertionError(
        "None of its options sets its budget to " + epsilon + "; give it one, such as 'epsilon'.");
  }

  /** The budget to try with: as the contract has it, or what suits another norm. */
  static double tried(double linf) {
    Norm norm = budget(Current.options(Map.of())).norm();
    return switch (norm) {
      case LINF -> linf;
      case L2 -> LENGTH;
      case L0 -> SHARE;
    };
  }

  private static Budget budget(Record options) {
    AttackProvider<Record> provider = Current.provider();
    return provider.create(options).budget();
  }
}
