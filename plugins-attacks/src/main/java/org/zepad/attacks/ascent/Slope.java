package org.zepad.attacks.ascent;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.List;
import org.zepad.api.tensor.TensorOps;

/**
 * What a goal says at points, and where it climbs, from one pass of the attacked model.
 *
 * @param values of the objective at N points
 * @param ranks of the points, N of them
 * @param gradient (N, 3, H, W) of the objective, detached, owned by the manager of the points
 */
public record Slope(float[] values, List<Rank> ranks, NDArray gradient) {

  /** The slope of a goal at points (N, 3, H, W). */
  public static Slope at(NDArray points, Goal goal, TensorOps ops) {
    float[] values = new float[Math.toIntExact(points.getShape().get(0))];
    List<Rank> ranks = new ArrayList<>();
    NDArray gradient =
        Ascent.gradient(
            x -> {
              Goal.Verdict verdict = goal.judge(x);
              ranks.addAll(verdict.ranks());
              float[] each = ops.detach(verdict.objective()).toFloatArray();
              System.arraycopy(each, 0, values, 0, values.length);
              return verdict.objective();
            },
            points,
            ops);
    return new Slope(values, ranks, gradient);
  }
}
