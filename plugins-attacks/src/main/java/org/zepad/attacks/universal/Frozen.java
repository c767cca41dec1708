package org.zepad.attacks.universal;

import ai.djl.ndarray.NDArray;
import java.util.List;
import org.zepad.api.tensor.StateDict;

/** Keeps a network's parameters from receiving gradients until it is closed. */
public final class Frozen implements AutoCloseable {
  private final List<NDArray> thawed;

  /** Freezes, and remembers which parameters were not frozen before. */
  public Frozen(StateDict state) {
    thawed = state.parameters().values().stream().filter(NDArray::hasGradient).toList();
    state.requireGradients(false);
  }

  @Override
  public void close() {
    thawed.forEach(parameter -> parameter.setRequiresGradient(true));
  }
}
