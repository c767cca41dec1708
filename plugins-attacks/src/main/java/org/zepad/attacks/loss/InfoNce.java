package org.zepad.attacks.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import org.zepad.api.tensor.Scalars;

/** The contrastive loss InfoNCE (van den Oord et al. 2018, eq. 4) over cosine similarities. */
public final class InfoNce {
  private InfoNce() {}

  /**
   * Small where each query resembles its own positive more than the positives of the other rows. An
   * attack on the agreement of clean and perturbed features MAXIMISES it.
   *
   * <p>With s_ij the cosine similarity of query i and positive j over the temperature, it is the
   * mean over i of logsumexp_j s_ij - s_ii. The lengths of the rows do not matter; a row of zeros
   * counts as similarity 0.
   *
   * @param query (N, D)
   * @param positive (N, D)
   * @param temperature positive
   * @return a scalar, owned by the manager of the query, differentiable in both
   */
  public static NDArray loss(NDArray query, NDArray positive, double temperature) {
    NDArray similarities =
        Scalars.over(
            query.normalize(2, 1, 1e-12).matMul(positive.normalize(2, 1, 1e-12).transpose()),
            temperature);
    // It is the cross-entropy of "which positive is mine", which also is its most exact form.
    try (NDArray own =
        query.getManager().arange(0, (int) query.getShape().get(0), 1, DataType.INT64)) {
      return CrossEntropy.each(similarities, own).mean();
    }
  }
}
