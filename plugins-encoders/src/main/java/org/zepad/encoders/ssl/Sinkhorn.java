package org.zepad.encoders.ssl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import org.zepad.api.tensor.Scalars;
import org.zepad.api.tensor.TensorOps;

/**
 * Shares rows out among prototypes so that every prototype gets as much (Cuturi 2013; SwAV, Caron
 * et al. 2020, equation 4).
 *
 * @param epsilon how soft the shares are, positive
 * @param iterations how often rows and columns are normalised in turn
 */
record Sinkhorn(double epsilon, int iterations) {

  /**
   * The shares.
   *
   * @param cosines (N, K)
   * @return (N, K), rows that sum to 1, constants, owned by the manager of the cosines
   */
  NDArray assign(NDArray cosines, TensorOps ops) {
    try (NDManager scope = cosines.getManager().newSubManager();
        NDArray constants = ops.detach(cosines)) {
      constants.attach(scope);
      long rows = cosines.getShape().get(0);
      long prototypes = cosines.getShape().get(1);
      // Any factor of the whole cancels, so the greatest exponent may be 0: nothing overflows.
      NDArray shares = Scalars.over(constants.sub(constants.max()), epsilon).exp();
      shares.divi(shares.sum());
      for (int i = 0; i < iterations; i++) {
        shares.divi(shares.sum(new int[] {0}, true)).divi(prototypes);
        shares.divi(shares.sum(new int[] {1}, true)).divi(rows);
      }
      shares.muli(rows);
      shares.attach(cosines.getManager());
      return shares;
    }
  }
}
