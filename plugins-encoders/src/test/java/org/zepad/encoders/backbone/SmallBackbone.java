package org.zepad.encoders.backbone;

import ai.djl.ndarray.types.Shape;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.zepad.api.RunContext;
import org.zepad.api.backbone.Backbone;
import org.zepad.api.backbone.BackboneProvider;

/**
 * A backbone of this module at a size for tests.
 *
 * @param featureDim that it is to have
 */
record SmallBackbone<O extends Record>(BackboneProvider<O> provider, O options, int featureDim) {

  /** One of each backbone and stem that a checkpoint can tell. */
  static Stream<SmallBackbone<?>> all() {
    ResNetOptions cifar = new ResNetOptions(2, Stem.CIFAR, 1);
    ResNetOptions imagenet = new ResNetOptions(3, Stem.IMAGENET, 1);
    return Stream.of(
        new SmallBackbone<>(new ResNet18Provider(), cifar, 16),
        new SmallBackbone<>(new ResNet18Provider(), imagenet, 24),
        new SmallBackbone<>(new ResNet34Provider(), cifar, 16),
        new SmallBackbone<>(new ResNet34Provider(), imagenet, 24),
        new SmallBackbone<>(new ResNet50Provider(), cifar, 64),
        new SmallBackbone<>(new ResNet50Provider(), imagenet, 96),
        new SmallBackbone<>(new VitTinyProvider(), new VitTinyOptions(24, 2, 0, 4, 16), 24),
        new SmallBackbone<>(new VitTinyProvider(), new VitTinyOptions(192, 1, 3, 8, 32), 192),
        new SmallBackbone<>(new VitSmallProvider(), new VitSmallOptions(193, 1, 1, 8, 24), 193),
        new SmallBackbone<>(new VitSmallProvider(), new VitSmallOptions(384, 1, 6, 16, 32), 384));
  }

  /** Every provider once, by name. */
  static Map<String, BackboneProvider<?>> providers() {
    Map<String, BackboneProvider<?>> providers = new LinkedHashMap<>();
    all().forEach(small -> providers.put(small.provider.name(), small.provider));
    return providers;
  }

  Backbone create(RunContext context) {
    return provider.create(options, context);
  }

  Map<String, Shape> shapes() {
    return provider.shapes(options);
  }

  @Override
  public String toString() {
    return provider.name() + " " + options;
  }
}
