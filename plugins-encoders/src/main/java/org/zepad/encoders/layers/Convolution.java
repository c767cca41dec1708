package org.zepad.encoders.layers;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import org.zepad.api.graph.Graph;
import org.zepad.api.graph.Value;
import org.zepad.api.tensor.FixedConvolution;
import org.zepad.api.tensor.StateDict;
import org.zepad.api.tensor.TensorOps;

/** A square convolution without bias, as those that a batch norm follows. */
public final class Convolution {
  private final TensorOps ops;
  private final NDArray weight;
  private final int stride;
  private final int padding;

  /**
   * Adds the parameter {@code <name>.weight}, (out, in, kernel, kernel), drawn from a normal
   * distribution of variance 2 / (out kernel^2) (He et al. 2015, fan out), as torchvision
   * initialises its ResNets.
   *
   * @param name the full name of the layer, without a final dot
   */
  public Convolution(
      TensorOps ops,
      StateDict state,
      String name,
      int in,
      int out,
      int kernel,
      int stride,
      int padding,
      Initializer initializer) {
    double deviation = Math.sqrt(2.0 / ((double) out * kernel * kernel));
    this.ops = ops;
    this.weight =
        state.parameter(
            name + ".weight",
            initializer.normal(state.manager(), deviation, out, in, kernel, kernel));
    this.stride = stride;
    this.padding = padding;
  }

  /**
   * This convolution and the batch norm after it as one convolution, for evaluation mode at their
   * present values: half the passes over memory.
   *
   * @param scope owns the folded weights
   */
  public FixedConvolution fold(BatchNormalisation norm, NDManager scope) {
    try (NDManager part = scope.newSubManager()) {
      NDArray folded = norm.scale(part).reshape(-1, 1, 1, 1).mul(weight);
      folded.attach(scope);
      return ops.convolution(folded, norm.shift(scope), stride, padding, scope);
    }
  }

  /** What {@link #apply} computes. */
  Value describe(Graph graph, Value x) {
    return graph.conv2d(x, graph.constant(weight), null, stride, padding, 1);
  }

  /** Images (N, in, H, W) to (N, out, H', W'), owned by the manager of {@code x}. */
  public NDArray apply(NDArray x) {
    return ops.conv2d(x, weight, null, stride, padding);
  }
}
