package org.zepad.encoders.layers;

import static org.zepad.encoders.layers.Chain.then;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import org.zepad.api.graph.Graph;
import org.zepad.api.graph.Value;
import org.zepad.api.tensor.Scalars;
import org.zepad.api.tensor.StateDict;

/**
 * Multi-head self-attention (Vaswani et al. 2017, section 3.2): queries, keys and values come from
 * one linear layer, in this order, each cut into the heads one after the other.
 */
public final class SelfAttention {
  private final int dim;
  private final int heads;
  private final double scale;
  private final FullyConnected joint;
  private final FullyConnected projection;

  /**
   * Adds the linear layers {@code <name>.qkv}, dim to 3 dim, and {@code <name>.proj}, dim to dim.
   *
   * @param heads a divisor of dim
   * @param deviation of the initial weights
   */
  public SelfAttention(
      StateDict state, String name, int dim, int heads, double deviation, Initializer initializer) {
    if (heads < 1 || dim % heads != 0) {
      throw new IllegalArgumentException(heads + " heads cannot share a dimension of " + dim);
    }
    this.dim = dim;
    this.heads = heads;
    scale = 1 / Math.sqrt((double) dim / heads);
    joint = FullyConnected.normal(state, name + ".qkv", dim, 3 * dim, deviation, initializer);
    projection = FullyConnected.normal(state, name + ".proj", dim, dim, deviation, initializer);
  }

  /** (N, T, dim) to the same shape, owned by the manager of {@code x}. */
  public NDArray apply(NDArray x) {
    try (NDArray all = joint.apply(x);
        NDList parts = all.split(3, 2);
        NDArray queries = then(perHead(parts.get(0)), q -> Scalars.times(q, scale));
        NDArray keys = perHead(parts.get(1));
        NDArray values = perHead(parts.get(2))) {
      NDArray y = then(keys.transpose(0, 1, 3, 2), queries::matMul);
      y = then(y, scores -> scores.softmax(-1));
      y = then(y, shares -> shares.matMul(values));
      y = then(y, a -> a.transpose(0, 2, 1, 3));
      y = then(y, a -> a.reshape(x.getShape()));
      return then(y, projection::apply);
    }
  }

  /** What {@link #apply} computes. */
  public Value describe(Graph graph, Value x) {
    Value all = graph.reshape(joint.describe(graph, x), 0, 0, 3, heads, dim / heads);
    Value perHead = graph.transpose(all, 2, 0, 3, 1, 4);
    Value queries = graph.mul(graph.pick(perHead, 0, 0), graph.number(scale));
    Value keys = graph.transpose(graph.pick(perHead, 0, 1), 0, 1, 3, 2);
    Value shares = graph.softmax(graph.matMul(queries, keys), -1);
    Value y = graph.matMul(shares, graph.pick(perHead, 0, 2));
    y = graph.reshape(graph.transpose(y, 0, 2, 1, 3), 0, 0, dim);
    return projection.describe(graph, y);
  }

  /** (N, T, dim) to (N, heads, T, dim / heads). */
  private NDArray perHead(NDArray part) {
    long n = part.getShape().get(0);
    long tokens = part.getShape().get(1);
    return then(part.reshape(n, tokens, heads, -1), a -> a.transpose(0, 2, 1, 3));
  }
}
