package org.zepad.cli;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.zepad.api.dataset.ImageBatches;

/**
 * Grey images in which each class has a faint pattern of its own, 4 levels up or down: easily told
 * apart, and easily attacked within 8 levels. Every pixel is a multiple of 4 levels.
 *
 * @param images (N, 3, S, S)
 * @param labels N classes
 * @param patterns (C, 3 S S) of -1 and 1
 */
record CanaryImages(NDArray images, long[] labels, NDArray patterns) implements ImageBatches {
  static final int SIDE = 8;
  static final int CLASSES = 4;
  static final double LEVEL = 4 / 255.0;
  static final double GREY = 32 * LEVEL;

  private static final int PIXELS = 3 * SIDE * SIDE;

  static CanaryImages draw(NDManager manager, int count, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] patterns = new float[CLASSES * PIXELS];
    for (int i = 0; i < patterns.length; i++) {
      patterns[i] = random.nextBoolean() ? 1 : -1;
    }
    long[] labels = new long[count];
    float[] pixels = new float[count * PIXELS];
    for (int i = 0; i < count; i++) {
      labels[i] = i % CLASSES;
      for (int p = 0; p < PIXELS; p++) {
        boolean noisy = random.nextDouble() < 0.2;
        double sign = patterns[(int) labels[i] * PIXELS + p] * (noisy ? -1 : 1);
        pixels[i * PIXELS + p] = (float) (GREY + LEVEL * sign);
      }
    }
    return new CanaryImages(
        manager.create(pixels, new Shape(count, 3, SIDE, SIDE)),
        labels,
        manager.create(patterns, new Shape(CLASSES, PIXELS)));
  }

  @Override
  public int size() {
    return labels.length;
  }

  @Override
  public int classes() {
    return CLASSES;
  }

  @Override
  public int imageSize() {
    return SIDE;
  }

  @Override
  public void forEach(int batchSize, OptionalLong shuffleSeed, Consumer<Batch> consumer) {
    for (int from = 0; from < size(); from += batchSize) {
      int to = Math.min(size(), from + batchSize);
      try (NDManager scope = images.getManager().newSubManager()) {
        consumer.accept(
            new Batch(
                images.get(scope, new NDIndex(from + ":" + to)),
                scope.create(Arrays.copyOfRange(labels, from, to)),
                IntStream.range(from, to).toArray()));
      }
    }
  }
}
