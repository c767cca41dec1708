package org.zepad.attacks.ascent;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.SplittableRandom;

/** Where an ascent begins. */
public enum Start {
  /** At the image. */
  IMAGE,
  /**
   * A little beside the image: normal noise of deviation 0.001 on every pixel, brought into the
   * ball. Where the gradient is zero at the image itself, it is not there (TRADES, Zhang et al.
   * 2019, whose code has this deviation).
   */
  BESIDE,
  /** At a random point of the ball. */
  BALL;

  private static final double DEVIATION = 0.001;

  /**
   * The first point.
   *
   * @param images (N, 3, H, W)
   * @param random is drawn from where the start is random
   * @param scope owns the point, unless it is the images themselves
   */
  NDArray point(NDArray images, Ball ball, SplittableRandom random, NDManager scope) {
    return switch (this) {
      case IMAGE -> images;
      case BESIDE -> beside(images, ball, random, scope);
      case BALL -> ball.uniform(random, scope);
    };
  }

  private static NDArray beside(
      NDArray images, Ball ball, SplittableRandom random, NDManager scope) {
    float[] noise = new float[Math.toIntExact(images.size())];
    for (int i = 0; i < noise.length; i++) {
      noise[i] = (float) (DEVIATION * random.nextGaussian());
    }
    try (NDArray change = scope.create(noise, images.getShape());
        NDArray moved = change.add(images)) {
      return ball.project(moved);
    }
  }
}
