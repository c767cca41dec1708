package org.zepad.api.tensor;

import ai.djl.ndarray.NDArray;
import java.util.function.UnaryOperator;

/**
 * A function of one array that brings its own gradient (a vector-Jacobian product), where one that
 * is written by hand costs less than what the engine records. Put it in a computation with {@link
 * TensorOps#differentiable}.
 */
public interface Differentiable {

  /**
   * The value at x, and nothing kept.
   *
   * @param x stays open
   * @return owned by the manager of {@code x}
   */
  NDArray apply(NDArray x);

  /**
   * The value at x, as of {@link #apply}, and what is needed to go back from there.
   *
   * @param x detached; stays open until the way back was gone
   */
  Traced trace(NDArray x);

  /**
   * The value itself. What was computed before it is gone back through once, with all that came
   * back to this place by several ways: by other such functions, and by what the engine recorded.
   */
  static Differentiable gathering() {
    return new Differentiable() {
      @Override
      public NDArray apply(NDArray x) {
        return x.duplicate();
      }

      @Override
      public Traced trace(NDArray x) {
        return new Traced(x.duplicate(), NDArray::duplicate);
      }
    };
  }

  /**
   * A value and the way back from it.
   *
   * @param value what the function gave, detached; stays open until the way back was gone
   * @param pullback takes the gradient of a scalar by the value, of the value's shape, and gives
   *     the gradient by {@code x}, of the shape of {@code x}; both detached; called once at most
   */
  record Traced(NDArray value, UnaryOperator<NDArray> pullback) {}
}
