package org.zepad.core.harden;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.OptionalLong;
import org.zepad.api.attack.Target;
import org.zepad.api.dataset.ImageBatches;

/** Counts right answers on validation images, clean and attacked, in evaluation mode. */
final class Validation {
  private final ImageBatches images;
  private final int limit;
  private final int batchSize;
  private final long seed;
  private int seen;
  private int benign;
  private int robust;

  /**
   * Over the same images at every call.
   *
   * @param limit at most so many images, drawn with the seed; 0 for all
   */
  Validation(ImageBatches images, int limit, int batchSize, long seed) {
    this.images = images;
    this.limit = limit == 0 ? images.size() : Math.min(limit, images.size());
    this.batchSize = Math.min(batchSize, this.limit);
    this.seed = seed;
  }

  /** Fills in the counts of an epoch. */
  EpochResult measure(FineTuningStep step, NDManager manager, EpochResult epoch) {
    seen = 0;
    benign = 0;
    robust = 0;
    try (NDManager prepared = manager.newSubManager()) {
      run(step.evaluation(prepared), step, manager);
    }
    return new EpochResult(epoch.epoch(), epoch.losses(), seen, benign, robust);
  }

  private void run(Target target, FineTuningStep step, NDManager manager) {
    images.forEach(
        batchSize,
        limit < images.size() ? OptionalLong.of(seed) : OptionalLong.empty(),
        batch -> {
          int take = Math.min(limit - seen, batch.indices().length);
          if (take > 0) {
            try (NDManager scope = manager.newSubManager()) {
              count(
                  target,
                  step,
                  Scopes.copy(batch.images().get("0:" + take), scope),
                  Scopes.copy(batch.labels().get("0:" + take), scope));
            }
            seen += take;
          }
        });
  }

  private void count(Target target, FineTuningStep step, NDArray x, NDArray labels) {
    NDArray adversarial = step.judged(target, x, labels, "validation-" + seen);
    benign += right(target.logits(x), labels);
    robust += right(target.logits(adversarial), labels);
  }

  private static int right(NDArray logits, NDArray labels) {
    return Math.toIntExact(logits.argMax(1).eq(labels).countNonzero().getLong());
  }
}
