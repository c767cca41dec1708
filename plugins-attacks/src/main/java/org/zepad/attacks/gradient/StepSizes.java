package org.zepad.attacks.gradient;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The step size of each image of an Auto-PGD climb (Croce and Hein 2020, section 3). At a
 * checkpoint it is halved where, since the checkpoint before,
 *
 * <ol>
 *   <li>fewer than 75% of the steps raised the loss, or
 *   <li>the greatest loss is still the same and the step size was not halved then.
 * </ol>
 *
 * <p>Pure bookkeeping: each image by itself.
 */
final class StepSizes {
  private static final double RISING_SHARE = 0.75;

  private final boolean[] checkpoint;
  private final float[] sizes;
  private final float[] last;
  private final float[] top;
  private final float[] topBefore;
  private final int[] rises;
  private boolean[] halvedBefore;
  private int checkedAt;

  /**
   * Step sizes at the start.
   *
   * @param steps of the climb
   * @param first the size of the first step
   * @param losses of each image at the start
   */
  StepSizes(int steps, double first, float[] losses) {
    checkpoint = new boolean[steps + 1];
    for (int w : checkpoints(steps)) {
      checkpoint[w] = true;
    }
    sizes = new float[losses.length];
    Arrays.fill(sizes, (float) first);
    last = losses.clone();
    top = losses.clone();
    topBefore = losses.clone();
    rises = new int[losses.length];
    halvedBefore = new boolean[losses.length];
  }

  /**
   * After which steps the sizes are reviewed: ceil(p_j steps) with p_1 = 0.22 and p_(j+1) = p_j +
   * max(p_j - p_(j-1) - 0.03, 0.06), as long as that is at most 1.
   */
  static int[] checkpoints(int steps) {
    IntStream.Builder found = IntStream.builder();
    // In hundredths, which are exact.
    int length = 22;
    for (int p = length; p <= 100; p += length) {
      found.add((int) ((p * (long) steps + 99) / 100));
      length = Math.max(length - 3, 6);
    }
    return found.build().distinct().toArray();
  }

  /** The size of the next step of each image, in pixel units; not a copy. */
  float[] values() {
    return sizes;
  }

  /** The greatest loss of each image so far; not a copy. */
  float[] top() {
    return top;
  }

  /**
   * Takes note of the losses after a step.
   *
   * @return which images are higher than ever before
   */
  boolean[] record(float[] losses) {
    boolean[] higher = new boolean[losses.length];
    for (int i = 0; i < losses.length; i++) {
      if (losses[i] > last[i]) {
        rises[i]++;
      }
      last[i] = losses[i];
      higher[i] = losses[i] > top[i];
      if (higher[i]) {
        top[i] = losses[i];
      }
    }
    return higher;
  }

  /**
   * Halves at a checkpoint what is to be halved; those images go back to their best point.
   *
   * @param step the number of steps that were made
   * @return whose step size was halved; none between checkpoints
   */
  boolean[] halveAt(int step) {
    boolean[] halved = new boolean[sizes.length];
    if (!checkpoint[step]) {
      return halved;
    }
    for (int i = 0; i < sizes.length; i++) {
      boolean oscillates = rises[i] < RISING_SHARE * (step - checkedAt);
      boolean stands = !halvedBefore[i] && top[i] == topBefore[i];
      halved[i] = oscillates || stands;
      if (halved[i]) {
        sizes[i] /= 2;
        last[i] = top[i];
      }
    }
    System.arraycopy(top, 0, topBefore, 0, top.length);
    Arrays.fill(rises, 0);
    halvedBefore = halved;
    checkedAt = step;
    return halved;
  }
}
