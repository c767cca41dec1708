package org.zepad.core.audit;

/**
 * Whether logits differ by more than rounding. A sum of thousands of terms comes out differently
 * when it is computed in another order, as it is for another batch size; a prediction may then flip
 * where two logits all but tie. So logits are compared, not predictions: a difference counts beyond
 * {@value #TOLERANCE} of the largest logit of the image, which no rounding of 32-bit floats
 * reaches, and a flip within it is none.
 */
final class Moved {
  static final double TOLERANCE = 1e-3;

  private Moved() {}

  /** The share of images whose logits differ; both are rows of the same images. */
  static double share(float[] first, float[] second, int images) {
    int classes = first.length / images;
    int moved = 0;
    for (int i = 0; i < images; i++) {
      double largest = 1;
      double change = 0;
      for (int c = i * classes; c < (i + 1) * classes; c++) {
        largest = Math.max(largest, Math.abs(first[c]));
        change = Math.max(change, Math.abs(first[c] - second[c]));
      }
      moved += change > TOLERANCE * largest ? 1 : 0;
    }
    return (double) moved / images;
  }
}
