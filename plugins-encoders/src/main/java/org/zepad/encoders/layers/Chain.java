package org.zepad.encoders.layers;

import ai.djl.ndarray.NDArray;
import java.util.function.UnaryOperator;

/** Applies operations one after the other and lets go of what lies between them. */
public final class Chain {
  private Chain() {}

  /**
   * Applies an operation to an intermediate result and closes that. Whatever back-propagation still
   * needs is held by the recorded graph, so this is safe with gradients on; without them it keeps
   * one activation alive instead of all.
   *
   * @param intermediate closed on return
   * @return the result
   */
  public static NDArray then(NDArray intermediate, UnaryOperator<NDArray> operation) {
    try (intermediate) {
      return operation.apply(intermediate);
    }
  }
}
