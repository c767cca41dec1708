package org.zepad.attacks.universal;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import org.zepad.api.tensor.TensorOps;

/**
 * Raises an objective step by step: the gradient at the clamped, perturbed images of a batch moves
 * the perturbation, which is then projected on the ball.
 */
public final class GradientCrafting implements Crafting {
  private final Objective objective;
  private final Ascent ascent;
  private final Ball ball;
  private final NDArray delta;
  private final TensorOps ops;

  /** Begins at the scene's perturbation. */
  public GradientCrafting(Objective objective, Ascent ascent, Ball ball, Scene scene) {
    this.objective = objective;
    this.ascent = ascent;
    this.ball = ball;
    this.delta = scene.delta();
    this.ops = scene.ops();
  }

  @Override
  public float step(Objective.Batch batch) {
    Objective.Step step = objective.on(batch);
    NDArray unclamped = step.bases().add(delta);
    TensorOps.ValueAndGradient at = ops.gradient(unclamped.clip(0f, 1f), step.value());
    ascent.move(delta, PixelRange.inward(at.gradient(), unclamped));
    ball.project(delta);
    // A weighted sum of scalars is a double.
    return at.value().toType(DataType.FLOAT32, false).getFloat();
  }

  @Override
  public NDArray result() {
    return delta;
  }
}
