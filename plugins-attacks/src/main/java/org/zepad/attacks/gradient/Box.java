package org.zepad.attacks.gradient;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.SplittableRandom;

/**
 * The images that an L-infinity attack may reach: the ball around each image, cut to [0, 1].
 *
 * @param lower the least value of each pixel
 * @param upper the greatest value of each pixel
 */
record Box(NDArray lower, NDArray upper) {

  /** The box of images in [0, 1]; its arrays belong to the scope. */
  static Box around(NDArray images, double epsilon, NDManager scope) {
    try (NDArray low = images.sub((float) epsilon);
        NDArray high = images.add((float) epsilon)) {
      NDArray lower = low.maximum(0f);
      NDArray upper = high.minimum(1f);
      lower.attach(scope);
      upper.attach(scope);
      return new Box(lower, upper);
    }
  }

  /** The nearest point of the box, in the manager of the given one. */
  NDArray project(NDArray x) {
    try (NDArray raised = x.maximum(lower)) {
      return raised.minimum(upper);
    }
  }

  /** A point drawn uniformly from the box, in the scope. */
  NDArray uniform(SplittableRandom random, NDManager scope) {
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
}
