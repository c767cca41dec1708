package org.zepad.attacks.loss;

import ai.djl.ndarray.NDArray;

/** Cross-entropy of logits against class numbers. */
public final class CrossEntropy {
  private CrossEntropy() {}

  /**
   * The negative log-likelihood of each row's class.
   *
   * @param logits (N, C), differentiable
   * @param labels (N) int64, each from 0 to C - 1
   * @return (N), owned by the manager of the logits
   */
  public static NDArray each(NDArray logits, NDArray labels) {
    try (NDArray column = labels.expandDims(1)) {
      return logits.logSoftmax(1).gather(column, 1).squeeze(1).neg();
    }
  }
}
