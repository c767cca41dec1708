package org.zepad.core.evaluate;

import java.util.List;
import org.zepad.api.attack.Norm;
import org.zepad.core.metrics.Rate;

/**
 * Accuracy as an attack may change more and more.
 *
 * @param subject the model, attacked with everything in hand
 * @param attack the attack
 * @param norm how changes are measured
 * @param points by growing epsilon, the first being 0
 */
public record RobustnessCurve(String subject, String attack, Norm norm, List<Point> points) {
  public RobustnessCurve {
    points = List.copyOf(points);
  }

  /**
   * A point.
   *
   * @param epsilon the largest change, in pixel units (0..1)
   * @param robustAccuracy the accuracy within it
   */
  public record Point(double epsilon, Rate robustAccuracy) {}
}
