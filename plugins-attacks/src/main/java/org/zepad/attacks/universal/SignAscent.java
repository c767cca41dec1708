package org.zepad.attacks.universal;

import ai.djl.ndarray.NDArray;

/**
 * Steps of one length in the direction of the sign of the accumulated gradient: m = momentum m + g,
 * delta = delta + stepSize sign(m). Without momentum, the sign of the gradient itself.
 */
public final class SignAscent implements Ascent {
  private final float stepSize;
  private final float momentum;
  private final NDArray velocity;

  /** With momentum, from 0 (none) to less than 1. */
  public SignAscent(double stepSize, double momentum, Scene scene) {
    this.stepSize = (float) stepSize;
    this.momentum = (float) momentum;
    this.velocity = scene.state().buffer("velocity", scene.delta().zerosLike());
  }

  @Override
  public void move(NDArray delta, NDArray gradient) {
    velocity.muli(momentum).addi(gradient);
    try (NDArray sign = velocity.sign()) {
      delta.addi(sign.muli(stepSize));
    }
  }
}
