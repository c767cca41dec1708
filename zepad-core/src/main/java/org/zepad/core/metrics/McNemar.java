package org.zepad.core.metrics;

/**
 * McNemar's exact test of two classifiers on the same images: under the hypothesis that neither is
 * better, each image that only one of them gets right is a fair coin (McNemar 1947; the exact,
 * two-sided form, without the mid-p correction).
 *
 * @param onlyFirst images that the first alone classifies rightly
 * @param onlySecond images that the second alone classifies rightly
 */
public record McNemar(int onlyFirst, int onlySecond) {
  public McNemar {
    if (onlyFirst < 0 || onlySecond < 0) {
      throw new IllegalArgumentException(
          "counts must not be negative, got " + onlyFirst + ", " + onlySecond);
    }
  }

  /**
   * The test of two outcomes of the same images in the same order.
   *
   * @throws IllegalArgumentException if there are not as many of them
   */
  public static McNemar of(boolean[] first, boolean[] second) {
    if (first.length != second.length) {
      throw new IllegalArgumentException(
          "the outcomes are not those of the same images: " + first.length + ", " + second.length);
    }
    int a = 0;
    int b = 0;
    for (int i = 0; i < first.length; i++) {
      a += first[i] && !second[i] ? 1 : 0;
      b += second[i] && !first[i] ? 1 : 0;
    }
    return new McNemar(a, b);
  }

  /**
   * The chance of a difference at least as large where there is none, in (0, 1]; 1 where they never
   * differ.
   */
  public double pValue() {
    int n = Math.addExact(onlyFirst, onlySecond);
    int least = Math.min(onlyFirst, onlySecond);
    // The logarithm of n over k, grown from k = 0; plain factorials overflow from n = 171 on.
    double choose = 0;
    double tail = 0;
    for (int k = 0; k <= least; k++) {
      tail += Math.exp(choose - n * Math.log(2));
      choose += Math.log((double) (n - k) / (k + 1));
    }
    return Math.min(1, 2 * tail);
  }

  /** Whether the first is better, and by more than chance at this level would make it. */
  public boolean firstBetter(double level) {
    return onlyFirst > onlySecond && pValue() < level;
  }
}
