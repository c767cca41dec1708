package org.zepad.attacks.universal;

import ai.djl.ndarray.NDArray;

/** One crafting under way. It changes the tensors of its {@link Scene#state}, in place. */
public interface Crafting {

  /**
   * Takes a step that keeps the perturbation within its budget.
   *
   * @return the objective on the batch before the step, finite if all is well
   */
  float step(Objective.Batch batch);

  /** Follows the last step of each epoch. */
  default void endEpoch() {}

  /** The perturbation that the last epoch ends with, (1, 3, S, S), not owned by the caller. */
  NDArray result();
}
