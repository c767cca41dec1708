package org.zepad.core.engine;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.GradientCollector;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.zepad.api.tensor.TensorOps;

/** The operations through a small TorchScript module, the gradients through DJL's collector. */
final class TorchOps implements TensorOps, AutoCloseable {
  private static final int BLOCK = 16;
  private static final int COLOURS = 3;

  /** What every module has, and what does nothing. */
  private static final String SAME = "forward";

  private static final String METHODS =
      method(SAME, "x: Tensor", "x")
          + method("cholesky", "x: Tensor", "torch.linalg_cholesky(x, upper=False)")
          + method(
              "solve_lower",
              "l: Tensor, b: Tensor",
              "torch.linalg_solve_triangular(l, b, upper=False, left=True, unitriangular=False)")
          + method("packed", "x: Tensor", "torch.to_mkldnn(x, None)")
          + method("unpacked", "x: Tensor", "torch.to_dense(x, None, masked_grad=None)")
          + method("eigenvalues", "x: Tensor", "torch.linalg_eigvalsh(x, \"L\")")
          + method(
              "log_sum_exp", "x: Tensor, axis: Tensor", "torch.logsumexp(x, [int(axis)], False)")
          + method(
              // The product with the unfolded image, which is what the operation is.
              "convolution",
              "x: Tensor, w: Tensor, stride: Tensor, padding: Tensor",
              "torch.reshape(torch.matmul(torch.flatten(w, 1, -1), torch.im2col(x,"
                  + " [torch.size(w, 2), torch.size(w, 3)], [1, 1],"
                  + " [int(padding), int(padding)], [int(stride), int(stride)])),"
                  + " [torch.size(x, 0), torch.size(w, 0),"
                  + " (torch.size(x, 2) + 2 * int(padding) - torch.size(w, 2)) // int(stride) + 1,"
                  + " -1])")
          + method(
              // The product and its folding, which is what the operation is. The library's own
              // torch.conv_transpose2d is not used: its fast kernel leaves terms out for some sizes
              // (2.7.1, stride 1 and 4, 12 or 100 input channels), silently.
              "conv_transpose",
              "x: Tensor, w: Tensor, stride: Tensor, padding: Tensor",
              "torch.col2im(torch.matmul(torch.t(torch.flatten(w, 1, -1)), torch.flatten(x, 2, -1)),"
                  + " [(torch.size(x, 2) - 1) * int(stride) - 2 * int(padding) + torch.size(w, 2),"
                  + " (torch.size(x, 3) - 1) * int(stride) - 2 * int(padding) + torch.size(w, 3)],"
                  + " [torch.size(w, 2), torch.size(w, 3)], [1, 1],"
                  + " [int(padding), int(padding)], [int(stride), int(stride)])")
          + method(
              "high_pass",
              "x: Tensor, keep: Tensor",
              "torch.real(torch.fft_ifft2(torch.mul(torch.fft_fft2(x, None, [-2, -1], None),"
                  + " torch.fft_ifftshift(keep, [-2, -1])), None, [-2, -1], None))")
          + method(
              "resize",
              "x: Tensor, h: Tensor, w: Tensor",
              "torch._upsample_bilinear2d_aa(x, [int(h), int(w)], False, None)");

  private final PtSymbolBlock module;

