package org.zepad.attacks.query;

import java.util.SplittableRandom;

/**
 * One image under the square attack: what was last tried, and where the search stands. Planes lie
 * one after the other, as in an array (C, H, W).
 */
final class SquaredImage {
  private final float[] image;
  private final float[] lower;
  private final float[] upper;
  private final int height;
  private final int width;
  private final long label;

  private float[] candidate;
  private float[] current;
  private float[] best;
  private float currentMargin = Float.NEGATIVE_INFINITY;
  private float bestMargin = Float.NEGATIVE_INFINITY;

  /**
   * An image about which nothing was asked yet; it is its own first candidate.
   *
   * @param image C planes of height x width pixels in [0, 1]
   * @param epsilon the largest change of a pixel
   * @param label the right class
   */
  SquaredImage(float[] image, int height, int width, float epsilon, long label) {
    this.image = image;
    this.height = height;
    this.width = width;
    this.label = label;
    lower = new float[image.length];
    upper = new float[image.length];
    for (int i = 0; i < image.length; i++) {
      lower[i] = Math.max(0, image[i] - epsilon);
      upper[i] = Math.min(1, image[i] + epsilon);
    }
    candidate = image;
    current = image;
    best = image;
  }

  /** The right class. */
  long label() {
    return label;
  }

  /** What is to be asked about. */
  float[] candidate() {
    return candidate;
  }

  /** What was best, the image itself included. */
  float[] best() {
    return best;
  }

  /** Whether the model errs on the best. */
  boolean fooled() {
    return bestMargin > 0;
  }

  /** Makes vertical stripes the candidate, to be kept whatever they do: the search begins there. */
  void tryStripes(SplittableRandom random) {
    candidate = image.clone();
    currentMargin = Float.NEGATIVE_INFINITY;
    for (int plane = 0; plane < image.length; plane += height * width) {
      for (int x = 0; x < width; x++) {
        float[] end = end(random);
        for (int y = 0; y < height; y++) {
          int at = plane + y * width + x;
          candidate[at] = end[at];
        }
      }
    }
  }

  /** Makes the candidate what is current with one more square, in each channel up or down. */
  void trySquare(int side, SplittableRandom random) {
    candidate = current.clone();
    int top = random.nextInt(height - side + 1);
    int left = random.nextInt(width - side + 1);
    for (int plane = 0; plane < image.length; plane += height * width) {
      float[] end = end(random);
      for (int y = top; y < top + side; y++) {
        int at = plane + y * width + left;
        System.arraycopy(end, at, candidate, at, side);
      }
    }
  }

  /**
   * Takes the answer about the candidate.
   *
   * @param margin of the greatest wrong logit over the right one
   */
  void answer(float margin) {
    if (margin > currentMargin) {
      current = candidate;
      currentMargin = margin;
    }
    if (margin > bestMargin) {
      best = candidate;
      bestMargin = margin;
    }
  }

  private float[] end(SplittableRandom random) {
    return random.nextBoolean() ? upper : lower;
  }
}
