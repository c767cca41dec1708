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

  /** The outcome of which a choice keeps one epoch. */
  static FineTuningOutcome of(List<EpochResult> history, EpochChoice choice) {
    return new FineTuningOutcome(history, choice.of(history));
  }
}
