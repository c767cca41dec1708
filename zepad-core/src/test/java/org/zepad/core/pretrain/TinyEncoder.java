package org.zepad.core.pretrain;

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

/** A real, very small encoder: convolution, batch norm, ReLU, global mean. */
final class TinyEncoder implements Encoder {
  static final int SIZE = 12;
  static final int FEATURES = 16;

  private final NDManager parent;
  private final StateDict state;

  TinyEncoder(NDManager parent, long seed) {
    this.parent = parent;
    this.state = new StateDict(parent);
    Random random = new Random(seed);
    float[] weights = new float[FEATURES * 3 * 5 * 5];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = (float) (random.nextGaussian() / Math.sqrt(75));
    }
    NDManager own = state.manager();
    state.parameter("conv.weight", own.create(weights, new Shape(FEATURES, 3, 5, 5)));
    state.parameter("bn.weight", own.ones(new Shape(FEATURES)));
    state.parameter("bn.bias", own.zeros(new Shape(FEATURES)));
    state.buffer("bn.running_mean", own.zeros(new Shape(FEATURES)));
    state.buffer("bn.running_var", own.ones(new Shape(FEATURES)));
  }

  @Override
  public EncoderInfo info() {
    return new EncoderInfo("tiny", Map.of(), "unknown", Preprocessing.imagenet(SIZE), Map.of());
  }

  @Override
  public int featureDim() {
    return FEATURES;
  }

  @Override
  public StateDict state() {
    return state;
  }

  @Override
  public NDArray features(NDArray images, boolean training) {
    NDArray h =
        Conv2d.conv2d(
                images.sub(0.45f).div(0.225f),
                state.get("conv.weight"),
                null,
                new Shape(2, 2),
                new Shape(2, 2),
                new Shape(1, 1),
                1)
            .singletonOrThrow();
    h =
        BatchNorm.batchNorm(
                h,
                state.get("bn.running_mean"),
                state.get("bn.running_var"),
                state.get("bn.weight"),
                state.get("bn.bias"),
                1,
                0.9f,
                1e-5f,
                training)
            .singletonOrThrow();
    return h.getNDArrayInternal().relu().mean(new int[] {3}).mean(new int[] {2});
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
