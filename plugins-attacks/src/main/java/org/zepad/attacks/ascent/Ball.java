package org.zepad.attacks.ascent;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.SplittableRandom;
import org.zepad.api.attack.Budget;

/** The images that an attack may reach: the ball around each image, cut to [0, 1]. */
public sealed interface Ball permits LinfBall, L2Ball {

  /**
   * The ball of each image.
   *
   * @param images (N, 3, H, W) in [0, 1]; not changed, and used for as long as the ball is
   * @param scope owns what the ball needs
   * @throws IllegalArgumentException if the budget is no norm's ball
   */
  static Ball around(NDArray images, Budget budget, NDManager scope) {
    return switch (budget.norm()) {
      case LINF -> LinfBall.around(images, budget.epsilon(), scope);
      case L2 -> new L2Ball(images, budget.epsilon());
      case L0 -> throw new IllegalArgumentException("there is no ball of " + budget);
    };
  }

  /**
   * Brings points into the ball and into [0, 1].
   *
   * @param x (N, 3, H, W); not changed
   * @return of the same shape, in the manager of the given one
   */
  NDArray project(NDArray x);

  /**
   * A point of each ball, in the scope: drawn uniformly, then cut to [0, 1] where the ball is not
   * cut already.
   */
  NDArray uniform(SplittableRandom random, NDManager scope);

  /**
   * The direction of length 1 that climbs most; zero where the gradient is zero.
   *
   * @param gradient (N, 3, H, W); not changed
   * @return of the same shape, in the same manager
   */
  NDArray direction(NDArray gradient);
}
