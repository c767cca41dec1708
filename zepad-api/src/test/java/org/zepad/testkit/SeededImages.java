package org.zepad.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.zepad.api.dataset.ImageBatches;

/**
 * Images made from a seed, each with a colour of its own under noise, so that an encoder tells them
 * apart. A consumer that changes what it is lent fails.
 */
final class SeededImages implements ImageBatches {
  private static final int CLASSES = 4;
  private static final double NOISE = 0.4;

  private final NDManager parent;
  private final int size;
  private final int side;
  private final long[] labels;
  private final float[] pixels;

  SeededImages(NDManager parent, int size, int side, long seed, long labelSeed) {
    this.parent = parent;
    this.size = size;
    this.side = side;
    SplittableRandom random = new SplittableRandom(seed);
    pixels = new float[size * 3 * side * side];
    double colour = 0;
    for (int i = 0; i < pixels.length; i++) {
      colour = i % (side * side) == 0 ? random.nextDouble() : colour;
      pixels[i] = (float) ((1 - NOISE) * colour + NOISE * random.nextDouble());
    }
    SplittableRandom drawn = new SplittableRandom(labelSeed);
    labels = new long[size];
    Arrays.setAll(labels, i -> drawn.nextInt(CLASSES));
  }

  /** All images as one array. */
  NDArray all(NDManager manager) {
    return manager.create(pixels, new Shape(size, 3, side, side));
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public int classes() {
    return CLASSES;
  }

  @Override
  public int imageSize() {
    return side;
  }

  @Override
  public void forEach(int batchSize, OptionalLong shuffleSeed, Consumer<Batch> consumer) {
    int[] order = order(shuffleSeed);
    for (int from = 0; from < size; from += batchSize) {
      int[] indices = Arrays.copyOfRange(order, from, Math.min(size, from + batchSize));
      float[] images = new float[indices.length * 3 * side * side];
      long[] classes = new long[indices.length];
      for (int i = 0; i < indices.length; i++) {
        int length = 3 * side * side;
        System.arraycopy(pixels, indices[i] * length, images, i * length, length);
        classes[i] = labels[indices[i]];
      }
      try (NDManager scope = parent.newSubManager()) {
        Batch batch =
            new Batch(
                scope.create(images, new Shape(indices.length, 3, side, side)),
                scope.create(classes),
                indices.clone());
        consumer.accept(batch);
        assertThat(batch.images().toFloatArray()).as("images that were lent").isEqualTo(images);
        assertThat(batch.images().hasGradient()).as("gradient on lent images").isFalse();
        assertThat(batch.labels().toLongArray()).as("labels that were lent").isEqualTo(classes);
        assertThat(batch.indices()).as("indices that were lent").isEqualTo(indices);
      }
    }
  }

  private int[] order(OptionalLong seed) {
    int[] order = new int[size];
    Arrays.setAll(order, i -> i);
    if (seed.isPresent()) {
      SplittableRandom random = new SplittableRandom(seed.getAsLong());
      for (int i = size - 1; i > 0; i--) {
        int other = random.nextInt(i + 1);
        int kept = order[i];
        order[i] = order[other];
        order[other] = kept;
      }
    }
    return order;
  }
}
