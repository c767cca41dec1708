package org.zepad.encoders.backbone;

import ai.djl.ndarray.types.Shape;
import java.util.Map;
import java.util.Optional;
import org.zepad.api.RunContext;
import org.zepad.api.backbone.Backbone;
import org.zepad.api.backbone.BackboneProvider;

/** ResNet-18 (He et al. 2016, "Deep Residual Learning for Image Recognition"). */
public final class ResNet18Provider implements BackboneProvider<ResNet18Options> {

  /** Called by the service loader. */
  public ResNet18Provider() {}

  @Override
  public String name() {
    return "resnet18";
  }

  @Override
  public String description() {
    return "ResNet-18 with torchvision's tensor names, for small or ImageNet-sized images";
  }

  @Override
  public Class<ResNet18Options> optionsType() {
    return ResNet18Options.class;
  }

  @Override
  public Backbone create(ResNet18Options options, RunContext context) {
    return new ResNet18(options, context);
  }

  /**
   * Width and stem are told by {@code conv1.weight}, (width, 3, 3, 3) or (width, 3, 7, 7); the
   * latter is taken for the stem that such weights are trained with. Deeper residual networks are
   * told apart by a third block or a third convolution in a block.
   */
  @Override
  public Optional<ResNet18Options> recognise(Map<String, Shape> shapes) {
    Shape conv1 = shapes.get("conv1.weight");
    if (conv1 == null
        || conv1.dimension() != 4
        || conv1.get(1) != 3
        || conv1.get(2) != conv1.get(3)
        || conv1.get(0) < 1
        || conv1.get(0) > 1024
        || shapes.keySet().stream().noneMatch(name -> name.startsWith("layer1.0."))
        || shapes.containsKey("layer1.0.conv3.weight")
        || shapes.containsKey("layer1.2.conv1.weight")) {
      return Optional.empty();
    }
    int width = Math.toIntExact(conv1.get(0));
    if (conv1.get(2) == Stem.CIFAR.kernel()) {
      return Optional.of(new ResNet18Options(width, Stem.CIFAR, 1));
    }
    if (conv1.get(2) == Stem.IMAGENET.kernel()) {
      return Optional.of(new ResNet18Options(width, Stem.IMAGENET, 1));
    }
    return Optional.empty();
  }

  @Override
  public Map<String, Shape> shapes(ResNet18Options options) {
    return ResNet18Shapes.of(options);
  }
}
