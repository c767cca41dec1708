package org.zepad.attacks.universal;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import org.zepad.api.tensor.Scalars;

/** Adam (Kingma and Ba 2015, algorithm 1) with the usual constants, upwards. */
public final class AdamAscent implements Ascent {
  private static final double BETA1 = 0.9;
  private static final double BETA2 = 0.999;
  private static final double EPSILON = 1e-8;

  private final double learningRate;
  private final NDArray steps;
  private final NDArray mean;
  private final NDArray square;

  /** The learning rate is about the length of a step, in pixel units. */
  public AdamAscent(double learningRate, Scene scene) {
    this.learningRate = learningRate;
    this.steps = scene.state().buffer("adam.steps", scene.scope().zeros(new Shape(1)));
    this.mean = scene.state().buffer("adam.mean", scene.delta().zerosLike());
    this.square = scene.state().buffer("adam.square", scene.delta().zerosLike());
  }

  @Override
  public void move(NDArray delta, NDArray gradient) {
    steps.addi(1);
    float done = steps.getFloat();
    double rate = learningRate / (1 - Math.pow(BETA1, done));
    double scale = 1 / Math.sqrt(1 - Math.pow(BETA2, done));
    mean.muli(BETA1).addi(Scalars.times(gradient, 1 - BETA1));
    square.muli(BETA2).addi(Scalars.times(gradient.square(), 1 - BETA2));
    try (NDArray root = square.sqrt();
        NDArray move = mean.div(root.muli(scale).addi(EPSILON))) {
      delta.addi(move.muli(rate));
    }
  }
}
