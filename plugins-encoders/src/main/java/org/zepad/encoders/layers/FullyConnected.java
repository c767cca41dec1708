package org.zepad.encoders.layers;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.core.Linear;
import org.jspecify.annotations.Nullable;
import org.zepad.api.graph.Graph;
import org.zepad.api.graph.Value;
import org.zepad.api.tensor.StateDict;

/** A linear layer, with bias or without. */
public final class FullyConnected {
  private final NDArray weight;
  private final @Nullable NDArray bias;

  /**
   * Adds the parameters {@code <name>.weight}, (out, in), and {@code <name>.bias}, (out), uniform
   * in +-1/sqrt(in) as PyTorch initialises them.
   */
  public FullyConnected(StateDict state, String name, int in, int out, Initializer initializer) {
    this(state, name, in, out, true, initializer);
  }

  /** The same, with or without a bias. */
  public FullyConnected(
      StateDict state, String name, int in, int out, boolean biased, Initializer initializer) {
    double bound = 1 / Math.sqrt(in);
    weight =
        state.parameter(name + ".weight", initializer.uniform(state.manager(), bound, out, in));
    bias =
        biased
            ? state.parameter(name + ".bias", initializer.uniform(state.manager(), bound, out))
            : null;
  }

  private FullyConnected(NDArray weight, NDArray bias) {
    this.weight = weight;
    this.bias = bias;
  }

  /**
   * The same with a normal weight of the given standard deviation and a bias of zeros, as
   * transformers are initialised.
   */
  public static FullyConnected normal(
      StateDict state, String name, int in, int out, double deviation, Initializer initializer) {
    return new FullyConnected(
        state.parameter(name + ".weight", initializer.normal(state.manager(), deviation, out, in)),
        state.parameter(name + ".bias", state.manager().zeros(new Shape(out))));
  }

  /** (..., in) to (..., out), owned by the manager of {@code x}. */
  public NDArray apply(NDArray x) {
    return Linear.linear(x, weight, bias).singletonOrThrow();
  }

  /** What {@link #apply} computes. */
  public Value describe(Graph graph, Value x) {
    return graph.linear(x, graph.constant(weight), bias == null ? null : graph.constant(bias));
  }
}
