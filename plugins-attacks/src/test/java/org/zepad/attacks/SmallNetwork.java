package org.zepad.attacks;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import java.util.Map;
import org.zepad.api.attack.FeatureTarget;
import org.zepad.api.tensor.TensorOps;

/** The network of the golden gradient attacks, with their weights. */
public record SmallNetwork(Map<String, NDArray> weights, boolean normalised, TensorOps ops)
    implements FeatureTarget {

  @Override
  public NDArray logits(NDArray images) {
    return Linear.linear(features(images), weights.get("fc.weight"), weights.get("fc.bias"))
        .singletonOrThrow();
  }

  @Override
  public NDArray features(NDArray images) {
    NDArray x = normalised ? normalise(images) : images;
    x = convolution(x, "conv1", 1);
    x =
        BatchNorm.batchNorm(
                x,
                weights.get("bn1.running_mean"),
                weights.get("bn1.running_var"),
                weights.get("bn1.weight"),
                weights.get("bn1.bias"),
                -1,
                0.9f,
                1e-5f,
                false)
            .singletonOrThrow();
    x = Activation.relu(convolution(Activation.relu(x), "conv2", 2));
    return x.mean(new int[] {3}).mean(new int[] {2});
  }

  /** ImageNet's normalisation, in the manager of the images. */
  public static NDArray normalise(NDArray images) {
    NDManager manager = images.getManager();
    return images
        .sub(manager.create(new float[] {0.485f, 0.456f, 0.406f}, new Shape(1, 3, 1, 1)))
        .div(manager.create(new float[] {0.229f, 0.224f, 0.225f}, new Shape(1, 3, 1, 1)));
  }

  private NDArray convolution(NDArray x, String layer, int stride) {
    return ops.conv2d(x, weights.get(layer + ".weight"), weights.get(layer + ".bias"), stride, 1);
  }
}
