package org.zepad.encoders.layers;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.core.Linear;
import org.jspecify.annotations.Nullable;
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

  /** (N, in) to (N, out), owned by the manager of {@code x}. */
  public NDArray apply(NDArray x) {
    return Linear.linear(x, weight, bias).singletonOrThrow();
  }
}
