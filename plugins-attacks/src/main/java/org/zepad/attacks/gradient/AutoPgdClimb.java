package org.zepad.attacks.gradient;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BiConsumer;
import org.zepad.api.tensor.TensorOps;
import org.zepad.attacks.ascent.Ball;
import org.zepad.attacks.ascent.Goal;
import org.zepad.attacks.ascent.Rank;
import org.zepad.attacks.ascent.Slope;

/**
 * One climb of Auto-PGD (Croce and Hein 2020, algorithm 1) from a random point. One step, with P
 * the projection and eta the step size of the image:
 *
 * <pre>
 * z = P(x + eta direction(g))
 * x' = P(x + 0.75 (z - x) + 0.25 (x - x of the step before))
 * </pre>
 *
 * <p>The first step goes to z. At its checkpoints an image whose step size is halved goes back to
 * its best point, see {@link StepSizes}.
 */
final class AutoPgdClimb {
  private static final float MOMENTUM = 0.75f;

  private final Goal goal;
  private final Ball ball;
  private final double firstStep;
  private final int steps;
  private final TensorOps ops;

  /**
   * A climb.
   *
   * @param firstStep the step size to begin with, in pixel units
   * @param steps at least 1
   */
  AutoPgdClimb(Goal goal, Ball ball, double firstStep, int steps, TensorOps ops) {
    this.goal = goal;
    this.ball = ball;
    this.firstStep = firstStep;
    this.steps = steps;
    this.ops = ops;
  }

  /**
   * Climbs.
   *
   * @param scope on which sub-scopes are opened
   * @param visit is told every point and what it is worth
   * @return the step sizes at the end, with the greatest loss of each image
   */
  StepSizes run(SplittableRandom random, NDManager scope, BiConsumer<NDArray, List<Rank>> visit) {
    NDManager now = scope.newSubManager();
    try {
      NDArray start = ball.uniform(random, now);
      Slope slope = slope(start, visit);
      StepSizes sizes = new StepSizes(steps, firstStep, slope.values());
      State state = new State(start, start, slope.gradient(), start, slope.gradient());
      for (int k = 1; k <= steps; k++) {
        // What the next step needs is made in, or moved to, its own scope; the rest is freed.
        NDManager next = scope.newSubManager();
        NDManager done = now;
        state = step(state, k, sizes, next, visit);
        now = next;
        done.close();
      }
      return sizes;
    } finally {
      now.close();
    }
  }

  /**
   * Where a climb is.
   *
   * @param point x
   * @param before x of the step before
   * @param gradient at the point
   * @param top the point of the greatest loss so far
   * @param topGradient at the top
   */
  private record State(
      NDArray point, NDArray before, NDArray gradient, NDArray top, NDArray topGradient) {}

  private State step(
      State s, int k, StepSizes sizes, NDManager owner, BiConsumer<NDArray, List<Rank>> visit) {
    NDArray point = move(s, k, sizes.values(), owner);
    Slope slope = slope(point, visit);
    boolean[] higher = sizes.record(slope.values());
    NDArray top = choose(higher, point, s.top(), owner);
    NDArray topGradient = choose(higher, slope.gradient(), s.topGradient(), owner);
    boolean[] back = sizes.halveAt(k);
    s.point().attach(owner);
    return new State(
        choose(back, top, point, owner),
        s.point(),
        choose(back, topGradient, slope.gradient(), owner),
        top,
        topGradient);
  }

  private NDArray move(State s, int k, float[] sizes, NDManager owner) {
    try (NDManager scope = owner.newSubManager()) {
      NDArray size = scope.create(sizes, new Shape(sizes.length, 1, 1, 1));
      NDArray direction = ball.direction(s.gradient());
      direction.attach(scope);
      NDArray z = ball.project(direction.mul(size).add(s.point()));
      NDArray moved = z;
      if (k > 1) {
        NDArray ahead = z.sub(s.point()).mul(MOMENTUM);
        NDArray onward = s.point().sub(s.before());
        onward.attach(scope);
        moved = ball.project(ahead.add(onward.mul(1 - MOMENTUM)).add(s.point()));
      }
      moved.attach(owner);
      return moved;
    }
  }

  private Slope slope(NDArray points, BiConsumer<NDArray, List<Rank>> visit) {
    Slope slope = Slope.at(points, goal, ops);
    visit.accept(points, slope.ranks());
    return slope;
  }

  /** Row by row one or the other. */
  private static NDArray choose(boolean[] rows, NDArray yes, NDArray no, NDManager owner) {
    try (NDManager scope = owner.newSubManager()) {
      NDArray mask = scope.create(rows).reshape(-1, 1, 1, 1).broadcast(yes.getShape());
      NDArray chosen = NDArrays.where(mask, yes, no);
      chosen.attach(owner);
      return chosen;
    }
  }
}