  TorchOps(NDManager manager) {
    try {
      module =
          JniUtils.loadModule(
              (PtNDManager) manager,
              new ByteArrayInputStream(TorchArchive.of("Ops", METHODS)),
              false,
              false);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public ValueAndGradient gradient(NDArray at, UnaryOperator<NDArray> scalar) {
    NDManager owner = at.getManager();
    try (NDManager scope = owner.newSubManager()) {
      NDArray point = detach(at);
      point.attach(scope);
      point.setRequiresGradient(true);
      NDArray value;
      try (GradientCollector collector = scope.getEngine().newGradientCollector()) {
        NDArray recorded = scalar.apply(point);
        collector.backward(recorded);
        value = detach(recorded);
      }
      NDArray gradient = point.getGradient();
      value.attach(owner);
      gradient.attach(owner);
      return new ValueAndGradient(value, gradient);
    }
  }

  @Override
  public float backward(Supplier<NDArray> scalar) {
    try (GradientCollector collector = engine().newGradientCollector()) {
      NDArray recorded = scalar.get();
      collector.backward(recorded);
      // toType would cut the history of what is still to be differentiated, not of a mere reading.
      return recorded.toType(DataType.FLOAT32, false).getFloat();
    }
  }

  @Override
  public NDArray detach(NDArray x) {
    return x.stopGradient();
  }

  @Override
  public NDArray cholesky(NDArray matrix) {
    return call("cholesky", matrix);
  }

  @Override
  public NDArray solveLower(NDArray lower, NDArray b) {
    return call("solve_lower", lower, b);
  }

  @Override
  public NDArray eigenvalues(NDArray symmetric) {
    return call("eigenvalues", symmetric);
  }

  @Override
  public NDArray logSumExp(NDArray x, int axis) {
    return withInts("log_sum_exp", new NDList(x), axis);
  }

  /**
   * On recent processors the library's fast kernels (libtorch 2.7.1) never fill the padding of
   * their blocks of 16 channels and compute with what lies there: mostly a harmless number, now and
   * then a NaN, forwards and backwards. Whole blocks have no padding; three input channels have a
   * kernel of their own. All other numbers of channels take the slower product form.
   */
  @Override
  public NDArray conv2d(
      NDArray x, NDArray weight, @Nullable NDArray bias, int stride, int padding) {
    long outputs = weight.getShape().get(0);
    long inputs = weight.getShape().get(1);
    boolean whole = outputs % BLOCK == 0 && fillsBlocks(inputs);
    if (whole || x.getDevice().isGpu()) {
      return Conv2d.conv2d(x, weight, bias, new Shape(stride, stride), new Shape(padding, padding))
          .singletonOrThrow();
    }
    return shifted(withInts("convolution", new NDList(x, weight), stride, padding), bias);
  }

  private static boolean fillsBlocks(long channels) {
    return channels % BLOCK == 0 || channels == COLOURS;
  }

  @Override
  public NDArray packed(NDArray x) {
    if (!fillsBlocks(x.getShape().get(1))) {
      throw new IllegalArgumentException(
          "a packed array has 3 channels or a multiple of " + BLOCK + ", got " + x.getShape());
    }
    return call(x.getDevice().isGpu() ? SAME : "packed", x);
  }

  @Override
  public NDArray unpacked(NDArray x) {
    return call(x.getDevice().isGpu() ? SAME : "unpacked", x);
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

  @Override
  public NDArray convTranspose2d(
      NDArray x, NDArray weight, @Nullable NDArray bias, int stride, int padding) {
    return shifted(withInts("conv_transpose", new NDList(x, weight), stride, padding), bias);
  }

  @Override
  public NDArray highPass(NDArray x, NDArray mask) {
    try (NDArray keep = mask.neg()) {
      keep.addi(1);
      return call("high_pass", x, keep);
    }
  }

  @Override
  public NDArray resize(NDArray images, int height, int width) {
    return withInts("resize", new NDList(images), height, width);
  }

  @Override
  public void close() {
    module.close();
  }

  private static Engine engine() {
    return Engine.getEngine("PyTorch");
  }

  private NDArray withInts(String method, NDList tensors, int... ints) {
    try (NDManager scope = tensors.head().getManager().newSubManager()) {
      for (int value : ints) {
        tensors.add(scope.create((long) value));
      }
      return call(method, tensors.toArray(new NDArray[0]));
    }
  }

  private NDArray call(String method, NDArray... arguments) {
    NDManager owner = arguments[0].getManager();
    NDList inputs = new NDList(arguments.length + 1);
    for (NDArray argument : arguments) {
      // A name with a dot would make it an entry of a dictionary argument.
      argument.setName(null);
      inputs.add(argument);
    }
    try (NDArray selector = owner.create(0)) {
      selector.setName("module_method:" + method);
      inputs.add(selector);
      // true: false would silently drop the history that gradients need.
      PtNDArray result = (PtNDArray) IValueUtils.forward(module, inputs, true).singletonOrThrow();
      result.attach(owner);
      return result;
    }
  }

  private static String method(String name, String parameters, String result) {
    return "  def "
        + name
        + "(self: __torch__.Ops, "
        + parameters
        + ") -> Tensor:\n    return "
        + result
        + "\n";
  }
}
