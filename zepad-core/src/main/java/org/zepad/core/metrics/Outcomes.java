package org.zepad.core.metrics;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * What one model said about each image of a set, and the counts that follow. Kept per image, so
 * that several attacks can be joined into the worst case and models can be compared pairwise.
 *
 * <p>Not thread-safe. Memory: 10 bytes an image.
 */
public final class Outcomes {
  /** From this rank on an answer is outside the top 5. */
  private static final int TOP = 5;

  private final int classes;
  private int[] labels = new int[64];
  private int[] predictions = new int[64];
  private boolean[] inTop = new boolean[64];
  private int size;

  /**
   * Empty outcomes.
   *
   * @param classes the number of classes C, at least 1
   */
  public Outcomes(int classes) {
    if (classes < 1) {
      throw new IllegalArgumentException("there must be at least one class, got " + classes);
    }
    this.classes = classes;
  }

  /**
   * Outcomes that were stored.
   *
   * @param labels the right classes, in [0, C); copied
   * @param predictions the predicted classes, in [0, C); copied
   * @param inTopFive whether the right class is among the first five; copied
   * @throws IllegalArgumentException if they are not equally many or name no class
   */
  public static Outcomes of(int classes, int[] labels, int[] predictions, boolean[] inTopFive) {
    int n = labels.length;
    if (predictions.length != n || inTopFive.length != n) {
      throw new IllegalArgumentException(
          "stored outcomes of %d, %d and %d images"
              .formatted(n, predictions.length, inTopFive.length));
    }
    if (IntStream.concat(Arrays.stream(labels), Arrays.stream(predictions))
        .anyMatch(c -> c < 0 || c >= classes)) {
      throw new IllegalArgumentException("a stored outcome is none of the " + classes + " classes");
    }
    Outcomes outcomes = new Outcomes(classes);
    outcomes.grow(n);
    System.arraycopy(labels, 0, outcomes.labels, 0, n);
    System.arraycopy(predictions, 0, outcomes.predictions, 0, n);
    System.arraycopy(inTopFive, 0, outcomes.inTop, 0, n);
    outcomes.size = n;
    return outcomes;
  }

  /**
   * Adds images.
   *
   * @param logits N rows of C values, finite
   * @param newLabels the right classes, N of them, in [0, C)
   * @throws IllegalArgumentException if a value is not finite or a label is no class
   */
  public void add(float[] logits, long[] newLabels) {
    int n = newLabels.length;
    if (logits.length != (long) n * classes) {
      throw new IllegalArgumentException(
          logits.length + " logits do not make " + n + " rows of " + classes);
    }
    for (float logit : logits) {
      if (!Float.isFinite(logit)) {
        throw new IllegalArgumentException("the model returned a logit that is not finite");
      }
    }
    grow(size + n);
    for (int row = 0; row < n; row++) {
      if (newLabels[row] < 0 || newLabels[row] >= classes) {
        throw new IllegalArgumentException(
            "label " + newLabels[row] + " is not one of the model's " + classes + " classes");
      }
      int label = (int) newLabels[row];
      labels[size] = label;
      predictions[size] = Ranking.argMax(logits, row, classes);
      inTop[size] = Ranking.rank(logits, row, classes, label) < TOP;
      size++;
    }
  }

  /** How many images there are. */
  public int size() {
    return size;
  }

  /** The number of classes C. */
  public int classes() {
    return classes;
  }

  /** The right class of an image. */
  public int label(int image) {
    return labels[image];
  }

  /** The predicted class of an image, in the order in which it was added. */
  public int prediction(int image) {
    return predictions[image];
  }

  /** Whether an image is classified rightly. */
  public boolean right(int image) {
    return predictions[image] == labels[image];
  }

  /** A copy of the predicted classes. */
  public int[] predictions() {
    return Arrays.copyOf(predictions, size);
  }

  /** A copy of the right classes. */
  public int[] labels() {
    return Arrays.copyOf(labels, size);
  }

  /** A copy of whether the right class is among the first five. */
  public boolean[] inTopFive() {
    return Arrays.copyOf(inTop, size);
  }

  /** Which images are classified rightly. */
  public boolean[] rights() {
    boolean[] rights = new boolean[size];
    for (int i = 0; i < size; i++) {
      rights[i] = right(i);
    }
    return rights;
  }

  /** The share of images classified rightly. */
  public Rate accuracy() {
    int hits = 0;
    for (int i = 0; i < size; i++) {
      hits += right(i) ? 1 : 0;
    }
    return new Rate(hits, size);
  }

  /** The share of images whose class is among the first five; all where there are at most five. */
  public Rate topFive() {
    int hits = 0;
    for (int i = 0; i < size; i++) {
      if (inTop[i]) {
        hits++;
      }
    }
    return new Rate(hits, size);
  }

  /**
   * The attack success rate: the share of images whose predicted class changes, wrong to right
   * included.
   *
   * @param attacked the same images under attack, in the same order
   */
  public Rate changedBy(Outcomes attacked) {
    requireSameImages(attacked);
    int hits = 0;
    for (int i = 0; i < size; i++) {
      if (predictions[i] != attacked.predictions[i]) {
        hits++;
      }
    }
    return new Rate(hits, size);
  }

  /**
   * Of the images classified rightly, the share that is no longer so under attack.
   *
   * @param attacked the same images under attack, in the same order
   */
  public Rate misledBy(Outcomes attacked) {
    requireSameImages(attacked);
    int right = 0;
    int misled = 0;
    for (int i = 0; i < size; i++) {
      if (right(i)) {
        right++;
        misled += attacked.right(i) ? 0 : 1;
      }
    }
    return new Rate(misled, right);
  }

  boolean inTopFive(int image) {
    return inTop[image];
  }

  private void requireSameImages(Outcomes other) {
    if (other.size != size || !Arrays.equals(labels, 0, size, other.labels, 0, size)) {
      throw new IllegalArgumentException("the outcomes are not those of the same images");
    }
  }

  private void grow(int needed) {
    if (needed > labels.length) {
      int capacity = Math.max(needed, labels.length * 2);
      labels = Arrays.copyOf(labels, capacity);
      predictions = Arrays.copyOf(predictions, capacity);
      inTop = Arrays.copyOf(inTop, capacity);
    }
  }
}
