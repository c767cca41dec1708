package org.zepad.encoders.ssl;

import java.util.List;
import org.zepad.api.ssl.Benchmark;
import org.zepad.api.ssl.Recipe;
import org.zepad.api.ssl.ViewSpec;
import org.zepad.api.tensor.OptimizerSpec;

/**
 * What the recipes of solo-learn (da Costa et al. 2022, "solo-learn: A Library of Self-supervised
 * Methods for Visual Representation Learning"; {@code scripts/pretrain/cifar} and {@code
 * scripts/pretrain/imagenet-100}) have in common: 256 images a step, a warm-up of 10 epochs, 1000
 * epochs on CIFAR-10 and 400 on ImageNet-100.
 */
final class SoloLearn {
  private SoloLearn() {}

  /** The recipe with the learning rates of the two benchmarks, at 256 images a step. */
  static Recipe recipe(
      Benchmark benchmark,
      List<ViewSpec> views,
      OptimizerSpec optimizer,
      double cifarRate,
      double imagenetRate) {
    return switch (benchmark) {
      case CIFAR_10 -> new Recipe(views, optimizer, cifarRate, 256, 1000, 10);
      case IMAGENET_100 -> new Recipe(views, optimizer, imagenetRate, 256, 400, 10);
    };
  }
}
