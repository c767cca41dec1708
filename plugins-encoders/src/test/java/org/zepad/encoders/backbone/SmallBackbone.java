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

  private static final ResNetOptions CIFAR = new ResNetOptions(2, Stem.CIFAR, 1);
  private static final ResNetOptions IMAGENET = new ResNetOptions(3, Stem.IMAGENET, 1);

  static final SmallBackbone<ResNetOptions> RESNET18_CIFAR =
      new SmallBackbone<>(new ResNet18Provider(), CIFAR, 16);
  static final SmallBackbone<ResNetOptions> RESNET18_IMAGENET =
      new SmallBackbone<>(new ResNet18Provider(), IMAGENET, 24);
  static final SmallBackbone<ResNetOptions> RESNET34 =
      new SmallBackbone<>(new ResNet34Provider(), CIFAR, 16);
  static final SmallBackbone<ResNetOptions> RESNET50 =
      new SmallBackbone<>(new ResNet50Provider(), IMAGENET, 96);
  static final SmallBackbone<VitTinyOptions> VIT_TINY =
      new SmallBackbone<>(new VitTinyProvider(), new VitTinyOptions(24, 2, 0, 4, 16), 24);
  static final SmallBackbone<VitSmallOptions> VIT_SMALL =
      new SmallBackbone<>(new VitSmallProvider(), new VitSmallOptions(193, 1, 1, 8, 24), 193);

  /** One of each backbone and stem that a checkpoint can tell. */
  static Stream<SmallBackbone<?>> all() {
    return Stream.of(
        RESNET18_CIFAR,
        RESNET18_IMAGENET,
        RESNET34,
        new SmallBackbone<>(new ResNet34Provider(), IMAGENET, 24),
        new SmallBackbone<>(new ResNet50Provider(), CIFAR, 64),
        RESNET50,
        VIT_TINY,
        new SmallBackbone<>(new VitTinyProvider(), new VitTinyOptions(192, 1, 3, 8, 32), 192),
        VIT_SMALL,
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
