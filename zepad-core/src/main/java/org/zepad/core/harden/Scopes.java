package org.zepad.core.harden;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;

/** Moves tensors between scopes. */
final class Scopes {
  private Scopes() {}

  /** A copy with memory of its own, owned by the scope. */
  static NDArray copy(NDArray array, NDManager scope) {
    NDArray copy = array.duplicate();
    copy.attach(scope);
    return copy;
  }
}
