package org.zepad.core.head;

/**
 * How a head is trained (ZePAD, section 4.1).
 *
 * @param epochs passes over the features; 50 for ImageNet subsets in the paper
 * @param batchSize images a step
 * @param learningRate of Adam in the first epoch
 * @param weightDecay L2 coefficient, in the gradient
 * @param decay factor of the learning rate after each epoch, in (0, 1]
 * @param dropout probability of dropping a unit in training, in [0, 1)
 */
public record HeadOptions(
    int epochs,
    int batchSize,
    double learningRate,
    double weightDecay,
    double decay,
    double dropout) {
  public HeadOptions {
    if (epochs < 0
        || batchSize < 1
        || !(learningRate > 0)
        || !(weightDecay >= 0)
        || !(decay > 0 && decay <= 1)
        || !(dropout >= 0 && dropout < 1)) {
      throw new IllegalArgumentException(
          "a head needs epochs >= 0, batchSize >= 1, learningRate > 0, weightDecay >= 0, decay in"
              + " (0, 1] and dropout in [0, 1)");
    }
  }

  /** The paper's values. */
  public static HeadOptions defaults() {
    return new HeadOptions(20, 256, 5e-3, 8e-4, 0.96, Head.DROPOUT);
  }

  /** The same with another number of epochs. */
  public HeadOptions withEpochs(int epochs) {
    return new HeadOptions(epochs, batchSize, learningRate, weightDecay, decay, dropout);
  }
}
