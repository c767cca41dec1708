package org.zepad.attacks.jacobian;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.List;
import org.zepad.attacks.universal.Ball;
import org.zepad.attacks.universal.Crafting;
import org.zepad.attacks.universal.Depth;
import org.zepad.attacks.universal.Objective;
import org.zepad.attacks.universal.Scene;

/**
 * The generalised power method (Boyd 1974; Khrulkov and Oseledets 2018) for the (infinity,
 * q)-singular vector of the Jacobians J(x) of a hidden layer, all under one another:
 *
 * <pre>
 * maximise |J v|_q over |v|_infinity = 1:
 * v = sign(sum over x of J(x)^T psi(J(x) v)),   psi(z) = sign(z) |z|^(q - 1)
 * </pre>
 *
 * and delta = epsilon v. An iteration runs over the images batch by batch and adds up the sum; it
 * ends with the epoch. The first v is uniform in the ball.
 */
final class PowerMethod implements Crafting {
  /** Against a division by zero where a layer does not react at all. */
  private static final float TINY = 1e-20f;

  private final double q;
  private final Jacobian jacobian;
  private final Ball ball;
  private final NDArray delta;
  private final NDArray direction;
  private final NDArray sum;

  /** The divisor that keeps powers in range; one for an iteration, or 0 before its first batch. */
  private float scale;

  PowerMethod(SingularVectorsOptions options, Scene scene) {
    q = options.q();
    List<String> layers = scene.layers(options.layers(), all -> List.of(Depth.LOW.of(all)));
    jacobian =
        new Jacobian(
            scene.victim().activations(layers, scene.scope()), options.difference(), scene.ops());
    ball = new Ball(options.epsilon());
    delta = scene.delta();
    sum = scene.delta().zerosLike();
    direction =
        scene
            .state()
            .buffer(
                "direction",
                new Ball(1).uniform(scene.random(), scene.surrogate().imageSize(), scene.scope()));
  }

  /** {@inheritDoc} |J v|_q over the batch, with v of the iteration before. */
  @Override
  public float step(Objective.Batch batch) {
    NDManager scope = batch.images().getManager();
    List<NDArray> moves = jacobian.times(direction, batch.images());
    float largest = TINY;
    for (NDArray move : moves) {
      largest = Math.max(largest, move.abs().max().getFloat());
    }
    if (scale == 0) {
      scale = largest;
    }
    List<NDArray> duals = moves.stream().map(move -> dual(move, scope)).toList();
    sum.addi(jacobian.transposedTimes(duals, batch.images()));
    return norm(moves, largest, scope);
  }

  private NDArray dual(NDArray move, NDManager scope) {
    NDArray scaled = move.div(scope.create(scale));
    return scaled.sign().mul(scaled.abs().pow(scope.create((float) (q - 1))));
  }

  private float norm(List<NDArray> moves, float largest, NDManager scope) {
    double powers = 0;
    for (NDArray move : moves) {
      NDArray scaled = move.abs().div(scope.create(largest));
      powers += scaled.pow(scope.create((float) q)).sum().getFloat();
    }
    return (float) (largest * Math.pow(powers, 1 / q));
  }

  @Override
  public void endEpoch() {
    try (NDArray sign = sum.sign()) {
      sign.copyTo(direction);
      sign.muli(ball.bound()).copyTo(delta);
    }
    sum.muli(0);
    scale = 0;
  }

  @Override
  public NDArray result() {
    return delta;
  }
}
