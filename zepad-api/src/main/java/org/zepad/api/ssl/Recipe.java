package org.zepad.api.ssl;

import org.zepad.api.tensor.OptimizerSpec;

/**
 * How a method is trained: linear warm-up, then cosine decay to zero.
 *
 * @param optimizer which optimizer
 * @param learningRate the peak learning rate at {@code batchSize}
 * @param batchSize images per step
 * @param epochs the whole length, warm-up included
 * @param warmupEpochs length of the warm-up, from learning rate 0
 */
public record Recipe(
    OptimizerSpec optimizer, double learningRate, int batchSize, int epochs, int warmupEpochs) {
  public Recipe {
    if (!(learningRate > 0) || batchSize < 2 || epochs < 1 || warmupEpochs < 0) {
      throw new IllegalArgumentException(
          "a recipe needs learningRate > 0, batchSize >= 2, epochs >= 1, warmupEpochs >= 0");
    }
  }
}
