package org.zepad.core.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.zepad.api.tensor.Differentiable;
import org.zepad.api.tensor.FixedConvolution;
import org.zepad.api.tensor.TensorOps;

/** The operations, through a small TorchScript module. */
final class TorchOps implements TensorOps, AutoCloseable {
  private final TorchModule module;
  private final Convolutions convolutions;

  TorchOps(NDManager manager) {
    module = new TorchModule(manager);
    convolutions = new Convolutions(module);
  }

  TorchModule module() {
    return module;
  }

  @Override
  public ValueAndGradient gradient(NDArray at, UnaryOperator<NDArray> scalar) {
    NDManager owner = at.getManager();
    try (NDManager scope = owner.newSubManager()) {
      NDArray point = detach(at);
      point.attach(scope);
      point.setRequiresGradient(true);
      NDArray value;
      try (GradientTape tape = new GradientTape()) {
        NDArray recorded = scalar.apply(point);
        tape.backward(recorded);
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
    try (GradientTape tape = new GradientTape()) {
      NDArray recorded = scalar.get();
      tape.backward(recorded);
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
    return module.call("cholesky", matrix);
  }

  @Override
  public NDArray solveLower(NDArray lower, NDArray b) {
    return module.call("solve_lower", lower, b);
  }

  @Override
  public NDArray eigenvalues(NDArray symmetric) {
    return module.call("eigenvalues", symmetric);
  }

  @Override
  public NDArray logSumExp(NDArray x, int axis) {
    return module.withInts("log_sum_exp", new NDList(x), axis);
  }

  @Override
  public NDArray conv2d(
      NDArray x, NDArray weight, @Nullable NDArray bias, int stride, int padding) {
    return convolutions.apply(x, weight, bias, stride, padding);
  }

  @Override
  public FixedConvolution convolution(
      NDArray weight, @Nullable NDArray bias, int stride, int padding, NDManager scope) {
    return convolutions.fixed(weight, bias, stride, padding, scope);
  }

  @Override
  public NDArray convTranspose2d(
      NDArray x, NDArray weight, @Nullable NDArray bias, int stride, int padding) {
    return convolutions.transposed(x, weight, bias, stride, padding);
  }

  @Override
  public NDArray differentiable(NDArray x, Differentiable function) {
    return GradientTape.apply(x, function, module);
  }

  @Override
  public NDArray relui(NDArray x) {
    // The same array under another handle.
    module.call("relu_in_place", x).close();
    return x;
  }

  @Override
  public NDArray reluPullback(NDArray gradient, NDArray value) {
    return module.call("relu_pullback", gradient, value);
  }

  @Override
  public NDArray highPass(NDArray x, NDArray mask) {
    try (NDArray keep = mask.neg()) {
      keep.addi(1);
      return module.call("high_pass", x, keep);
    }
  }

  @Override
  public NDArray resize(NDArray images, int height, int width) {
    return module.withInts("resize", new NDList(images), height, width);
  }

  @Override
  public void close() {
    module.close();
  }
}
