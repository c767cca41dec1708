package org.zepad.core.harden;

import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.zepad.api.Checkpoint;
import org.zepad.api.RunContext;
import org.zepad.api.tensor.StateDict;

/** What fine-tuning needs to continue after a kill, and the best weights so far. */
final class FineTuningState {
  private static final String WORK = "work";
  private static final String HISTORY = "history";

  private final String work;
  private final RunContext context;
  private final EpochChoice choice;
  private final StateDict now;
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
      EpochChoice choice,
      Learner learner,
      FineTuningStep step,
      RunContext context,
      NDManager scope) {
    this.work = work;
    this.choice = choice;
    this.context = context;
    this.now = learner.parameters(scope);
    this.best = new StateDict(scope);
    now.tensors().forEach((name, tensor) -> best.buffer(name, Scopes.copy(tensor, best.manager())));
    this.all = new StateDict(scope);
    all.include("", now);
    all.include("encoder-optimizer.", step.encoderOptimizer().state());
    all.include("head-optimizer.", step.headOptimizer().state());
    all.include("best.", best);
  }

  /** Every epoch so far. */
  List<EpochResult> history() {
    return history;
  }

  /** How many passes over the tuning images are done. */
  int done() {
    return history.isEmpty() ? 0 : history.get(history.size() - 1).epoch();
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
                "The saved fine-tuning was made with another encoder, or with other options, seed"
                    + " or data; starting from the beginning.");
        return;
      }
      all.load(saved.tensors());
      TuningHistory.read(saved.values().getOrDefault(HISTORY, "[]")).forEach(history::addAll);
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
    if (choice.of(history).equals(epoch)) {
      best.load(now.tensors());
    }
    String course = TuningHistory.write(List.of(history));
    context.checkpoint().save(epoch.epoch(), all.tensors(), Map.of(WORK, work, HISTORY, course));
    return true;
  }

  /** Gives encoder and head the best weights. */
  void useBest() {
    now.load(best.tensors());
  }

  private boolean finite() {
    try (NDManager scope = context.manager().newSubManager()) {
      return now.tensors().values().stream()
          .map(tensor -> Scopes.copy(tensor, scope))
          .noneMatch(t -> t.isNaN().any().getBoolean() || t.isInfinite().any().getBoolean());
    }
  }
}
