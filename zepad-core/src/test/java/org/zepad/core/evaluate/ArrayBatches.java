package org.zepad.core.evaluate;

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

/** Batches of an array. */
public record ArrayBatches(NDArray images, long[] labels, int classes) implements ImageBatches {

  /** Noise images in which the label sets the brightness of a stripe: easy to learn. */
  public static ArrayBatches stripes(NDManager manager, int n, int size, int classes, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] pixels = new float[n * 3 * size * size];
    long[] labels = new long[n];
    for (int i = 0; i < n; i++) {
      labels[i] = random.nextInt(classes);
      for (int p = 0; p < 3 * size * size; p++) {
        boolean stripe = (p % size) % classes == labels[i];
        pixels[i * 3 * size * size + p] =
            (float) (stripe ? 0.55 + 0.25 * random.nextDouble() : 0.6 * random.nextDouble());
      }
    }
    return new ArrayBatches(manager.create(pixels, new Shape(n, 3, size, size)), labels, classes);
  }

  @Override
  public int size() {
    return labels.length;
  }

  @Override
  public int imageSize() {
    return (int) images.getShape().get(3);
  }

  @Override
  public void forEach(int batchSize, OptionalLong shuffleSeed, Consumer<Batch> consumer) {
    if (shuffleSeed.isPresent()) {
      throw new IllegalArgumentException("these come in the fixed order alone");
    }
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
