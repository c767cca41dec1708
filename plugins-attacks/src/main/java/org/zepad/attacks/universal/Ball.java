package org.zepad.attacks.universal;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.SplittableRandom;

/**
 * The L-infinity ball around zero.
 *
 * @param epsilon its radius in pixel units, not negative
 */
public record Ball(double epsilon) {

  /** The largest float32 within the radius, whose own rounding may lie above it. */
  public float bound() {
    float nearest = (float) epsilon;
    return nearest > epsilon ? Math.nextDown(nearest) : nearest;
  }

  /** Moves each entry to the nearest one within the ball, in place; NaN stays. */
  public void project(NDArray delta) {
    try (NDArray projected = delta.clip(-bound(), bound())) {
      projected.copyTo(delta);
    }
  }

  /**
   * A point drawn uniformly.
   *
   * @param side S
   * @param scope the owner of the point
   * @return (1, 3, S, S)
   */
  public NDArray uniform(SplittableRandom random, int side, NDManager scope) {
    float[] values = new float[3 * side * side];
    for (int i = 0; i < values.length; i++) {
      values[i] = (2 * random.nextFloat() - 1) * bound();
    }
    return scope.create(values, new Shape(1, 3, side, side));
  }
}
