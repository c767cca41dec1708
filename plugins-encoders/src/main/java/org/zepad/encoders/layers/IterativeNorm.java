package org.zepad.encoders.layers;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import org.zepad.api.tensor.Scalars;
import org.zepad.api.tensor.StateDict;
import org.zepad.api.tensor.TensorOps;

/**
 * Whitening of groups of columns by Newton's iteration, differentiable (Huang et al. 2019,
 * "Iterative Normalization: Beyond Standardization towards Efficient Whitening", algorithm 1), with
 * a scale and a shift for each column.
 */
public final class IterativeNorm {
  private static final double EPSILON = 1e-5;
  private static final double MOMENTUM = 0.1;

  private final int groups;
  private final int size;
  private final int iterations;
  private final TensorOps ops;
  private final NDArray weight;
  private final NDArray bias;
  private final NDArray runningMean;
  private final NDArray runningWhitening;

  /**
   * Adds the parameters {@code weight} (ones) and {@code bias} (zeros), (1, columns), and the
   * buffers {@code running_mean}, (groups, size, 1), and {@code running_wm}, (groups, size, size),
   * under {@code <name>.}.
   *
   * @param columns a multiple of the groups
   * @param groups sets of neighbouring columns, each whitened by itself
   * @param iterations of Newton's method
   */
  public IterativeNorm(
      StateDict state, String name, int columns, int groups, int iterations, TensorOps ops) {
    if (groups < 1 || columns % groups != 0) {
      throw new IllegalArgumentException(
          columns + " columns cannot be cut into " + groups + " groups of one size");
    }
    this.groups = groups;
    this.size = columns / groups;
    this.iterations = iterations;
    this.ops = ops;
    NDManager manager = state.manager();
    weight = state.parameter(name + ".weight", manager.ones(new Shape(1, columns)));
    bias = state.parameter(name + ".bias", manager.zeros(new Shape(1, columns)));
    runningMean = state.buffer(name + ".running_mean", manager.zeros(new Shape(groups, size, 1)));
    try (NDArray identity = manager.eye(size)) {
      runningWhitening =
          state.buffer(
              name + ".running_wm", identity.broadcast(new Shape(groups, size, size)).duplicate());
    }
  }

  /**
   * Whitens.
   *
   * @param x (N, columns)
   * @param training true: by the batch, and updates the running parts; false: by the running parts
   * @return (N, columns), owned by the manager of {@code x}
   */
  public NDArray apply(NDArray x, boolean training) {
    long rows = x.getShape().get(0);
    NDArray grouped = x.transpose().reshape(groups, size, rows);
    NDArray mean = training ? grouped.mean(new int[] {2}, true) : runningMean;
    NDArray centred = grouped.sub(mean);
    NDArray whitening = training ? whitening(centred, rows) : runningWhitening;
    if (training) {
      follow(runningMean, mean);
      follow(runningWhitening, whitening);
    }
    NDArray white = whitening.matMul(centred);
    white.attach(x.getManager());
    white = white.reshape((long) groups * size, rows).transpose();
    return white.mul(weight).add(bias);
  }

  /** Sigma^(-1/2) of each group, by P &lt;- 1.5 P - 0.5 P^3 Sigma / trace, from the identity. */
  private NDArray whitening(NDArray centred, long rows) {
    NDArray identity = centred.getManager().eye(size).reshape(1, size, size);
    NDArray sigma =
        Scalars.over(centred.matMul(centred.transpose(0, 2, 1)), (double) rows)
            .add(Scalars.times(identity, EPSILON));
    NDArray trace = sigma.mul(identity).sum(new int[] {1}, true).sum(new int[] {2}, true);
    NDArray scaled = sigma.div(trace);
    NDArray p = identity.broadcast(sigma.getShape());
    for (int i = 0; i < iterations; i++) {
      NDArray cube = p.matMul(p).matMul(p);
      p = Scalars.times(p, 1.5).sub(Scalars.times(cube.matMul(scaled), 0.5));
    }
    return p.div(trace.sqrt());
  }

  private void follow(NDArray running, NDArray now) {
    try (NDArray value = ops.detach(now);
        NDArray share = Scalars.times(value, MOMENTUM);
        NDArray kept = Scalars.times(running, 1 - MOMENTUM);
        NDArray sum = kept.add(share)) {
      sum.copyTo(running);
    }
  }
}
