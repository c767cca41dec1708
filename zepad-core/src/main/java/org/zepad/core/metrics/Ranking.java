package org.zepad.core.metrics;

/**
 * The one rule by which classes are ranked: by logit, equals in the order of their number. So the
 * prediction and top-k can never disagree.
 */
public final class Ranking {
  private Ranking() {}

  /**
   * The predicted class of one image: the first of the greatest.
   *
   * @param logits rows of C values
   * @param row which row
   * @param classes C, at least 1
   */
  public static int argMax(float[] logits, int row, int classes) {
    int from = row * classes;
    int best = 0;
    for (int c = 1; c < classes; c++) {
      if (logits[from + c] > logits[from + best]) {
        best = c;
      }
    }
    return best;
  }

  /** How many classes rank before the label: 0 for the predicted one. */
  public static int rank(float[] logits, int row, int classes, int label) {
    int from = row * classes;
    float own = logits[from + label];
    int before = 0;
    for (int c = 0; c < classes; c++) {
      float other = logits[from + c];
      if (other > own || (other == own && c < label)) {
        before++;
      }
    }
    return before;
  }
}
