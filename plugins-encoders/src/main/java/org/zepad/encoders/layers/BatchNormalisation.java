package org.zepad.encoders.layers;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.norm.BatchNorm;
import org.zepad.api.graph.Graph;
import org.zepad.api.graph.Value;
import org.zepad.api.tensor.StateDict;

/**
 * Batch normalisation of (N, C) or (N, C, H, W) over all axes but C (Ioffe and Szegedy 2015), with
 * PyTorch's constants: epsilon 1e-5, momentum 0.1, biased variance in use, unbiased one kept.
 */
public final class BatchNormalisation {
  /** DJL's momentum is the share that is kept, PyTorch's the share that is replaced. */
  private static final float KEPT = 0.9f;

  private static final float EPSILON = 1e-5f;

  private final NDArray weight;
  private final NDArray bias;
  private final NDArray runningMean;
  private final NDArray runningVar;
  private final NDArray batches;

  /**
   * Adds the parameters {@code weight} (ones) and {@code bias} (zeros) and the buffers {@code
   * running_mean}, {@code running_var} and {@code num_batches_tracked} under {@code <name>.}.
   */
  public BatchNormalisation(StateDict state, String name, int channels) {
    this(state, name, channels, true);
  }

  /**
   * The same, with or without a trainable scale and shift; without them, scale 1 and shift 0 are no
   * part of the state.
   */
  public BatchNormalisation(StateDict state, String name, int channels, boolean affine) {
    Shape shape = new Shape(channels);
    NDArray ones = state.manager().ones(shape);
    NDArray zeros = state.manager().zeros(shape);
    this.weight = affine ? state.parameter(name + ".weight", ones) : ones;
    this.bias = affine ? state.parameter(name + ".bias", zeros) : zeros;
    this.runningMean = state.buffer(name + ".running_mean", state.manager().zeros(shape));
    this.runningVar = state.buffer(name + ".running_var", state.manager().ones(shape));
    this.batches =
        state.buffer(
            name + ".num_batches_tracked", state.manager().zeros(new Shape(), DataType.INT64));
  }

  /** What evaluation mode multiplies each channel by, (C), owned by the scope. */
  NDArray scale(NDManager scope) {
    return copy(weight, scope).divi(copy(runningVar, scope).addi(EPSILON).sqrt());
  }

  /** What evaluation mode adds to each channel after the scale, (C), owned by the scope. */
  NDArray shift(NDManager scope) {
    return copy(bias, scope).subi(copy(runningMean, scope).muli(scale(scope)));
  }

  private static NDArray copy(NDArray array, NDManager scope) {
    NDArray copy = array.duplicate();
    copy.attach(scope);
    return copy;
  }

  /** What {@link #apply} computes in evaluation mode. */
  Value describe(Graph graph, Value x) {
    return graph.batchNorm(
        x,
        graph.constant(weight),
        graph.constant(bias),
        graph.constant(runningMean),
        graph.constant(runningVar),
        EPSILON);
  }

  /**
   * Normalises.
   *
   * @param training true: by the batch, and updates the running statistics; false: by the running
   *     statistics
   * @return an array of the same shape, owned by the manager of {@code x}
   */
  public NDArray apply(NDArray x, boolean training) {
    if (training) {
      batches.addi(1);
    }
    return BatchNorm.batchNorm(
            x, runningMean, runningVar, weight, bias, -1, KEPT, EPSILON, training)
        .singletonOrThrow();
  }
}
