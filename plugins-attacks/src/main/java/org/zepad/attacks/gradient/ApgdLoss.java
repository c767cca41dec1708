package org.zepad.attacks.gradient;

import ai.djl.ndarray.NDArray;
import org.zepad.attacks.loss.CrossEntropy;
import org.zepad.attacks.loss.LogitsRatio;

/** The losses that Auto-PGD climbs. */
public enum ApgdLoss {
  /** The cross-entropy of the right class. */
  CROSS_ENTROPY {
    @Override
    NDArray each(NDArray logits, NDArray labels) {
      return CrossEntropy.each(logits, labels);
    }
  },
  /** The difference of logits ratio, which a confident model cannot flatten. */
  DLR {
    @Override
    NDArray each(NDArray logits, NDArray labels) {
      return LogitsRatio.each(logits, labels);
    }
  };

  /** The loss (N) of logits (N, C), differentiable. */
  abstract NDArray each(NDArray logits, NDArray labels);
}
