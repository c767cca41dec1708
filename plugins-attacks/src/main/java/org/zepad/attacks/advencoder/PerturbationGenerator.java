package org.zepad.attacks.advencoder;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.norm.BatchNorm;
import java.util.List;
import java.util.SplittableRandom;
import org.zepad.api.tensor.StateDict;
import org.zepad.api.tensor.TensorOps;

/**
 * AdvEncoder's generator. Each stage is a transposed 4x4 convolution (the first from 1x1 to 4x4
 * pixels, the others doubling the side), batch norm and ReLU; a last transposed convolution doubles
 * the side again and makes three colours, and tanh. Then one 3x3 convolution mixes the B images of
 * each colour plane into one: B latent vectors make a single perturbation.
 *
 * <p>Tensor names are those of the paper's code.
 *
 * @param state its parameters and running statistics; its owner closes it
 * @param stages how many stages there are; the side is 4 * 2^stages pixels
 */
record PerturbationGenerator(StateDict state, int stages) {
  private static final double WEIGHT_STD = 0.02;
  private static final float BATCH_NORM_MOMENTUM = 0.9f; // what DJL calls PyTorch's 0.1
  private static final float BATCH_NORM_EPSILON = 1e-5f;

  /**
   * A fresh generator: weights drawn from N(0, 0.02^2), biases 0, batch norms 1 and 0.
   *
   * @param widths channels of the stages
   * @param latentDim length of a latent vector
   * @param batch how many images the last convolution mixes
   * @param manager the scope that the state is made in
   */
  static PerturbationGenerator random(
      List<Integer> widths, int latentDim, int batch, SplittableRandom random, NDManager manager) {
    StateDict state = new StateDict(manager);
    Initializer initializer = new Initializer(state, random);
    int channels = latentDim;
    for (int stage = 1; stage <= widths.size(); stage++) {
      int width = widths.get(stage - 1);
      initializer.convolution(
          "hidden_layer.deconv" + stage, new Shape(channels, width, 4, 4), width);
      initializer.batchNorm("hidden_layer.bn" + stage, width);
      channels = width;
    }
    initializer.convolution("output_layer.out", new Shape(channels, 3, 4, 4), 3);
    initializer.convolution("residual_layer.res", new Shape(1, batch, 3, 3), 1);
    state.requireGradients(true);
    return new PerturbationGenerator(state, widths.size());
  }

  /** The least number of stages whose perturbation is not smaller than a side in pixels. */
  static int stagesFor(int side) {
    int stages = 1;
    while (4 << stages < side) {
      stages++;
    }
    return stages;
  }

  /**
   * One perturbation, not yet limited to any budget.
   *
   * @param latent (B, latentDim, 1, 1), B as the generator was made for
   * @param training whether batch norms use the statistics of this batch and update the running
   *     ones
   * @return (1, 3, S, S), S = 4 * 2^stages, in the manager of the latent vectors, differentiable
   */
  NDArray generate(NDArray latent, boolean training, TensorOps ops) {
    NDArray x = latent;
    for (int stage = 1; stage <= stages; stage++) {
      x = upsample(x, "hidden_layer.deconv" + stage, stage == 1, ops);
      x = Activation.relu(batchNorm(x, "hidden_layer.bn" + stage, training));
    }
    NDArray colours = Activation.tanh(upsample(x, "output_layer.out", false, ops));
    return ops.conv2d(
            colours.transpose(1, 0, 2, 3),
            state.get("residual_layer.res.weight"),
            state.get("residual_layer.res.bias"),
            1,
            1)
        .transpose(1, 0, 2, 3);
  }

  private NDArray upsample(NDArray x, String layer, boolean first, TensorOps ops) {
    return ops.convTranspose2d(
        x, state.get(layer + ".weight"), state.get(layer + ".bias"), first ? 1 : 2, first ? 0 : 1);
  }

  private NDArray batchNorm(NDArray x, String layer, boolean training) {
    return BatchNorm.batchNorm(
            x,
            state.get(layer + ".running_mean"),
            state.get(layer + ".running_var"),
            state.get(layer + ".weight"),
            state.get(layer + ".bias"),
            -1,
            BATCH_NORM_MOMENTUM,
            BATCH_NORM_EPSILON,
            training)
        .singletonOrThrow();
  }

  private record Initializer(StateDict state, SplittableRandom random) {

    void convolution(String layer, Shape weight, int outputs) {
      state.parameter(layer + ".weight", normal(random, WEIGHT_STD, weight, state.manager()));
      state.parameter(layer + ".bias", state.manager().zeros(new Shape(outputs)));
    }

    void batchNorm(String layer, int channels) {
      NDManager manager = state.manager();
      state.parameter(layer + ".weight", manager.ones(new Shape(channels)));
      state.parameter(layer + ".bias", manager.zeros(new Shape(channels)));
      state.buffer(layer + ".running_mean", manager.zeros(new Shape(channels)));
      state.buffer(layer + ".running_var", manager.ones(new Shape(channels)));
    }
  }

  /** Draws from N(0, std^2). */
  static NDArray normal(SplittableRandom random, double std, Shape shape, NDManager manager) {
    float[] values = new float[Math.toIntExact(shape.size())];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (std * random.nextGaussian());
    }
    return manager.create(values, shape);
  }
}
