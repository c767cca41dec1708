package org.zepad.api.attack;

/**
 * How large a perturbation may be.
 *
 * @param norm how it is measured
 * @param epsilon the greatest allowed size, not negative: in pixel units (0..1) for {@link
 *     Norm#LINF} and {@link Norm#L2}, a share of the pixels (0..1) for {@link Norm#L0}
 */
public record Budget(Norm norm, double epsilon) {
  public Budget {
    if (!(epsilon >= 0)) {
      throw new IllegalArgumentException("epsilon must not be negative, got " + epsilon);
    }
  }
}
