package org.zepad.core.harden;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.OptionalLong;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.zepad.api.dataset.ImageBatches;

/**
 * Four classes of 16x16 images: a tint that an attack of 0.03 cannot hide, faint stripes that it
 * can, and noise.
 */
final class Stripes implements ImageBatches {
  private static final int SIDE = 16;

  private final NDManager manager;
  private final float[][] pixels;
  private int batchesLeft = Integer.MAX_VALUE;

  Stripes(NDManager manager, int size, long seed) {
    this.manager = manager;
    this.pixels = new float[size][];
    Random random = new Random(seed);
    Arrays.setAll(pixels, i -> draw(i % classes(), random));
  }

  private static float[] draw(int label, Random random) {
    float[] image = new float[3 * SIDE * SIDE];
    double angle = label * Math.PI / 4;
    for (int i = 0; i < image.length; i++) {
      int channel = i / (SIDE * SIDE);
      int row = i / SIDE % SIDE;
      int column = i % SIDE;
      double tint = channel == label ? 0.15 : 0;
      double stripes = 0.03 * Math.sin(2.4 * (row * Math.cos(angle) + column * Math.sin(angle)));
      double value = 0.45 + tint + stripes + 0.05 * random.nextGaussian();
      image[i] = (float) Math.max(0, Math.min(1, value));
    }
    return image;
  }

  /** The process dies, so to say, after so many more batches. */
  Stripes dieAfter(int batches) {
    this.batchesLeft = batches;
    return this;
  }

  @Override
  public int size() {
    return pixels.length;
  }

  @Override
  public int classes() {
    return 4;
  }

  @Override
  public int imageSize() {
    return SIDE;
  }

  @Override
  public void forEach(int batchSize, OptionalLong shuffleSeed, Consumer<Batch> consumer) {
    int[] order = IntStream.range(0, size()).toArray();
    if (shuffleSeed.isPresent()) {
      Random random = new Random(shuffleSeed.getAsLong());
      for (int i = order.length - 1; i > 0; i--) {
        int j = random.nextInt(i + 1);
        int kept = order[i];
        order[i] = order[j];
        order[j] = kept;
      }
    }
    for (int from = 0; from < order.length; from += batchSize) {
      if (batchesLeft-- == 0) {
        throw new IllegalStateException("killed");
      }
      int[] part = Arrays.copyOfRange(order, from, Math.min(from + batchSize, order.length));
      float[] values = new float[part.length * 3 * SIDE * SIDE];
      long[] labels = new long[part.length];
      for (int i = 0; i < part.length; i++) {
        System.arraycopy(pixels[part[i]], 0, values, i * pixels[0].length, pixels[0].length);
        labels[i] = part[i] % classes();
      }
      try (NDManager scope = manager.newSubManager()) {
        consumer.accept(
            new Batch(
                scope.create(values, new Shape(part.length, 3, SIDE, SIDE)),
                scope.create(labels),
                part));
      }
    }
  }
}
