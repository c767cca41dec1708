package org.zepad.encoders.ssl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import org.zepad.api.tensor.Scalars;
import org.zepad.api.tensor.TensorOps;

/** The losses that several methods share. Results are scalars in the manager of the first input. */
final class Losses {
  /** Far below any similarity over temperature, so that its exponential is exactly 0. */
  private static final double EXCLUDED = 1e9;

  private Losses() {}

  /**
   * The contrastive loss of SimCLR (Chen et al. 2020, equation 1): the mean over rows i of -ln(sum
   * over positives j of e_ij / sum over all j but i of e_ij), e_ij = exp(cos(z_i, z_j) /
   * temperature). The positives of a row are the other rows of the same index; where there are
   * several they are summed inside the logarithm, as solo-learn does. It never overflows.
   *
   * @param z (M, D), not normalised
   * @param indexes (M) int64, which sample each row shows; each occurs at least twice
   * @param temperature positive
   */
  static NDArray contrastive(NDArray z, NDArray indexes, double temperature, TensorOps ops) {
    long rows = z.getShape().get(0);
    NDArray unit = unit(z);
    NDArray similarity = Scalars.over(unit.matMul(unit.transpose()), temperature);
    NDArray self = z.getManager().eye((int) rows);
    NDArray same =
        indexes.reshape(rows, 1).eq(indexes.reshape(1, rows)).toType(DataType.FLOAT32, false);
    NDArray all = similarity.sub(Scalars.times(self, EXCLUDED));
    NDArray positives = similarity.sub(Scalars.times(self.sub(same).add(1), EXCLUDED));
    return ops.logSumExp(all, 1).sub(ops.logSumExp(positives, 1)).mean();
  }

  /**
   * 2 - 2 cos(p, z), the mean over rows: the squared distance of unit vectors (BYOL, Grill et al.
   * 2020, equation 2; W-MSE, Ermolov et al. 2021, equation 5).
   *
   * @param p (N, D), not normalised
   * @param z (N, D), not normalised
   */
  static NDArray cosineDistance(NDArray p, NDArray z) {
    return Scalars.times(unit(p).mul(unit(z)).sum(new int[] {1}).mean(), -2).add(2);
  }

  /** Rows divided by their Euclidean length, or by 1e-12 if that is greater. */
  static NDArray unit(NDArray x) {
    return x.normalize(2, 1, 1e-12);
  }
}
