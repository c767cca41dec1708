package org.zepad.encoders.layers;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
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

  private FullyConnected(NDArray weight, NDArray bias) {
    this.weight = weight;
    this.bias = bias;
  }

  /**
   * A layer as vision transformers begin: weights from a normal distribution of standard deviation
   * 0.02 that is cut off at two of them, biases 0.
   */
  public static FullyConnected truncated(
      StateDict state, String name, int in, int out, Initializer initializer) {
    NDManager manager = state.manager();
    return new FullyConnected(
        state.parameter(name + ".weight", initializer.truncatedNormal(manager, 0.02, out, in)),
        state.parameter(name + ".bias", manager.zeros(new Shape(out))));
  }

  /** (N, in) to (N, out), owned by the manager of {@code x}. */
  public NDArray apply(NDArray x) {
    return Linear.linear(x, weight, bias).singletonOrThrow();
  }
}
