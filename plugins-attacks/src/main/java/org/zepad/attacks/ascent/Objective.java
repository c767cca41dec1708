package org.zepad.attacks.ascent;

import ai.djl.ndarray.NDArray;

/** What an attack makes as large as it can. */
@FunctionalInterface
public interface Objective {

  /**
   * The value of each image, which hangs on that image alone.
   *
   * @param points (N, 3, H, W) in [0, 1]
   * @return (N), differentiable, owned by the manager of the points
   */
  NDArray each(NDArray points);
}
