package org.zepad.core.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.convolutional.Conv2d;
import org.jspecify.annotations.Nullable;
import org.zepad.api.tensor.FixedConvolution;

/** The forms of a convolution, of which each is right, and fast, for some sizes. */
final class Convolutions {
  private static final int BLOCK = 16;
  private static final int COLOURS = 3;

  /**
   * From so many channels on the kernels for (N, C, H, W) are faster than those for (N, H, W, C).
   */
  private static final int CHANNELS_FIRST = 256;

  private final TorchModule module;

  Convolutions(TorchModule module) {
    this.module = module;
  }

  /**
   * On recent processors the library's fast kernels (libtorch 2.7.1) never fill the padding of
   * their blocks of 16 channels and compute with what lies there: mostly a harmless number, now and
   * then a NaN, forwards and backwards. Whole blocks have no padding; three input channels have a
   * kernel of their own. All other numbers of channels take the slower product form.
   */
  NDArray apply(NDArray x, NDArray weight, @Nullable NDArray bias, int stride, int padding) {
    if (x.getDevice().isGpu()) {
      return convolved(x, weight, bias, stride, padding);
    }
    if (fillsBlocks(weight)) {
      try (NDArray fast = inLayout(x, weight);
          NDArray y = convolved(fast, weight, bias, stride, padding)) {
        return module.call("channels_last", y);
      }
    }
    return shifted(module.withInts("convolution", new NDList(x, weight), stride, padding), bias);
  }

  private static NDArray convolved(
      NDArray x, NDArray weight, @Nullable NDArray bias, int stride, int padding) {
    return Conv2d.conv2d(x, weight, bias, new Shape(stride, stride), new Shape(padding, padding))
        .singletonOrThrow();
  }

  /**
   * In the layout in which a convolution is fast; all results are in the same one, (N, H, W, C).
   */
  private NDArray inLayout(NDArray x, NDArray weight) {
    long inputs = weight.getShape().get(1);
    return module.call(inputs < CHANNELS_FIRST ? "channels_last" : "channels_first", x);
  }

  private static boolean fillsBlocks(NDArray weight) {
    long outputs = weight.getShape().get(0);
    long inputs = weight.getShape().get(1);
    return outputs % BLOCK == 0 && (inputs % BLOCK == 0 || inputs == COLOURS);
  }

  NDArray transposed(NDArray x, NDArray weight, @Nullable NDArray bias, int stride, int padding) {
    int height = size(x, weight, 2, stride, padding);
    int width = size(x, weight, 3, stride, padding);
    NDList inputs = new NDList(x, weight);
    boolean fast =
        fillsBlocks(weight)
            && x.getDataType() == DataType.FLOAT32
            && GradientTape.mayTake(inputs, module);
    NDArray y =
        fast
            ? GradientTape.apply(
                inputs, values -> transposed(values, height, width, stride, padding), module)
            : folded(x, weight, height, width, stride, padding);
    return shifted(y, bias);
  }

  /**
   * By the kernels of a convolution's gradients, of which a transposed convolution is one. The
   * product form takes as much memory as the kernel has taps for each pixel.
   */
  private GradientTape.Traced transposed(
      NDList inputs, int height, int width, int stride, int padding) {
    NDArray x = inputs.get(0);
    NDArray weight = inputs.get(1);
    NDArray y =
        module.withInts(
            "convolution_pullback", new NDList(x, weight), height, width, stride, padding);
    return new GradientTape.Traced(
        y,
        (input, gradient) ->
            input == 0
                ? apply(gradient, weight, null, stride, padding)
                : module.withInts(
                    "convolution_by_weight", new NDList(gradient, x, weight), stride, padding));
  }

  private static int size(NDArray x, NDArray weight, int axis, int stride, int padding) {
    return Math.toIntExact(
        (x.getShape().get(axis) - 1) * stride - 2L * padding + weight.getShape().get(axis));
  }

  private NDArray folded(
      NDArray x, NDArray weight, int height, int width, int stride, int padding) {
    return module.withInts("conv_transpose", new NDList(x, weight), height, width, stride, padding);
  }

  FixedConvolution fixed(
      NDArray weight, @Nullable NDArray bias, int stride, int padding, NDManager scope) {
    NDArray own = kept(weight, scope);
    NDArray shift = bias == null ? null : kept(bias, scope);
    NDArray fast = fillsBlocks(own) ? inLayout(own, own) : own;
    FixedConvolution direct = new Direct(fast, shift, stride, padding);
    return WinogradConvolution.suits(own, stride, padding)
        ? new WinogradConvolution(module, own, shift, direct, scope)
        : direct;
  }

  /** The same values, without history, in the scope. */
  private static NDArray kept(NDArray x, NDManager scope) {
    NDArray own = x.stopGradient();
    own.attach(scope);
    return own;
  }

  /** The gradient of {@link #apply} by x. */
  private NDArray pullback(NDArray gradient, NDArray weight, Shape input, int stride, int padding) {
    int height = Math.toIntExact(input.get(2));
    int width = Math.toIntExact(input.get(3));
    if (fillsBlocks(weight) || gradient.getDevice().isGpu()) {
      try (NDArray fast = inLayout(gradient, weight);
          NDArray pulled =
              module.withInts(
                  "convolution_pullback",
                  new NDList(fast, weight),
                  height,
                  width,
                  stride,
                  padding)) {
        return module.call("channels_last", pulled);
      }
    }
    return folded(gradient, weight, height, width, stride, padding);
  }

  private static NDArray shifted(NDArray x, @Nullable NDArray bias) {
    if (bias == null) {
      return x;
    }
    try (x;
        NDArray plane = bias.reshape(1, bias.size(), 1, 1)) {
      return x.add(plane);
    }
  }

  private final class Direct implements FixedConvolution {
    private final NDArray weight;
    private final @Nullable NDArray bias;
    private final int stride;
    private final int padding;

    Direct(NDArray weight, @Nullable NDArray bias, int stride, int padding) {
      this.weight = weight;
      this.bias = bias;
      this.stride = stride;
      this.padding = padding;
    }

    @Override
    public NDArray apply(NDArray x) {
      return Convolutions.this.apply(x, weight, bias, stride, padding);
    }

    @Override
    public NDArray pullback(NDArray gradient, Shape input) {
      return Convolutions.this.pullback(gradient, weight, input, stride, padding);
    }
  }
}
