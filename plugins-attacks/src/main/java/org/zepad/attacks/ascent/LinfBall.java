package org.zepad.attacks.ascent;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.SplittableRandom;

/**
 * A box around each image, cut to [0, 1]: its projection is exact, and so is the uniform draw.
 *
 * @param lower the least value of each pixel
 * @param upper the greatest value of each pixel
 */
record LinfBall(NDArray lower, NDArray upper) implements Ball {

  /** The box of images in [0, 1]; its arrays belong to the scope. */
  static LinfBall around(NDArray images, double epsilon, NDManager scope) {
    try (NDArray low = images.sub((float) epsilon);
        NDArray high = images.add((float) epsilon)) {
      NDArray lower = low.maximum(0f);
      NDArray upper = high.minimum(1f);
      lower.attach(scope);
      upper.attach(scope);
      return new LinfBall(lower, upper);
    }
  }

  @Override
  public NDArray project(NDArray x) {
    try (NDArray raised = x.maximum(lower)) {
      return raised.minimum(upper);
    }
  }

  @Override
  public NDArray uniform(SplittableRandom random, NDManager scope) {
    float[] shares = new float[Math.toIntExact(lower.size())];
    for (int i = 0; i < shares.length; i++) {
      shares[i] = random.nextFloat();
    }
    try (NDArray width = upper.sub(lower)) {
      NDArray point = scope.create(shares, lower.getShape());
      point.muli(width).addi(lower);
      return point;
    }
  }

  /** The sign, which is 0 where the gradient is 0. */
  @Override
  public NDArray direction(NDArray gradient) {
    return gradient.sign();
  }
}
