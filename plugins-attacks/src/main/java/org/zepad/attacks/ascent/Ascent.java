package org.zepad.attacks.ascent;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.List;
import java.util.function.UnaryOperator;
import org.zepad.api.RunContext;
import org.zepad.api.attack.Budget;
import org.zepad.api.tensor.TensorOps;

/**
 * Projected gradient ascent (Madry et al. 2018) over any objective, within a ball around each
 * image. Its single L-infinity step of size epsilon is the fast gradient sign method (Goodfellow et
 * al. 2015).
 *
 * <p>One step: g = gradient of the objective by the image; x = x + step size * direction(g), which
 * is the sign for L-infinity and g / |g| for L2; x is projected to the ball and to [0, 1].
 *
 * <p>Only the gradient by the images is needed. The caller freezes the parameters of the target
 * ({@link org.zepad.api.tensor.StateDict#requireGradients}); otherwise their gradients are computed
 * too, for nothing, and pile up in them.
 *
 * @param budget an L-infinity or L2 ball
 * @param stepSize in pixel units
 * @param steps at least 1
 * @param start where it begins; what is random is drawn from the context's seed: use a context of
 *     its own for each batch
 */
public record Ascent(Budget budget, double stepSize, int steps, Start start) {
  public Ascent {
    if (!(stepSize >= 0) || steps < 1) {
      throw new IllegalArgumentException(
          "needs stepSize >= 0 and steps >= 1, got " + stepSize + ", " + steps);
    }
  }

  /** An ascent that begins at a random point of the ball, or else at the image. */
  public Ascent(Budget budget, double stepSize, int steps, boolean randomStart) {
    this(budget, stepSize, steps, randomStart ? Start.BALL : Start.IMAGE);
  }

  /**
   * Where the last step leads.
   *
   * @param images (N, 3, H, W) in [0, 1]; not changed
   * @return of the same shape, owned by the manager of the images
   */
  public NDArray last(Objective objective, NDArray images, RunContext context) {
    NDManager owner = images.getManager();
    try (NDManager scope = owner.newSubManager()) {
      NDArray end =
          walk(point -> gradient(objective, point, context.ops()), images, scope, context);
      end.attach(owner);
      return end;
    }
  }

  /**
   * The best point that the ascent passes for each image. The image itself counts, so that nothing
   * is made worse.
   *
   * @param images (N, 3, H, W) in [0, 1]; not changed
   * @param scope owns what is found
   */
  public Best best(Goal goal, NDArray images, NDManager scope, RunContext context) {
    Best best = new Best(images, scope);
    try (NDManager steps = scope.newSubManager()) {
      if (start != Start.IMAGE) {
        best.offer(images, worth(goal, images, steps, context.ops()));
      }
      NDArray end =
          walk(
              point -> {
                Slope slope = Slope.at(point, goal, context.ops());
                best.offer(point, slope.ranks());
                return slope.gradient();
              },
              images,
              steps,
              context);
      best.offer(end, worth(goal, end, steps, context.ops()));
    }
    return best;
  }

  /**
   * The gradient of the summed objective by the images. Summed, not averaged: the direction is the
   * same, and the gradient of a confident image does not fade as the batch grows.
   *
   * @param at (N, 3, H, W)
   * @return of the same shape, detached, owned by the same manager
   */
  public static NDArray gradient(Objective objective, NDArray at, TensorOps ops) {
    TensorOps.ValueAndGradient found = ops.gradient(at, x -> objective.each(x).sum());
    found.value().close();
    return found.gradient();
  }

  /**
   * What points are worth, without any gradient.
   *
   * @param scope on which a sub-scope is opened; nothing stays behind in it
   */
  public static List<Rank> worth(Goal goal, NDArray points, NDManager scope, TensorOps ops) {
    try (NDManager pass = scope.newSubManager()) {
      NDArray own = ops.detach(points);
      own.attach(pass);
      return goal.judge(own).ranks();
    }
  }

  /** Makes the steps, each along the gradient that is told for a point. */
  private NDArray walk(
      UnaryOperator<NDArray> gradient, NDArray images, NDManager scope, RunContext context) {
    Ball ball = Ball.around(images, budget, scope);
    NDArray current = start.point(images, ball, context.random(), scope);
    for (int i = 0; i < steps; i++) {
      try (NDManager step = scope.newSubManager()) {
        NDArray point = context.ops().detach(current);
        point.attach(step);
        NDArray moved = ball.direction(gradient.apply(point)).muli((float) stepSize);
        NDArray next = ball.project(moved.addi(point));
        // The next step needs it; the one before is freed at once, the images are not ours.
        next.attach(scope);
        if (current != images) {
          current.close();
        }
        current = next;
      }
    }
    return current;
  }
}
