package org.zepad.core.metrics;

import java.util.function.IntPredicate;

/**
 * The figures as the public research code reports them: the plain mean of per-batch percentages, in
 * which the images of a short last batch weigh more. For comparison with its tables only.
 *
 * @param batchSize images a batch
 * @param cleanTop1 accuracy on clean images, in percent
 * @param attackedTop1 accuracy on attacked images, in percent
 * @param changed predictions that the attack changes, in percent
 * @param cleanTop5 top-5 accuracy on clean images, in percent
 * @param attackedTop5 top-5 accuracy on attacked images, in percent
 */
public record BatchMeans(
    int batchSize,
    double cleanTop1,
    double attackedTop1,
    double changed,
    double cleanTop5,
    double attackedTop5) {

  /**
   * The figures of consecutive batches.
   *
   * @param clean what the model said of the clean images
   * @param attacked what it said of the same images under attack, in the same order
   * @param batchSize images a batch, at least 1
   */
  public static BatchMeans of(Outcomes clean, Outcomes attacked, int batchSize) {
    if (batchSize < 1 || clean.size() == 0 || clean.size() != attacked.size()) {
      throw new IllegalArgumentException(
          "batch means need the same images twice and a batch size of at least 1");
    }
    int n = clean.size();
    return new BatchMeans(
        batchSize,
        mean(n, batchSize, clean::right),
        mean(n, batchSize, attacked::right),
        mean(n, batchSize, i -> clean.prediction(i) != attacked.prediction(i)),
        mean(n, batchSize, clean::inTopFive),
        mean(n, batchSize, attacked::inTopFive));
  }

  private static double mean(int images, int batchSize, IntPredicate hit) {
    double sum = 0;
    int batches = 0;
    for (int from = 0; from < images; from += batchSize) {
      int to = Math.min(images, from + batchSize);
      int hits = 0;
      for (int i = from; i < to; i++) {
        hits += hit.test(i) ? 1 : 0;
      }
      sum += 100.0 * hits / (to - from);
      batches++;
    }
    return sum / batches;
  }
}
