package org.zepad.api.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.convolutional.Conv2d;
import org.jspecify.annotations.Nullable;

/**
 * Convolutions whose gradients can be relied on.
 *
 * <p>DJL's {@code Conv2d.conv2d} is not enough: on recent processors the PyTorch engine's kernel
 * for the gradient by the input (libtorch 2.7.1, a number of output channels that is no multiple of
 * 16) multiplies the padding of its blocks, which it never fills, with zero. What lies in that
 * memory is mostly harmless; when it is a NaN, the whole gradient is, now and then.
 */
public final class Convolutions {
  /** Channels of a block of the engine's kernels; with whole blocks nothing is left unfilled. */
  private static final long BLOCK = 16;

  private Convolutions() {}

  /**
   * A convolution with zero padding, differentiable in all three arguments.
   *
   * @param x (N, C, H, W)
   * @param weight (K, C, h, w)
   * @param bias (K), or none
   * @param stride in pixels, the same in both directions
   * @param padding in pixels, on every side
   * @return (N, K, H', W'), owned by the manager of {@code x}
   */
  public static NDArray conv2d(
      NDArray x, NDArray weight, @Nullable NDArray bias, int stride, int padding) {
    long outputs = weight.getShape().get(0);
    long missing = Math.floorMod(-outputs, BLOCK);
    if (missing == 0) {
      return plain(x, weight, bias, stride, padding);
    }
    long[] more = weight.getShape().getShape().clone();
    more[0] = missing;
    // Closing what the recorded graph needs is safe: it shares ownership.
    try (NDManager scope = x.getManager().newSubManager();
        NDArray zeros = scope.zeros(new Shape(more));
        NDArray blocks = NDArrays.concat(new NDList(weight, zeros));
        NDArray all = plain(x, blocks, null, stride, padding)) {
      NDArray wanted = all.get(":, 0:" + outputs);
      if (bias == null) {
        return wanted;
      }
      try (wanted) {
        return wanted.add(bias.reshape(1, outputs, 1, 1));
      }
    }
  }

  private static NDArray plain(
      NDArray x, NDArray weight, @Nullable NDArray bias, int stride, int padding) {
    return Conv2d.conv2d(x, weight, bias, new Shape(stride, stride), new Shape(padding, padding))
        .singletonOrThrow();
  }
}
