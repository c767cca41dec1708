package org.zepad.attacks;

import ai.djl.ndarray.NDArray;
import java.util.Map;
import org.zepad.api.RunContext;
import org.zepad.api.backbone.Backbone;
import org.zepad.api.encoder.Encoder;
import org.zepad.api.encoder.EncoderInfo;
import org.zepad.api.encoder.Preprocessing;
import org.zepad.api.tensor.StateDict;
import org.zepad.encoders.backbone.ResNet18Options;
import org.zepad.encoders.backbone.ResNet18Provider;
import org.zepad.encoders.backbone.Stem;

/** A narrow ResNet-18 behind ImageNet's normalisation. */
public record TestEncoder(Backbone backbone, int size) implements Encoder {

  public static TestEncoder narrow(int size, RunContext context) {
    return new TestEncoder(
        new ResNet18Provider().create(new ResNet18Options(4, Stem.CIFAR, 1), context), size);
  }

  @Override
  public EncoderInfo info() {
    return new EncoderInfo("resnet18", Map.of(), "unknown", Preprocessing.imagenet(size), Map.of());
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
    return backbone.features(SmallNetwork.normalise(images), training);
  }

  @Override
  public Encoder duplicate() {
    throw new UnsupportedOperationException();
  }

  @Override
  public void close() {
    backbone.close();
  }
}
