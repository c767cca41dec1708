package org.zepad.api.attack;

/**
 * How large a perturbation may be.
 *
 * @param norm how it is measured
 * @param epsilon the greatest allowed size, in pixel units (0..1), not negative
 */
public record Budget(Norm norm, double epsilon) {
  public Budget {
    if (!(epsilon >= 0)) {
      throw new IllegalArgumentException("epsilon must not be negative, got " + epsilon);
    }
  }
}
