package org.zepad.encoders.layers;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.core.Linear;
import org.zepad.api.tensor.StateDict;

/** A linear layer with bias. */
public final class FullyConnected {
  private final NDArray weight;
  private final NDArray bias;

  /**
   * Adds the parameters {@code <name>.weight}, (out, in), and {@code <name>.bias}, (out), uniform
   * in +-1/sqrt(in) as PyTorch initialises them.
   */
  public FullyConnected(StateDict state, String name, int in, int out, Initializer initializer) {
    double bound = 1 / Math.sqrt(in);
    weight =
        state.parameter(name + ".weight", initializer.uniform(state.manager(), bound, out, in));
    bias = state.parameter(name + ".bias", initializer.uniform(state.manager(), bound, out));
  }

  /** (N, in) to (N, out), owned by the manager of {@code x}. */
  public NDArray apply(NDArray x) {
    return Linear.linear(x, weight, bias).singletonOrThrow();
  }
}
