package org.zepad.core.pipeline;

import ai.djl.ndarray.NDArray;
import java.util.Map;
import org.zepad.api.RunContext;
import org.zepad.api.encoder.Encoder;
import org.zepad.api.encoder.EncoderInfo;
import org.zepad.api.encoder.Preprocessing;
import org.zepad.api.tensor.StateDict;

/** The pixels themselves as features: what an encoder is to be better than. */
final class RawPixels implements Encoder {
  private final int size;
  private final RunContext context;
  private final StateDict none;

  RawPixels(int size, RunContext context) {
    this.size = size;
    this.context = context;
    none = new StateDict(context.manager());
  }

  @Override
  public EncoderInfo info() {
    return new EncoderInfo("pixels", Map.of(), "none", Preprocessing.cifar(size), Map.of());
  }

  @Override
  public int featureDim() {
    return 3 * size * size;
  }

  @Override
  public StateDict state() {
    return none;
  }

  @Override
  public NDArray features(NDArray images, boolean training) {
    return images.reshape(images.getShape().get(0), featureDim());
  }

  @Override
  public Encoder duplicate() {
    return new RawPixels(size, context);
  }

  @Override
  public void close() {
    none.close();
  }
}
