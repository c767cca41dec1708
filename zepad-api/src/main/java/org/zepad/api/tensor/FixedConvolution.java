package org.zepad.api.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;

/**
 * The convolution by a weight that no longer changes, which is prepared for many calls; see {@link
 * TensorOps#convolution}. Not thread-safe.
 */
public interface FixedConvolution extends Differentiable {

  /** The convolution of x (N, C, H, W): (N, K, H', W'). */
  @Override
  NDArray apply(NDArray x);

  /**
   * The gradient by what was convolved.
   *
   * @param gradient by the result, (N, K, H', W'), detached
   * @param input the shape (N, C, H, W) of what was convolved
   * @return (N, C, H, W), owned by the manager of {@code gradient}
   */
  NDArray pullback(NDArray gradient, Shape input);

  @Override
  default Traced trace(NDArray x) {
    Shape input = x.getShape();
    return new Traced(apply(x), gradient -> pullback(gradient, input));
  }
}
