package org.zepad.attacks.ascent;

import ai.djl.ndarray.NDArray;
import java.util.List;

/** What an attack climbs, and what the points on its way are worth to it. */
@FunctionalInterface
public interface Goal {

  /**
   * Judges points in one pass of the attacked model.
   *
   * @param points (N, 3, H, W) in [0, 1]
   */
  Verdict judge(NDArray points);

  /**
   * What points are worth.
   *
   * @param objective (N), differentiable, owned by the manager of the points
   * @param ranks of each point, N of them, by which the best one is kept
   */
  record Verdict(NDArray objective, List<Rank> ranks) {}
}
