package org.zepad.core.harden;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.norm.BatchNorm;
import java.util.Map;
import java.util.Random;
import org.zepad.api.encoder.Encoder;
import org.zepad.api.encoder.EncoderInfo;
import org.zepad.api.encoder.Preprocessing;
import org.zepad.api.tensor.StateDict;

/** Two strided convolutions of width 4 and 8 with batch norms, and the mean over space. */
final class TinyEncoder implements Encoder {
  private final NDManager parent;
  private final StateDict state;

  TinyEncoder(NDManager parent, long seed) {
    this.parent = parent;
    this.state = new StateDict(parent);
    Random random = new Random(seed);
    layer("1", 3, 4, random);
    layer("2", 4, 8, random);
  }

  private void layer(String n, int in, int out, Random random) {
    float[] weights = new float[out * in * 9];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = (float) (random.nextGaussian() * Math.sqrt(2.0 / (in * 9)));
    }
    state.parameter(
        "conv" + n + ".weight", state.manager().create(weights, new Shape(out, in, 3, 3)));
    state.parameter("bn" + n + ".weight", state.manager().ones(new Shape(out)));
    state.parameter("bn" + n + ".bias", state.manager().zeros(new Shape(out)));
    state.buffer("bn" + n + ".running_mean", state.manager().zeros(new Shape(out)));
    state.buffer("bn" + n + ".running_var", state.manager().ones(new Shape(out)));
  }

  @Override
  public EncoderInfo info() {
    return new EncoderInfo(
        "tiny", Map.of(), "unknown", Preprocessing.imagenet(16), Map.of("seed", "5"));
  }

  @Override
  public int featureDim() {
    return 8;
  }

  @Override
  public StateDict state() {
    return state;
  }

  @Override
  public NDArray features(NDArray images, boolean training) {
    NDArray mean = images.getManager().create(new float[] {0.485f, 0.456f, 0.406f});
    NDArray std = images.getManager().create(new float[] {0.229f, 0.224f, 0.225f});
    NDArray x = images.sub(mean.reshape(1, 3, 1, 1)).div(std.reshape(1, 3, 1, 1));
    return apply("2", apply("1", x, training), training).mean(new int[] {3}).mean(new int[] {2});
  }

  private NDArray apply(String n, NDArray x, boolean training) {
    NDArray y =
        Conv2d.conv2d(x, state.get("conv" + n + ".weight"), null, new Shape(2, 2), new Shape(1, 1))
            .singletonOrThrow();
    return BatchNorm.batchNorm(
            y,
            state.get("bn" + n + ".running_mean"),
            state.get("bn" + n + ".running_var"),
            state.get("bn" + n + ".weight"),
            state.get("bn" + n + ".bias"),
            -1,
            0.9f,
            1e-5f,
            training)
        .singletonOrThrow()
        .getNDArrayInternal()
        .relu();
  }

  @Override
  public Encoder duplicate() {
    TinyEncoder copy = new TinyEncoder(parent, 0);
    copy.state.load(state.tensors());
    return copy;
  }

  @Override
  public void close() {
    state.close();
  }
}
