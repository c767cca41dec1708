package org.zepad.encoders.ssl;

import ai.djl.ndarray.NDArray;
import org.zepad.api.tensor.StateDict;
import org.zepad.api.tensor.TensorOps;
import org.zepad.encoders.layers.Initializer;

/**
 * Trained vectors of unit length that projections are compared with (SwAV, Caron et al. 2020,
 * section 3.1; the last layer of DINO, Caron et al. 2021, appendix C). The directions alone count:
 * what is trained is normalised on use, as solo-learn's weight norm with a scale of 1 does.
 */
final class Prototypes {
  private final NDArray directions;
  private final TensorOps ops;

  /** Adds the parameter {@code <name>.weight_v}, (count, length), uniform in +-1/sqrt(length). */
  Prototypes(
      StateDict state, String name, int length, int count, Initializer initializer, TensorOps ops) {
    this.ops = ops;
    directions =
        state.parameter(
            name + ".weight_v",
            initializer.uniform(state.manager(), 1 / Math.sqrt(length), count, length));
  }

  /**
   * The inner products with the prototypes, cosines if the rows have unit length.
   *
   * @param rows (N, length)
   * @param frozen whether the prototypes are constants
   * @return (N, count), owned by the manager of the rows
   */
  NDArray compare(NDArray rows, boolean frozen) {
    try (NDArray constant = ops.detach(directions);
        NDArray unit = Losses.unit(frozen ? constant : directions);
        NDArray columns = unit.transpose()) {
      return rows.matMul(columns);
    }
  }
}
