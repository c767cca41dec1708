package org.zepad.encoders.layers;

import static org.zepad.encoders.layers.Chain.then;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import org.zepad.api.graph.Graph;
import org.zepad.api.graph.Value;
import org.zepad.api.tensor.FixedConvolution;

/** A convolution and the batch norm after it, which evaluation may fold into one. */
public final class NormalisedConvolution {
  private final Convolution convolution;
  private final BatchNormalisation norm;

  /**
   * Takes layers that stand in the state already.
   *
   * @param norm of as many channels as the convolution gives
   */
  public NormalisedConvolution(Convolution convolution, BatchNormalisation norm) {
    this.convolution = convolution;
    this.norm = norm;
  }

  /** Images (N, in, H, W) to (N, out, H', W'), owned by the manager of {@code x}. */
  public NDArray apply(NDArray x, boolean training) {
    return then(convolution.apply(x), a -> norm.apply(a, training));
  }

  /**
   * Both as one convolution, for evaluation mode at their present values.
   *
   * @param scope owns the folded weights
   */
  public FixedConvolution fold(NDManager scope) {
    return convolution.fold(norm, scope);
  }

  /** What {@link #apply} computes in evaluation mode. */
  public Value describe(Graph graph, Value x) {
    return norm.describe(graph, convolution.describe(graph, x));
  }
}
