package org.zepad.core.harden;

import java.util.List;

/**
 * The course of a fine-tuning.
 *
 * @param history every epoch in order
 * @param kept the epoch whose weights the encoder has now
 */
public record FineTuningOutcome(List<EpochResult> history, EpochResult kept) {
  /** Copies the history. */
  public FineTuningOutcome {
    history = List.copyOf(history);
  }

  /** The best robust validation accuracy; of equals, the later. */
  static FineTuningOutcome of(List<EpochResult> history) {
    EpochResult best = history.get(0);
    for (EpochResult next : history) {
      if (next.robust() >= best.robust()) {
        best = next;
      }
    }
    return new FineTuningOutcome(history, best);
  }
}
