package org.zepad.encoders.layers;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.norm.LayerNorm;
import org.zepad.api.graph.Graph;
import org.zepad.api.graph.Value;
import org.zepad.api.tensor.StateDict;

/** Layer normalisation over the last axis (Ba, Kiros and Hinton 2016), biased variance. */
public final class LayerNormalisation {
  private final NDArray weight;
  private final NDArray bias;
  private final Shape normalised;
  private final float epsilon;

  /**
   * Adds the parameters {@code <name>.weight} (ones) and {@code <name>.bias} (zeros), (dim).
   *
   * @param epsilon added to the variance
   */
  public LayerNormalisation(StateDict state, String name, int dim, double epsilon) {
    normalised = new Shape(dim);
    weight = state.parameter(name + ".weight", state.manager().ones(normalised));
    bias = state.parameter(name + ".bias", state.manager().zeros(normalised));
    this.epsilon = (float) epsilon;
  }

  /** (..., dim) to the same shape, owned by the manager of {@code x}. */
  public NDArray apply(NDArray x) {
    return LayerNorm.layerNorm(x, normalised, weight, bias, epsilon).singletonOrThrow();
  }

  /** What {@link #apply} computes. */
  public Value describe(Graph graph, Value x) {
    return graph.layerNorm(x, graph.constant(weight), graph.constant(bias), epsilon);
  }
}
