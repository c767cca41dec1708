package org.zepad.api.ssl;

/**
 * The extent of a training, for methods that remember something of each image or change their ways
 * after some epochs.
 *
 * @param images how many images are trained on
 * @param batchSize images a step
 * @param epochs the whole length
 */
public record Schedule(int images, int batchSize, int epochs) {
  public Schedule {
    if (batchSize < 2 || images < batchSize || epochs < 1) {
      throw new IllegalArgumentException(
          "a schedule needs batchSize >= 2, images >= batchSize, epochs >= 1");
    }
  }

  /** Full batches of an epoch; what remains is left out. */
  public int stepsPerEpoch() {
    return images / batchSize;
  }

  /** Steps of the whole training. */
  public long totalSteps() {
    return (long) epochs * stepsPerEpoch();
  }

  /** The 0-based epoch of a 0-based step. */
  public int epoch(long step) {
    return Math.toIntExact(step / stepsPerEpoch());
  }
}
