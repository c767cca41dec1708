package org.zepad.attacks.layer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import org.zepad.attacks.universal.AdamAscent;
import org.zepad.attacks.universal.Ball;
import org.zepad.attacks.universal.Crafting;
import org.zepad.attacks.universal.GradientCrafting;
import org.zepad.attacks.universal.Objective;
import org.zepad.attacks.universal.Scene;

/**
 * Ascends by Adam and gives the perturbation room again whenever it is saturated: where more than
 * half of its entries lie on the border of the ball and their share no longer changes, all are
 * halved. The result is the one of the steps with the highest objective, since the last may have
 * been halved just now, and there is no validation set to choose by.
 */
final class SaturatingCrafting implements Crafting {
  private static final double SATURATED = 0.5;
  private static final double STILL = 1e-5;

  private final GradientCrafting ascent;
  private final Ball ball;
  private final NDArray delta;
  private final NDArray best;
  private final NDArray highest;
  private final NDArray share;

  SaturatingCrafting(FastFeatureFoolOptions options, Scene scene) {
    ball = new Ball(options.epsilon());
    delta = scene.delta();
    ascent =
        new GradientCrafting(
            Excitation.of(options, scene), new AdamAscent(options.stepSize(), scene), ball, scene);
    best = scene.state().buffer("fff.best", delta.duplicate());
    highest =
        scene.state().buffer("fff.highest", scene.scope().full(new Shape(1), -Float.MAX_VALUE));
    share = scene.state().buffer("fff.share", scene.scope().zeros(new Shape(1)));
  }

  @Override
  public float step(Objective.Batch batch) {
    NDArray before = delta.duplicate();
    before.attach(batch.images().getManager());
    float value = ascent.step(batch);
    if (value > highest.getFloat()) {
      highest.set(new float[] {value});
      before.copyTo(best);
    }
    float saturated = saturatedShare();
    if (saturated > SATURATED && Math.abs(saturated - share.getFloat()) < STILL) {
      delta.muli(0.5f);
    }
    share.set(new float[] {saturated});
    return value;
  }

  private float saturatedShare() {
    try (NDArray size = delta.abs();
        NDArray onBorder = size.gte(ball.bound());
        NDArray counted = onBorder.toType(DataType.FLOAT32, false);
        NDArray mean = counted.mean()) {
      return mean.getFloat();
    }
  }

  @Override
  public NDArray result() {
    return best;
  }
}
