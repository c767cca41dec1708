package org.zepad.attacks.loss;

import ai.djl.ndarray.NDArray;

/** The Kullback-Leibler divergence of softmax answers, in nats. */
public final class KlDivergence {
  private KlDivergence() {}

  /**
   * KL(p || q) = sum over k of p_k (ln p_k - ln q_k), row by row.
   *
   * @param logP ln p, (N, C), constant
   * @param logits whose softmax is q, (N, C), differentiable
   * @return (N), at least 0 up to rounding, owned by the manager of the logits
   */
  public static NDArray each(NDArray logP, NDArray logits) {
    try (NDArray p = logP.exp()) {
      return logits.logSoftmax(1).neg().add(logP).mul(p).sum(new int[] {1});
    }
  }
}
