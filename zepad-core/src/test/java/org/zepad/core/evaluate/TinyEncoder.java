package org.zepad.core.evaluate;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.core.Linear;
import java.util.Map;
import java.util.SplittableRandom;
import org.zepad.api.encoder.Encoder;
import org.zepad.api.encoder.EncoderInfo;
import org.zepad.api.encoder.Preprocessing;
import org.zepad.api.tensor.StateDict;

/** A real encoder of one linear layer and a ReLU, small enough for tests. */
public final class TinyEncoder implements Encoder {
  private final NDManager parent;
  private final int size;
  private final int features;
  private final StateDict state;

  /** An encoder with random weights from a seed. */
  public TinyEncoder(NDManager parent, int size, int features, long seed) {
    this.parent = parent;
    this.size = size;
    this.features = features;
    this.state = new StateDict(parent);
    SplittableRandom random = new SplittableRandom(seed);
    float[] weight = new float[features * 3 * size * size];
    for (int i = 0; i < weight.length; i++) {
      weight[i] = (float) ((random.nextDouble() - 0.5) / size);
    }
    state.parameter(
        "weight", state.manager().create(weight, new Shape(features, 3L * size * size)));
  }

  @Override
  public EncoderInfo info() {
    return new EncoderInfo(
        "tiny", Map.of("features", features), "none", Preprocessing.imagenet(size), Map.of());
  }

  @Override
  public int featureDim() {
    return features;
  }

  @Override
  public StateDict state() {
    return state;
  }

  @Override
  public NDArray features(NDArray images, boolean training) {
    NDArray flat = images.sub(0.45).div(0.22).reshape(images.getShape().get(0), -1);
    return Linear.linear(flat, state.get("weight")).singletonOrThrow().getNDArrayInternal().relu();
  }

  @Override
  public Encoder duplicate() {
    TinyEncoder copy = new TinyEncoder(parent, size, features, 0);
    copy.state.load(state.tensors());
    return copy;
  }

  @Override
  public void close() {
    state.close();
  }
}
