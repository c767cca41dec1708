package org.zepad.encoders.ssl;

import ai.djl.ndarray.NDArray;
import java.util.Map;
import org.zepad.api.RunContext;
import org.zepad.api.backbone.Backbone;
import org.zepad.api.encoder.Encoder;
import org.zepad.api.encoder.EncoderInfo;
import org.zepad.api.encoder.Preprocessing;
import org.zepad.api.tensor.StateDict;
import org.zepad.encoders.backbone.ResNet18Provider;
import org.zepad.encoders.backbone.ResNetOptions;
import org.zepad.encoders.backbone.Stem;

/** A narrow ResNet-18 on pixels shifted by one half. */
final class TinyEncoder implements Encoder {
  private final Backbone backbone;
  private final RunContext context;

  TinyEncoder(RunContext context) {
    this.context = context;
    backbone = new ResNet18Provider().create(new ResNetOptions(4, Stem.CIFAR, 1), context);
  }

  @Override
  public EncoderInfo info() {
    return new EncoderInfo(
        "resnet18", Map.of("width", 4), "unknown", Preprocessing.cifar(8), Map.of());
  }

  @Override
  public int featureDim() {
    return backbone.featureDim();
  }

  @Override
  public StateDict state() {
    return backbone.state();
  }

  @Override
  public NDArray features(NDArray images, boolean training) {
    try (NDArray shifted = images.sub(0.5)) {
      return backbone.features(shifted, training);
    }
  }

  @Override
  public Encoder duplicate() {
    TinyEncoder copy = new TinyEncoder(context);
    copy.state().load(state().tensors());
    return copy;
  }

  @Override
  public void close() {
    backbone.close();
  }
}
