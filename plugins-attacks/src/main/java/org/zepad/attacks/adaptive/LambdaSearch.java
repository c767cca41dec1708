package org.zepad.attacks.adaptive;

/**
 * The search for one image's lambda (after Carlini and Wagner 2017, section VI): what was wrong but
 * flagged needs a greater one, what stayed right a smaller one. Ten times as much as long as no
 * lambda was too great, then halfway between.
 *
 * @param low with this it was wrong, but flagged
 * @param high with this it stayed right; infinite while unknown
 * @param lambda to be tried next
 */
record LambdaSearch(double low, double high, double lambda) {

  /** The search after a climb with lambda 0 that was wrong, but flagged. */
  static LambdaSearch from(double first) {
    return new LambdaSearch(0, Double.POSITIVE_INFINITY, first);
  }

  /** The search after a climb with {@link #lambda}. */
  LambdaSearch after(boolean wrong) {
    double newLow = wrong ? lambda : low;
    double newHigh = wrong ? high : lambda;
    return new LambdaSearch(
        newLow, newHigh, Double.isInfinite(newHigh) ? 10 * lambda : (newLow + newHigh) / 2);
  }
}
