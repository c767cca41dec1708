package org.zepad.api.graph;

import ai.djl.ndarray.NDArray;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes down a computation. Each method adds one operation of float32 arrays and returns its
 * result; nothing is computed. Two operands may differ in shape as far as they broadcast: axes
 * count from the last, and an axis of length 1 stretches. An axis may be negative, -1 the last.
 *
 * <p>The length of the first axis, the number of images, is open; nothing may depend on it. What a
 * constant is made of is copied.
 *
 * <p>Not thread-safe. A value of another graph is an {@link IllegalArgumentException}.
 */
public interface Graph {

  /** An array of fixed values, such as a weight; of any type that can be had as float32. */
  Value constant(NDArray values);

  /**
   * An array of fixed values.
   *
   * @param values in row-major order, as many as the shape says
   */
  Value constant(float[] values, long... shape);

  /** A fixed number, which broadcasts to any shape. */
  default Value number(double value) {
    return constant(new float[] {(float) value});
  }

  /** x + y. */
  Value add(Value x, Value y);

  /** x - y. */
  Value sub(Value x, Value y);

  /** x y, entry by entry. */
  Value mul(Value x, Value y);

  /** x / y, entry by entry. */
  Value div(Value x, Value y);

  /** e^x. */
  Value exp(Value x);

  /** The natural logarithm. */
  Value log(Value x);

  /** -x. */
  Value neg(Value x);

  /** The larger of x and y, entry by entry. */
  Value max(Value x, Value y);

  /** x cut to a range. */
  Value clip(Value x, double least, double greatest);

  /** 1 where x is less than y, 0 elsewhere. */
  Value less(Value x, Value y);

  /** max(x, 0). */
  Value relu(Value x);

  /** The exact GELU, x times the normal distribution function of x. */
  Value gelu(Value x);

  /** The softmax along an axis. */
  Value softmax(Value x, int axis);

  /** The logarithm of the softmax along an axis, without a detour over the softmax. */
  Value logSoftmax(Value x, int axis);

  /** The product of the matrices in the last two axes; the axes before them broadcast. */
  Value matMul(Value x, Value y);

  /**
   * A linear layer.
   *
   * @param x (..., in)
   * @param weight (out, in), constant
   * @param bias (out), or null for none
   * @return (..., out)
   */
  Value linear(Value x, Value weight, @Nullable Value bias);

  /**
   * A convolution.
   *
   * @param x (N, C, H, W)
   * @param weight (K, C / groups, h, w), constant
   * @param bias (K), constant, or null for none
   * @param stride in pixels, the same in both directions
   * @param padding zeros on every side, in pixels
   * @param groups into how many parts the channels fall, usually 1
   * @return (N, K, H', W')
   */
  Value conv2d(Value x, Value weight, @Nullable Value bias, int stride, int padding, int groups);

  /**
   * A batch norm by its running statistics: weight (x - mean) / sqrt(variance + epsilon) + bias for
   * each channel. Behind a convolution it may be folded into that.
   *
   * @param x (N, C, ...)
   * @param weight (C), constant, as the three after it
   */
  Value batchNorm(Value x, Value weight, Value bias, Value mean, Value variance, double epsilon);

  /**
   * A layer norm over the last axis, with the biased variance.
   *
   * @param weight as long as the last axis
   * @param bias as long as the last axis
   */
  Value layerNorm(Value x, Value weight, Value bias, double epsilon);

  /** The greatest of each square window of (N, C, H, W); the padding never is. */
  Value maxPool(Value x, int kernel, int stride, int padding);

  /** The mean of each square window of (N, C, H, W), without padding. */
  Value meanPool(Value x, int kernel, int stride);

  /**
   * Images (N, C, H, W) resized bilinearly with half-pixel centres; when made smaller, with
   * anti-aliasing.
   */
  Value resize(Value images, int height, int width);

  /**
   * The sum over axes.
   *
   * @param keep whether the axes stay, with length 1
   */
  Value sum(Value x, boolean keep, int... axes);

  /** The mean over axes. */
  Value mean(Value x, boolean keep, int... axes);

  /** The greatest over axes. */
  Value greatest(Value x, boolean keep, int... axes);

  /** The same entries in another shape; a length of 0 stays as it is, one of -1 is what is left. */
  Value reshape(Value x, long... shape);

  /** The axes in another order: axis i of the result is axis {@code order[i]} of x. */
  Value transpose(Value x, int... order);

  /** Arrays one after the other along an axis. */
  Value concat(List<Value> parts, int axis);

  /** The part from an index up to but without another, along an axis. */
  Value slice(Value x, int axis, int from, int to);

  /** One index of an axis, which is removed. */
  Value pick(Value x, int axis, int index);

  /**
   * A constant once for each image.
   *
   * @param one (1, ...), constant
   * @param images any value whose first axis is that of the images, N
   * @return (N, ...)
   */
  Value repeat(Value one, Value images);
}
