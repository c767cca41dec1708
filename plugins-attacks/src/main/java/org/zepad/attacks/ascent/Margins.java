package org.zepad.attacks.ascent;

import ai.djl.ndarray.NDArray;

/** How far a model is from the right answer. */
public final class Margins {
  private Margins() {}

  /**
   * The greatest logit of a wrong class minus that of the right one: above 0 where the model errs.
   * What ties counts as right.
   *
   * @param logits (N, C); with a single class there is no wrong one, and minus infinity comes out
   * @param labels (N) int64
   */
  public static float[] of(NDArray logits, NDArray labels) {
    int[] wrong = bestWrong(logits, labels);
    float[] values = values(logits);
    long[] right = labels.toLongArray();
    int classes = (int) logits.getShape().get(1);
    float[] margins = new float[right.length];
    for (int i = 0; i < right.length; i++) {
      margins[i] =
          wrong[i] < 0
              ? Float.NEGATIVE_INFINITY
              : values[i * classes + wrong[i]] - values[i * classes + (int) right[i]];
    }
    return margins;
  }

  /**
   * The wrong class of the greatest logit of each image, the first of those that tie; -1 if none.
   */
  public static int[] bestWrong(NDArray logits, NDArray labels) {
    float[] values = values(logits);
    long[] right = labels.toLongArray();
    int classes = (int) logits.getShape().get(1);
    int[] best = new int[right.length];
    for (int i = 0; i < right.length; i++) {
      best[i] = -1;
      for (int c = 0; c < classes; c++) {
        if (c != right[i]
            && (best[i] < 0 || values[i * classes + c] > values[i * classes + best[i]])) {
          best[i] = c;
        }
      }
    }
    return best;
  }

  private static float[] values(NDArray logits) {
    // Read apart from whatever is being recorded.
    try (NDArray detached = logits.stopGradient()) {
      return detached.toFloatArray();
    }
  }
}
