package org.zepad.api.attack;

import ai.djl.ndarray.NDArray;
import org.jspecify.annotations.Nullable;

/**
 * A universal perturbation, resized to the images that it is applied to. Without a mask it is added
 * and the sum is clamped to [0, 1]; with one it is a patch, which replaces the pixels where the
 * mask is 1.
 *
 * @param delta (3, S, S) float32: a change within the budget; of a patch, pixels in [0, 1], 0 where
 *     the mask is 0
 * @param mask (1, S, S) float32 of zeros and ones, of which at most the budget's share are ones;
 *     null unless it is a patch
 * @param budget what it had to stay within; {@link Norm#L0} if and only if it is a patch
 */
public record Perturbation(NDArray delta, @Nullable NDArray mask, Budget budget) {
  public Perturbation {
    if ((mask != null) != (budget.norm() == Norm.L0)) {
      throw new IllegalArgumentException("a patch has a mask and an L0 budget, got " + budget);
    }
  }

  /** A change that is added to images. */
  public static Perturbation additive(NDArray delta, Budget budget) {
    return new Perturbation(delta, null, budget);
  }
}
