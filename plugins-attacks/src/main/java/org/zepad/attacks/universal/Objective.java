package org.zepad.attacks.universal;

import ai.djl.ndarray.NDArray;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;

/** What an attack raises. */
@FunctionalInterface
public interface Objective {

  /**
   * Prepares a step, before gradients are recorded: clean features, noise, labels. What it makes
   * belongs to the manager of the batch's images.
   */
  Step on(Batch batch);

  /**
   * A batch of surrogate images.
   *
   * @param images (N, 3, S, S) in [0, 1]; their manager is freed after the step
   * @param indices which images of the set these are
   * @param random the step's own
   */
  record Batch(NDArray images, int[] indices, SplittableRandom random) {}

  /**
   * An objective on one batch.
   *
   * @param bases (M, 3, S, S) in [0, 1]: the images that are perturbed
   * @param value the scalar to be raised, a differentiable function of the perturbed bases, clamped
   *     to [0, 1]
   */
  record Step(NDArray bases, UnaryOperator<NDArray> value) {}
}
