package org.zepad.api.attack;

import ai.djl.ndarray.NDArray;
import org.zepad.api.RunContext;

/** An attack that perturbs each image by itself. */
public non-sealed interface SampleAttack extends Attack {

  /**
   * Perturbs images so that the target errs.
   *
   * @param target the attacked model, in evaluation mode
   * @param images (N, 3, H, W) in [0, 1]; not changed
   * @param labels (N) int64, the right classes
   * @param context seed, operations; its scope is not used for steps
   * @return (N, 3, H, W) in [0, 1] within the budget of the images, detached, owned by their
   *     manager
   */
  NDArray perturb(Target target, NDArray images, NDArray labels, RunContext context);
}
