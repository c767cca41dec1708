package org.zepad.core.audit;

import java.util.Map;

/** Projected gradient descent as the checks use it. */
final class Pgd {
  static final String NAME = "pgd";

  /** The change that is common in the field, 8/255. */
  static final double EPSILON = 8 / 255.0;

  private static final int STEPS = 10;

  private Pgd() {}

  /** Ten steps of a quarter of epsilon from the image itself: enough to cross the ball. */
  static Map<String, Object> options(double epsilon) {
    return options(epsilon, epsilon / 4, STEPS);
  }

  static Map<String, Object> options(double epsilon, double stepSize, int steps) {
    return Map.of("epsilon", epsilon, "step-size", stepSize, "steps", steps);
  }
}
