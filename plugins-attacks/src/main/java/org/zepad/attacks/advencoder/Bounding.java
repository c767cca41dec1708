package org.zepad.attacks.advencoder;

import ai.djl.ndarray.NDArray;
import org.zepad.api.tensor.Scalars;

/** How what the generator makes is brought within the budget. Both ways are differentiable. */
public enum Bounding {
  /**
   * Divided by its root mean square, multiplied by epsilon, then clamped: whatever the generator's
   * weights are, about half of the pixels lie within the budget and pass a gradient, so that the
   * pattern goes on changing for as long as the training lasts.
   */
  SCALE {
    @Override
    NDArray apply(NDArray image, double epsilon) {
      NDArray meanSquare = image.square().mean().add(TINY);
      NDArray scaled = image.div(meanSquare.sqrt());
      return CLAMP.apply(Scalars.times(scaled, epsilon), epsilon);
    }
  },

  /**
   * Clamped, as published. A fresh generator makes several times the budget, and within some steps
   * every pixel leaves it: from then on no gradient passes and the perturbation stands still.
   */
  CLAMP {
    @Override
    NDArray apply(NDArray image, double epsilon) {
      return image.clip((float) -epsilon, (float) epsilon);
    }
  };

  /** Keeps the division finite for a generator that makes nothing. */
  private static final float TINY = 1e-20f;

  /**
   * Bounds a perturbation.
   *
   * @param image (1, 3, S, S), of any size
   * @param epsilon the largest change of a pixel, in pixel units
   * @return of the same shape, within +-epsilon
   */
  abstract NDArray apply(NDArray image, double epsilon);
}
