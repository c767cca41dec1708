package org.zepad.attacks.universal;

import ai.djl.ndarray.NDArray;
import org.zepad.api.encoder.Encoder;
import org.zepad.api.encoder.EncoderInfo;
import org.zepad.api.tensor.StateDict;

/** An encoder that shows its features alone. */
record LayerlessEncoder(Encoder encoder) implements Encoder {

  @Override
  public EncoderInfo info() {
    return encoder.info();
  }

  @Override
  public int featureDim() {
    return encoder.featureDim();
  }

  @Override
  public StateDict state() {
    return encoder.state();
  }

  @Override
  public NDArray features(NDArray images, boolean training) {
    return encoder.features(images, training);
  }

  @Override
  public Encoder duplicate() {
    return new LayerlessEncoder(encoder.duplicate());
  }

  @Override
  public void close() {
    encoder.close();
  }
}
