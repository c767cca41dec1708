package org.zepad.encoders.backbone;

import ai.djl.ndarray.types.Shape;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Names and shapes of the tensors of a {@link ResNet}, in its order. */
final class ResNetShapes {
  private static final int GREATEST_WIDTH = 1024;

  private final Map<String, Shape> shapes = new LinkedHashMap<>();

  private ResNetShapes() {}

  static Map<String, Shape> of(ResNetLayout layout, ResNetOptions options) {
    ResNetShapes all = new ResNetShapes();
    int width = options.width();
    all.convolution("conv1", 3, width, options.stem().kernel());
    all.norm("bn1", width);
    layout.layers(width).stream().flatMap(List::stream).forEach(all::block);
    return Collections.unmodifiableMap(all.shapes);
  }

  /**
   * The options that the stem tells: {@code conv1.weight} is (width, 3, 3, 3) or (width, 3, 7, 7);
   * the latter is taken for the stem that such weights are trained with.
   */
  static Optional<ResNetOptions> options(Map<String, Shape> shapes) {
    Shape conv1 = shapes.get("conv1.weight");
    if (conv1 == null
        || conv1.dimension() != 4
        || conv1.get(1) != 3
        || conv1.get(2) != conv1.get(3)
        || conv1.get(0) < 1
        || conv1.get(0) > GREATEST_WIDTH) {
      return Optional.empty();
    }
    int width = Math.toIntExact(conv1.get(0));
    if (conv1.get(2) == Stem.CIFAR.kernel()) {
      return Optional.of(new ResNetOptions(width, Stem.CIFAR, 1));
    }
    if (conv1.get(2) == Stem.IMAGENET.kernel()) {
      return Optional.of(new ResNetOptions(width, Stem.IMAGENET, 1));
    }
    return Optional.empty();
  }

  private void block(BlockPlan plan) {
    int number = 0;
    for (BlockKind.Step step : plan.steps()) {
      number++;
      convolution(plan.name() + ".conv" + number, step.in(), step.out(), step.kernel());
      norm(plan.name() + ".bn" + number, step.out());
    }
    if (plan.projects()) {
      convolution(plan.name() + ".downsample.0", plan.in(), plan.out(), 1);
      norm(plan.name() + ".downsample.1", plan.out());
    }
  }

  private void convolution(String name, int in, int out, int kernel) {
    shapes.put(name + ".weight", new Shape(out, in, kernel, kernel));
  }

  private void norm(String name, int channels) {
    for (String part : new String[] {"weight", "bias", "running_mean", "running_var"}) {
      shapes.put(name + "." + part, new Shape(channels));
    }
    shapes.put(name + ".num_batches_tracked", new Shape());
  }
}
