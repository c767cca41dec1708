package org.zepad.attacks.universal;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;

/**
 * The range [0, 1] of pixels, to which perturbed images are clamped. Results belong to the managers
 * of the first arguments.
 */
public final class PixelRange {
  private PixelRange() {}

  /** Images plus a perturbation, clamped. */
  public static NDArray add(NDArray images, NDArray delta) {
    try (NDArray sum = images.add(delta)) {
      return sum.clip(0f, 1f);
    }
  }

  /**
   * The gradient by a perturbation of an objective of clamped images, to be ascended. It is the sum
   * over the images, but for pixels that lie on or beyond the border of the range: there an image
   * counts only if its gradient points back into the range. One that points out of it asks for what
   * has no effect; one that points back would be lost if clamping simply cut the gradient, and a
   * pixel that is saturated in every image could never return.
   *
   * @param gradient (N, 3, S, S), by the clamped images
   * @param unclamped (N, 3, S, S), images plus perturbation
   * @return (1, 3, S, S)
   */
  static NDArray inward(NDArray gradient, NDArray unclamped) {
    try (NDArray bright = unclamped.gte(1f);
        NDArray up = gradient.gt(0f);
        NDArray dark = unclamped.lte(0f);
        NDArray down = gradient.lt(0f);
        NDArray over = bright.logicalAnd(up);
        NDArray under = dark.logicalAnd(down);
        NDArray outward = over.logicalOr(under);
        NDArray kept = outward.logicalNot();
        NDArray mask = kept.toType(DataType.FLOAT32, false);
        NDArray inward = gradient.mul(mask)) {
      return inward.sum(new int[] {0}, true);
    }
  }
}
