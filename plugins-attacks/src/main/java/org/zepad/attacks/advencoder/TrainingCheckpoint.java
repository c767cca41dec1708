package org.zepad.attacks.advencoder;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.HashMap;
import java.util.Map;
import org.zepad.api.Checkpoint;
import org.zepad.api.RunContext;
import org.zepad.api.ZepadException;
import org.zepad.api.dataset.ImageBatches;
import org.zepad.api.tensor.StateDict;

/**
 * What a training needs to continue after a kill: generator and optimizer after an epoch, and whose
 * they are. A training may be continued for more epochs, but not with other options, images or
 * another seed.
 *
 * @param attack the name of the attack
 * @param identity options, images and seed
 */
record TrainingCheckpoint(
    String attack, String identity, StateDict generator, StateDict optimizer, RunContext context) {
  private static final String GENERATOR = "generator.";
  private static final String OPTIMIZER = "optimizer.";

  static TrainingCheckpoint of(
      TrainingSettings settings,
      ImageBatches surrogate,
      StateDict generator,
      StateDict optimizer,
      RunContext context) {
    String identity =
        settings.identity()
            + " on "
            + surrogate.size()
            + " images of side "
            + surrogate.imageSize()
            + " with seed "
            + context.seed();
    return new TrainingCheckpoint(settings.attack(), identity, generator, optimizer, context);
  }

  /** Loads what was saved, if anything, and says how many epochs are done. */
  int resume() {
    try (NDManager scope = context.manager().newSubManager()) {
      Checkpoint.Saved saved = context.checkpoint().load(scope).orElse(null);
      if (saved == null) {
        return 0;
      }
      if (!identity.equals(saved.values().get(attack))) {
        throw ZepadException.usage(
            attack
                + ": the checkpoint was made with other settings, "
                + saved.values().get(attack)
                + ", than now, "
                + identity
                + ". Use the same settings, or delete the checkpoint to start anew.");
      }
      generator.load(withPrefix(GENERATOR, saved.tensors()));
      optimizer.load(withPrefix(OPTIMIZER, saved.tensors()));
      return Math.toIntExact(saved.step());
    }
  }

  /** Saves after an epoch. */
  void save(int epochs) {
    Map<String, NDArray> tensors = new HashMap<>();
    generator.tensors().forEach((name, array) -> tensors.put(GENERATOR + name, array));
    optimizer.tensors().forEach((name, array) -> tensors.put(OPTIMIZER + name, array));
    context.checkpoint().save(epochs, tensors, Map.of(attack, identity));
  }

  private static Map<String, NDArray> withPrefix(String prefix, Map<String, NDArray> tensors) {
    Map<String, NDArray> found = new HashMap<>();
    tensors.forEach(
        (name, array) -> {
          if (name.startsWith(prefix)) {
            found.put(name.substring(prefix.length()), array);
          }
        });
    return found;
  }
}
