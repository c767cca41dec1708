package org.zepad.core.evaluate;

import java.util.Arrays;
import java.util.List;
import org.zepad.core.metrics.Rate;

/** The headline robust accuracy: an image counts if it withstands every one of several attacks. */
public final class WorstCase {
  private WorstCase() {}

  /**
   * The share of images that one model classifies rightly under all attacks.
   *
   * @param runs what the model of this name said in several evaluations of the same images
   * @throws IllegalArgumentException if there are none, or they are not of the same images
   */
  public static Rate robustAccuracy(String subject, List<Evaluated> runs) {
    return rate(withstood(subject, runs));
  }

  /**
   * Which images one model classifies rightly under all attacks.
   *
   * @param runs what the model of this name said in several evaluations of the same images
   * @throws IllegalArgumentException if there are none, or they are not of the same images
   */
  public static boolean[] withstood(String subject, List<Evaluated> runs) {
    List<Measured> own =
        runs.stream()
            .flatMap(run -> run.measured().stream())
            .filter(m -> m.subject().name().equals(subject))
            .toList();
    if (own.isEmpty()) {
      throw new IllegalArgumentException("nothing was measured of '" + subject + "'");
    }
    Measured first = own.get(0);
    boolean[] withstood = new boolean[first.clean().size()];
    Arrays.fill(withstood, true);
    for (Measured each : own) {
      // Refuses outcomes of other images.
      first.clean().changedBy(each.attacked());
      for (int i = 0; i < withstood.length; i++) {
        withstood[i] &= each.attacked().right(i);
      }
    }
    return withstood;
  }

  static Rate rate(boolean[] rights) {
    int hits = 0;
    for (boolean right : rights) {
      hits += right ? 1 : 0;
    }
    return new Rate(hits, rights.length);
  }
}
