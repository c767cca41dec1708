package org.zepad.attacks.gradient;

import org.zepad.api.attack.Budget;
import org.zepad.api.attack.Norm;

/** The norms whose balls can be projected to. */
public enum BallNorm {
  /** The largest change of a pixel. */
  LINF(Norm.LINF),
  /** The Euclidean length of the change of an image. */
  L2(Norm.L2);

  private final Norm norm;

  BallNorm(Norm norm) {
    this.norm = norm;
  }

  /** The ball of a radius in pixel units. */
  public Budget budget(double epsilon) {
    return new Budget(norm, epsilon);
  }

  /**
   * Refuses a radius that makes no sense.
   *
   * @throws IllegalArgumentException for a change of a pixel of more than 1
   */
  public void requireSense(double epsilon) {
    if (this == LINF && epsilon > 1) {
      throw new IllegalArgumentException(
          "epsilon is at most 1 with norm linf, a whole pixel's range, got " + epsilon);
    }
  }
}
