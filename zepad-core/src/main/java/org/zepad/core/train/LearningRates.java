package org.zepad.core.train;

/** Learning-rate schedules as pure functions of a step or epoch. */
public final class LearningRates {
  /** The factor an epoch of fine-tuning and of heads, as the paper trains them. */
  public static final double DECAY = 0.96;

  private LearningRates() {}

  /**
   * Linear warm-up, then cosine decay to zero (Goyal et al. 2017; Loshchilov and Hutter 2017). The
   * warm-up's first step already learns: step s of w has the share (s + 1) / w of the peak, so the
   * last one has the peak. The cosine starts at the peak and would be zero at {@code totalSteps},
   * which is never taken.
   *
   * @param peak the greatest learning rate, positive
   * @param step 0-based, less than {@code totalSteps}
   * @param warmupSteps 0 for none, at most {@code totalSteps}
   * @param totalSteps at least 1
   */
  public static double warmupCosine(double peak, long step, long warmupSteps, long totalSteps) {
    if (step < 0 || step >= totalSteps || warmupSteps < 0 || warmupSteps > totalSteps) {
      throw new IllegalArgumentException(
          "step " + step + " of " + totalSteps + " with a warm-up of " + warmupSteps);
    }
    if (step < warmupSteps) {
      return peak * (step + 1) / warmupSteps;
    }
    double done = (double) (step - warmupSteps) / (totalSteps - warmupSteps);
    return peak * (1 + Math.cos(Math.PI * done)) / 2;
  }

  /**
   * Exponential decay: {@code initial * factor ^ epoch}.
   *
   * @param initial the learning rate of epoch 0, positive
   * @param factor in (0, 1]; {@link #DECAY} in fine-tuning and heads
   * @param epoch 0-based
   */
  public static double exponential(double initial, double factor, int epoch) {
    if (epoch < 0 || !(factor > 0 && factor <= 1)) {
      throw new IllegalArgumentException("epoch " + epoch + " with a factor of " + factor);
    }
    return initial * Math.pow(factor, epoch);
  }

  /**
   * The linear scaling rule (Goyal et al. 2017): twice the batch, twice the learning rate.
   *
   * @param learningRate the learning rate at {@code batchSize}
   * @param batchSize the batch that it was tuned for
   * @param actualBatchSize the batch that is used
   */
  public static double scaled(double learningRate, int batchSize, int actualBatchSize) {
    return batchSize == actualBatchSize ? learningRate : learningRate * actualBatchSize / batchSize;
  }
}
