package org.zepad.core.bench;

/**
 * How fast a defence classifies images in batches of one size.
 *
 * @param batch images of a call
 * @param calls how many were timed
 * @param imagesPerSecond of the single calls
 * @param p50Millis time of a call, in milliseconds
 * @param p99Millis likewise; of fewer than 100 calls the greatest
 */
public record InferenceRate(
    int batch, int calls, Spread imagesPerSecond, double p50Millis, double p99Millis) {

  /** The rate of calls that took so many seconds. */
  static InferenceRate of(int batch, double[] seconds) {
    return new InferenceRate(
        batch,
        seconds.length,
        Spread.of(seconds).inverse(time -> batch / time),
        1e3 * Spread.percentile(seconds, 0.5),
        1e3 * Spread.percentile(seconds, 0.99));
  }
}
