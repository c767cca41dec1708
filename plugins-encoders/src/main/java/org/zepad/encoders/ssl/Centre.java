package org.zepad.encoders.ssl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import org.jspecify.annotations.Nullable;
import org.zepad.api.tensor.Scalars;
import org.zepad.api.tensor.StateDict;
import org.zepad.api.tensor.TensorOps;

/**
 * The moving mean of the momentum copy's logits, which is taken off them so that no prototype wins
 * for every image (DINO, Caron et al. 2021, equation 4).
 */
final class Centre {
  /** Share of itself that the centre keeps at a step. */
  private static final double MOMENTUM = 0.9;

  private final NDArray centre;
  private final TensorOps ops;
  private @Nullable NDArray mean;

  /** Adds the buffer {@code center}, (1, length), zeros. */
  Centre(StateDict state, int length, TensorOps ops) {
    this.ops = ops;
    centre = state.buffer("center", state.manager().zeros(new Shape(1, length)));
  }

  /**
   * The targets of logits: centred, sharpened, softmax.
   *
   * @param logits (N, length), constants
   * @param temperature positive
   * @return (N, length), rows that sum to 1
   */
  NDArray target(NDArray logits, double temperature) {
    try (NDArray centred = logits.sub(centre);
        NDArray sharpened = Scalars.over(centred, temperature)) {
      return ops.detach(sharpened.softmax(1));
    }
  }

  /** Sets the mean of a step's logits (M, length) aside for {@link #store}. */
  void keep(NDArray logits) {
    if (mean != null) {
      mean.close();
    }
    mean = logits.mean(new int[] {0}, true);
    mean.attach(centre.getManager());
  }

  /** Moves the centre towards what was set aside, if anything. */
  void store() {
    if (mean != null) {
      MomentumEncoder.follow(mean, centre, MOMENTUM);
      mean.close();
      mean = null;
    }
  }
}
