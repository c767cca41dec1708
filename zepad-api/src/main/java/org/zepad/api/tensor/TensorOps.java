package org.zepad.api.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Tensor operations that DJL's arrays lack, all differentiable, and gradients. Results belong to
 * the manager of the first argument. Not thread-safe: gradients are recorded once per process.
 */
public interface TensorOps {

  /**
   * The value of a scalar function at a point and its gradient there.
   *
   * @param at the point; not changed, and no gradient stays on it
   * @param scalar a function of one array that returns a scalar, differentiable
   * @return value (shape ()) and gradient (shape of {@code at}), both detached, owned by the
   *     manager of {@code at}; everything else that the function made is freed
   */
  ValueAndGradient gradient(NDArray at, UnaryOperator<NDArray> scalar);

  /**
   * Runs a scalar function and back-propagates it into every array that requires a gradient; read
   * them with {@link NDArray#getGradient()}, or let an {@link Optimizer} do so.
   *
   * @param scalar makes the loss; what it makes belongs to the managers it uses
   * @return the detached value
   */
  float backward(Supplier<NDArray> scalar);

  /** The value without its history: nothing flows back through it. Shares memory. */
  NDArray detach(NDArray x);

  /** The lower Cholesky factor of a symmetric positive-definite matrix (d, d). */
  NDArray cholesky(NDArray matrix);

  /** Solves L X = B for a lower-triangular L (d, d) and B (d, n). */
  NDArray solveLower(NDArray lower, NDArray b);

  /**
   * The eigenvalues (d), ascending, of a symmetric matrix (d, d), of which the lower half is read.
   */
  NDArray eigenvalues(NDArray symmetric);

  /** ln(sum(exp(x))) along an axis, which is removed; never overflows. */
  NDArray logSumExp(NDArray x, int axis);

  /**
   * The convolution of x (N, C, H, W) with weight (K, C, h, w) and bias (K) or none. DJL's own
   * {@code Conv2d.conv2d} is not to be relied on: see the engine's note where it is avoided.
   *
   * @param stride in pixels, the same in both directions
   * @param padding zeros on every side, in pixels
   * @return (N, K, H', W'), differentiable in all three
   */
  NDArray conv2d(NDArray x, NDArray weight, @Nullable NDArray bias, int stride, int padding);

  /**
   * The convolution by a weight that stays as it is, prepared for many calls: an attack makes tens
   * of passes between two steps of training. Where a Winograd transform is faster it is used (Lavin
   * and Gray 2016), whose rounding errors are about ten times those of {@link #conv2d}.
   *
   * @param weight (K, C, h, w); not changed, and no gradient reaches it
   * @param bias (K) or none
   * @param stride in pixels, the same in both directions
   * @param padding zeros on every side, in pixels
   * @param scope owns what is prepared; valid until it closes
   */
  FixedConvolution convolution(
      NDArray weight, @Nullable NDArray bias, int stride, int padding, NDManager scope);

  /**
   * Applies a function that brings its own gradient. Within {@link #gradient} and {@link #backward}
   * the function is traced if x is part of what is differentiated; elsewhere it is just applied.
   *
   * @param x stays open
   * @return owned by the manager of {@code x}
   */
  NDArray differentiable(NDArray x, Differentiable function);

  /**
   * ReLU in place, for an array that is part of nothing recorded: it costs no memory.
   *
   * @return {@code x} itself
   */
  NDArray relui(NDArray x);

  /**
   * The gradient by the argument of a ReLU.
   *
   * @param gradient by its value, detached
   * @param value of the ReLU, of the same shape
   * @return of the same shape
   */
  NDArray reluPullback(NDArray gradient, NDArray value);

  /** The transposed convolution of x (N, C, H, W) with weight (C, K, h, w) and bias (K) or none. */
  NDArray convTranspose2d(
      NDArray x, NDArray weight, @Nullable NDArray bias, int stride, int padding);

  /**
   * Removes from each plane of x (..., H, W) the frequencies where the mask (H, W) is 1, the zero
   * frequency of the mask lying at (floor(H/2), floor(W/2)).
   */
  NDArray highPass(NDArray x, NDArray mask);

  /**
   * Resizes images (N, C, H, W) bilinearly with half-pixel centres; when made smaller, with
   * anti-aliasing, as torchvision's Resize does.
   */
  NDArray resize(NDArray images, int height, int width);

  /** A value and the gradient that belongs to it. */
  record ValueAndGradient(NDArray value, NDArray gradient) {}
}
