package org.zepad.attacks.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import org.zepad.api.ZepadException;

/** The difference of logits ratio, DLR (Croce and Hein 2020, eq. 6). */
public final class LogitsRatio {

  /** How many classes it needs. */
  public static final int LEAST_CLASSES = 3;

  /** Keeps the division finite where the three greatest logits are the same. */
  private static final float TINY = 1e-12f;

  private LogitsRatio() {}

  /**
   * Minus (z_y - the greatest z of another class) / (the greatest z - the third greatest): above 0
   * where the model errs, and the same however the logits are scaled or shifted, so that a
   * confident model cannot hide behind vanishing gradients.
   *
   * @param logits (N, C), differentiable, C at least 3
   * @param labels (N) int64, each from 0 to C - 1
   * @return (N), owned by the manager of the logits
   * @throws ZepadException of kind USAGE if there are fewer than 3 classes
   */
  public static NDArray each(NDArray logits, NDArray labels) {
    long classes = logits.getShape().get(1);
    if (classes < LEAST_CLASSES) {
      throw ZepadException.usage(
          "the loss 'dlr' needs at least 3 classes, the model has "
              + classes
              + "; use the loss 'cross-entropy'");
    }
    try (NDArray column = labels.expandDims(1)) {
      NDArray right = logits.gather(column, 1).squeeze(1);
      NDList top = logits.topK(LEAST_CLASSES, 1, true, true);
      NDArray first = top.get(0).get(":,0");
      NDArray second = top.get(0).get(":,1");
      NDArray third = top.get(0).get(":,2");
      // Where the right class is the first, the greatest of the others is the second.
      NDArray leads = top.get(1).get(":,0").eq(labels).toType(logits.getDataType(), false);
      NDArray other = first.add(second.sub(first).mul(leads));
      return other.sub(right).div(first.sub(third).add(TINY));
    }
  }
}
