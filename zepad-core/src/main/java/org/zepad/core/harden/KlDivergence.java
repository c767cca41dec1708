package org.zepad.core.harden;

import ai.djl.ndarray.NDArray;

/** The Kullback-Leibler divergence of softmax answers. */
final class KlDivergence {
  private KlDivergence() {}

  /**
   * KL(p || q) = sum over k of p_k (ln p_k - ln q_k) of each row, in nats.
   *
   * @param p logits (N, C) whose softmax is p
   * @param q logits (N, C) whose softmax is q
   * @return (N), owned by the manager of {@code p}, differentiable by both
   */
  static NDArray perSample(NDArray p, NDArray q) {
    NDArray logP = p.logSoftmax(1);
    return logP.sub(q.logSoftmax(1)).mul(logP.exp()).sum(new int[] {1});
  }
}
