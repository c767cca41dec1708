package org.zepad.attacks.universal;

import ai.djl.ndarray.NDArray;

/** How a gradient moves a perturbation upwards; what it remembers lies in the crafting's state. */
@FunctionalInterface
public interface Ascent {

  /**
   * Moves the perturbation in place; the ball is not its business.
   *
   * @param delta (1, 3, S, S)
   * @param gradient of the same shape, in the manager of the step; not changed
   */
  void move(NDArray delta, NDArray gradient);
}
