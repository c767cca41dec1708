package org.zepad.attacks.universal;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.zepad.api.dataset.ImageBatches;

/**
 * A few images in memory, without labels.
 *
 * @param images (N, 3, S, S) in [0, 1], not owned
 */
public record FixedImages(NDArray images) implements ImageBatches {

  /**
   * Images drawn from a set without repetition.
   *
   * @param count how many; all, where there are fewer
   * @param scope the owner of the images
   */
  public static FixedImages drawn(
      ImageBatches set, int count, SplittableRandom random, NDManager scope) {
    int drawn = Math.min(count, set.size());
    int pixels = 3 * set.imageSize() * set.imageSize();
    FloatBuffer buffer = FloatBuffer.allocate(Math.multiplyExact(drawn, pixels));
    set.forEach(
        Math.min(drawn, 64),
        OptionalLong.of(random.nextLong()),
        batch -> {
          if (buffer.hasRemaining()) {
            float[] values = batch.images().toFloatArray();
            buffer.put(values, 0, Math.min(values.length, buffer.remaining()));
          }
        });
    return new FixedImages(
        scope.create(buffer.array(), new Shape(drawn, 3, set.imageSize(), set.imageSize())));
  }

  /**
   * Copies of one image, which share its memory.
   *
   * @param image (1, 3, S, S)
   */
  public static FixedImages copies(NDArray image, int count) {
    Shape shape = image.getShape();
    return new FixedImages(image.broadcast(count, shape.get(1), shape.get(2), shape.get(3)));
  }

  @Override
  public int size() {
    return Math.toIntExact(images.getShape().get(0));
  }

  @Override
  public int classes() {
    return 1;
  }

  @Override
  public int imageSize() {
    return Math.toIntExact(images.getShape().get(3));
  }

  @Override
  public void forEach(int batchSize, OptionalLong shuffleSeed, Consumer<Batch> consumer) {
    int[] order = new int[size()];
    Arrays.setAll(order, i -> i);
    shuffleSeed.ifPresent(seed -> shuffle(order, new SplittableRandom(seed)));
    for (int from = 0; from < order.length; from += batchSize) {
      int[] indices = Arrays.copyOfRange(order, from, Math.min(order.length, from + batchSize));
      try (NDManager scope = images.getManager().newSubManager()) {
        NDArray rows = scope.create(Arrays.stream(indices).asLongStream().toArray());
        NDArray chosen = images.get(scope, new NDIndex("{}", rows));
        consumer.accept(new Batch(chosen, rows.zerosLike(), indices));
      }
    }
  }

  private static void shuffle(int[] order, SplittableRandom random) {
    for (int i = order.length - 1; i > 0; i--) {
      int other = random.nextInt(i + 1);
      int held = order[i];
      order[i] = order[other];
      order[other] = held;
    }
  }
}
