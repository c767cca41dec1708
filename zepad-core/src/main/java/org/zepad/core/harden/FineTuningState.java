package org.zepad.core.harden;

import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.zepad.api.Checkpoint;
import org.zepad.api.RunContext;
import org.zepad.api.encoder.Encoder;
import org.zepad.api.tensor.StateDict;
import org.zepad.core.head.Head;

/** What fine-tuning needs to continue after a kill, and the best weights so far. */
final class FineTuningState {
  private static final String WORK = "work";
  private static final String HISTORY = "history";

  private final String work;
  private final RunContext context;
  private final StateDict encoder;
  private final StateDict best;
  private final StateDict all;
  private final List<EpochResult> history = new ArrayList<>();

  /**
   * A fresh state.
   *
   * @param work describes the work; what other work saved is not used
   * @param scope the owner of the best weights
   */
  FineTuningState(
      String work,
      Encoder encoder,
      Head head,
      FineTuningStep step,
      RunContext context,
      NDManager scope) {
    this.work = work;
    this.context = context;
    this.encoder = encoder.state();
    this.best = new StateDict(scope);
    this.encoder
        .tensors()
        .forEach((name, tensor) -> best.buffer(name, Scopes.copy(tensor, best.manager())));
    this.all = new StateDict(scope);
    all.include("encoder.", this.encoder);
    all.include("head.", head.state());
    all.include("encoder-optimizer.", step.encoderOptimizer().state());
    all.include("head-optimizer.", step.headOptimizer().state());
    all.include("best.", best);
  }

  /** Every epoch so far. */
  List<EpochResult> history() {
    return history;
  }

  /** Loads what was saved by the same work, if anything. */
  void restore() {
    try (NDManager scope = context.manager().newSubManager()) {
      Checkpoint.Saved saved = context.checkpoint().load(scope).orElse(null);
      if (saved == null) {
        return;
      }
      if (!work.equals(saved.values().get(WORK))) {
        context
            .progress()
            .message(
                "The saved fine-tuning was made with other options, seed or data;"
                    + " starting from the beginning.");
        return;
      }
      all.load(saved.tensors());
      saved.values().getOrDefault(HISTORY, "").lines().map(EpochResult::read).forEach(history::add);
    }
  }

  /**
   * Ends an epoch: keeps its weights if they are the best so far, and saves.
   *
   * @return false, and nothing is saved, if a weight is not finite
   */
  boolean finish(EpochResult epoch) {
    if (!finite()) {
      return false;
    }
    history.add(epoch);
    if (FineTuningOutcome.of(history).kept().equals(epoch)) {
      best.load(encoder.tensors());
    }
    String lines = history.stream().map(EpochResult::write).collect(Collectors.joining("\n"));
    context.checkpoint().save(history.size(), all.tensors(), Map.of(WORK, work, HISTORY, lines));
    return true;
  }

  /** Gives the encoder the best weights. */
  void useBest() {
    encoder.load(best.tensors());
  }

  private boolean finite() {
    try (NDManager scope = context.manager().newSubManager()) {
      return encoder.tensors().values().stream()
          .map(tensor -> Scopes.copy(tensor, scope))
          .noneMatch(t -> t.isNaN().any().getBoolean() || t.isInfinite().any().getBoolean());
    }
  }
}
