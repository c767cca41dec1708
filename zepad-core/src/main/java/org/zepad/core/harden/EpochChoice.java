package org.zepad.core.harden;

import java.util.List;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;

/** Says which epoch's weights a fine-tuning keeps. */
public interface EpochChoice {

  /** The epoch with the best robust validation accuracy; of equals the later. */
  EpochChoice ROBUST = history -> best(history, e -> true, EpochResult::robust);

  /** The epoch with the best benign validation accuracy; of equals the later. */
  EpochChoice BENIGN = history -> best(history, e -> true, EpochResult::benign);

  /**
   * The kept epoch.
   *
   * @param history in order, at least one; begins with epoch 0 if {@link #looksAtStart}
   */
  EpochResult of(List<EpochResult> history);

  /**
   * Whether the model is measured before it learns, as epoch 0, and may be kept as it was.
   *
   * @return false unless told otherwise
   */
  default boolean looksAtStart() {
    return false;
  }

  /**
   * The epoch with the best benign accuracy among those whose robust accuracy is below that of the
   * start by no more than a tolerance; of equals the later. The start is one of them, so what has
   * been won is never given away for benign accuracy.
   *
   * @param tolerance a share of the validation images, from 0 to 1
   */
  static EpochChoice benignWithin(double tolerance) {
    return new EpochChoice() {
      @Override
      public EpochResult of(List<EpochResult> history) {
        EpochResult start = history.get(0);
        double least = start.robust() - tolerance * start.images();
        // Counts are whole; a share of them that should be is off by rounding.
        return best(history, e -> e.robust() >= least - 1e-9, EpochResult::benign);
      }

      @Override
      public boolean looksAtStart() {
        return true;
      }
    };
  }

  private static EpochResult best(
      List<EpochResult> history,
      Predicate<EpochResult> allowed,
      ToIntFunction<EpochResult> figure) {
    EpochResult best = history.get(0);
    for (EpochResult next : history) {
      if (allowed.test(next) && figure.applyAsInt(next) >= figure.applyAsInt(best)) {
        best = next;
      }
    }
    return best;
  }
}
