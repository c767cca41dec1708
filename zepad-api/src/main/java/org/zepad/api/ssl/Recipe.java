package org.zepad.api.ssl;

import java.util.List;
import org.zepad.api.tensor.OptimizerSpec;

/**
 * How a method is trained: linear warm-up, then cosine decay to zero.
 *
 * @param views how the augmented views of each image are made, in the order in which the method
 *     gets them; at least one
 * @param optimizer which optimizer
 * @param learningRate the peak learning rate at {@code batchSize}
 * @param batchSize images per step
 * @param epochs the whole length, warm-up included
 * @param warmupEpochs length of the warm-up, from learning rate 0
 */
public record Recipe(
    List<ViewSpec> views,
    OptimizerSpec optimizer,
    double learningRate,
    int batchSize,
    int epochs,
    int warmupEpochs) {
  public Recipe {
    views = List.copyOf(views);
    if (views.isEmpty() || !(learningRate > 0) || batchSize < 2 || epochs < 1 || warmupEpochs < 0) {
      throw new IllegalArgumentException(
          "a recipe needs a view, learningRate > 0, batchSize >= 2, epochs >= 1, warmupEpochs >= 0");
    }
  }
}
