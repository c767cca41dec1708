package org.zepad.encoders.backbone;

import ai.djl.ndarray.types.Shape;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Names and shapes of the tensors of {@link ResNet18}, in its order. */
final class ResNet18Shapes {
  private final Map<String, Shape> shapes = new LinkedHashMap<>();

  private ResNet18Shapes() {}

  static Map<String, Shape> of(ResNet18Options options) {
    ResNet18Shapes all = new ResNet18Shapes();
    int width = options.width();
    all.convolution("conv1", 3, width, options.stem().kernel());
    all.norm("bn1", width);
    int in = width;
    for (int layer = 0; layer < ResNet18.LAYERS; layer++) {
      int out = width << layer;
      for (int block = 0; block < ResNet18.BLOCKS; block++) {
        all.block("layer" + (layer + 1) + "." + block, in, out);
        in = out;
      }
    }
    return Collections.unmodifiableMap(all.shapes);
  }

  private void block(String name, int in, int out) {
    convolution(name + ".conv1", in, out, 3);
    norm(name + ".bn1", out);
    convolution(name + ".conv2", out, out, 3);
    norm(name + ".bn2", out);
    if (in != out) {
      convolution(name + ".downsample.0", in, out, 1);
      norm(name + ".downsample.1", out);
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
