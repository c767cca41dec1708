package org.zepad.core.harden;

import ai.djl.ndarray.NDArray;

/** Cross-entropy from logits. */
final class CrossEntropy {

  private CrossEntropy() {}

  /**
   * The cross-entropy of each image in nats.
   *
   * @param logits (N, C)
   * @param labels (N) int64
   * @return (N), owned by the manager of the logits, differentiable
   */
  static NDArray perSample(NDArray logits, NDArray labels) {
    return logits.logSoftmax(1).gather(labels.expandDims(1), 1).squeeze(1).neg();
  }
}
